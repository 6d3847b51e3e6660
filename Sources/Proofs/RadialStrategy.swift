import Certificates
import Symbolics

/// f(z) = b + (z - a) h(r)/r with r = |z - a|, as of radial flows (Rezende and Mohamed 2015): f is a
/// bijection of spherical shells if and only if h is one of intervals.
struct RadialStrategy: Strategy {
  let name = "radial"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare, context.inputs.count > 1 else {
      return .stopped("it is for several unknowns and as many equations")
    }
    let maps = RadialMap.candidates(in: context).filter { $0.keepsDirections(context) }
    guard let map = maps.first else {
      return .stopped("f does not keep directions from a center")
    }
    if let collision = map.collapsedSphere(context) { return .settled(refuted(collision, context)) }
    for domain in map.radii(of: context.domain, about: map.center, context) {
      if let verdict = verdict(map, domain, context) { return .settled(verdict) }
    }
    let reason = "the radius is not shown to be mapped by a bijection"
    return map.slopeCondition(context).map { .dependsOn($0, reason) } ?? .stopped(reason)
  }

  /// det Df = (h(r)/r)ⁿ⁻¹ h'(r) of a map that this strategy settled, which is shorter than what the
  /// Jacobian gives.
  static func determinant(_ context: ProofContext, _ verdict: Verdict) -> Expression? {
    guard verdict.strategy == RadialStrategy().name else { return nil }
    return RadialMap.candidates(in: context).first { $0.keepsDirections(context) }?
      .determinant(context)
  }

  private func verdict(_ map: RadialMap, _ domain: Interval, _ context: ProofContext) -> Verdict? {
    guard
      let profile = ScalarBijection.find(
        map.profile, in: map.radius, over: domain, value: map.value,
        under: context.parameterAssumptions), let image = profile.image
    else { return nil }
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: name)
    verdict.certificate = .radial(
      RadialEvidence(center: map.center, image: map.image, profile: profile))
    guard isAccepted(verdict, context) else { return nil }
    // A closed form of the inverse is worth having, but no part of the proof.
    var closed = verdict
    closed.inverse = map.inverse(profile, image, context)
    return closed.inverse != nil && isAccepted(closed, context) ? closed : verdict
  }

  private func isAccepted(_ verdict: Verdict, _ context: ProofContext) -> Bool {
    guard let certificate = verdict.certificate else { return false }
    return CertificateChecker.check(
      certificate, proving: verdict, for: context.problem, where: context.facts
    ).holds
  }

  private func refuted(_ points: ([Expression], [Expression]), _ context: ProofContext) -> Verdict {
    var verdict = Verdict(
      kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
    verdict.certificate = .collision(
      CollisionEvidence(
        first: points.0, second: points.1, image: context.image(of: points.0),
        reasons: [.equation]))
    return verdict
  }
}
