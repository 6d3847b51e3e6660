import Certificates
import Exact
import Symbolics

/// Formulas that may be f⁻¹.
struct InverseCandidates {
  let context: ProofContext
  /// Points z with f(z), parameters at fixed values.
  private let samples: [(point: [Expression], values: [Symbol: Expression])]

  init(_ context: ProofContext) {
    self.context = context
    let witnesses = WitnessSearch(
      in: context.domain, under: context.parameterAssumptions,
      mentioning: context.problem.parameters.map(\.symbol), pointLimit: 400)
    samples = witnesses.points(24).suffix(4).map { witness in
      let at = Dictionary(uniqueKeysWithValues: zip(context.inputs, witness.point))
        .merging(witness.parameters) { $1 }
      let image = context.formulas.map { $0.substituting(at) }
      return (witness.point, witness.parameters.merging(zip(context.outputs, image)) { $1 })
    }
  }

  /// Whether the formula gives the coordinate at some points, to within rounding.
  func isRight(_ formula: Expression, for position: Int) -> Bool {
    samples.allSatisfy { point, values in
      let difference = formula.substituting(values) - point[position].substituting(values)
      let ball = difference.ball(precision: 120)
      return ball.isFinite && abs(ball.midpointDouble) < 1e-20
    }
  }

  /// The inverse as a verdict, if the checker accepts that it maps the codomain onto the domain.
  func conclusion(_ inverse: [Expression], strategy: String) -> StrategyOutcome {
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: strategy)
    verdict.inverse = inverse
    verdict.certificate = .inverse(
      InverseEvidence(inverse: inverse, derivation: [], image: context.codomain))
    return checked(verdict)
  }

  /// The same onto a part of the codomain that holds every value of f.
  func conclusion(_ inverse: [Expression], onto image: Region, strategy: String) -> StrategyOutcome
  {
    let necessary = image.predicate
    guard
      case .holds = Inclusion.check(
        context.formulas, from: context.domain, into: image, under: context.parameterAssumptions),
      let point = context.point(of: context.codomain, violating: necessary)
    else { return .stopped("the image is not determined") }
    var verdict = Verdict(
      kind: .injectiveNotSurjective, injective: .yes, surjective: .no, strategy: strategy)
    verdict.inverse = inverse
    verdict.image = image.membership(of: context.outputs.map { Expression($0) })
    let missing = MissingPointEvidence(
      point: point, necessary: necessary,
      reason: "every value of f satisfies the condition, and this point does not")
    verdict.certificate = .both([
      .inverse(InverseEvidence(inverse: inverse, derivation: [], image: image)),
      .missingPoint(missing),
    ])
    return checked(verdict)
  }

  private func checked(_ verdict: Verdict) -> StrategyOutcome {
    guard let certificate = verdict.certificate else { return .stopped("there is no evidence") }
    switch CertificateChecker.check(
      certificate, proving: verdict, for: context.problem, where: context.facts)
    {
    case .accepted, .solver: return .settled(verdict)
    case .rejected(let step): return .stopped("it is not shown that \(step)")
    }
  }
}
