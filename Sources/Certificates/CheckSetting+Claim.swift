import Symbolics

/// What the evidence has to amount to.
extension CheckSetting {
  /// The facts give all that is claimed; the inverse has a check of its own.
  func require(_ claim: MapClaim, by proven: Set<ProvenFact>) throws(RejectedStep) {
    if claim.kind == .conditional { return try requireCondition(of: claim, by: proven) }
    for fact in facts(of: claim) {
      guard proven.contains(fact) else { throw rejected("it does not show: \(fact.words)") }
      log.record(fact.words)
    }
  }

  private func facts(of claim: MapClaim) -> [ProvenFact] {
    var facts: [ProvenFact] = claim.kind == .illPosed ? [.illPosed] : []
    if claim.injective == .yes { facts.append(.injective) }
    if claim.injective == .no { facts.append(.notInjective) }
    if claim.surjective == .yes { facts.append(.onto) }
    if claim.surjective == .no { facts.append(.notOnto) }
    return facts + (claim.image.map { [.image($0)] } ?? [])
  }

  /// The condition is the one that was proven, and so are the verdicts on both sides of it.
  private func requireCondition(of claim: MapClaim, by proven: Set<ProvenFact>) throws(RejectedStep)
  {
    for case .conditional(let kind, let ifTrue, let ifFalse) in proven
    where kind.condition == claim.condition {
      try require(
        kind.ifTrue == claim.kindIfTrue, "the verdict where \(kind.condition.text) is as stated")
      try require(
        kind.ifFalse == claim.kindIfFalse, "the verdict elsewhere is as stated")
      try require(
        agrees(claim.injective, ifTrue.injective, ifFalse.injective),
        "whether f is injective depends on the condition as stated")
      try require(
        agrees(claim.surjective, ifTrue.surjective, ifFalse.surjective),
        "whether f is onto depends on the condition as stated")
      return
    }
    throw rejected("it does not show both sides of the condition")
  }

  private func agrees(_ claim: Verdict.Answer, _ a: Verdict.Answer, _ b: Verdict.Answer) -> Bool {
    if claim == .undecided { return true }
    if a == .undecided || b == .undecided { return false }
    return claim == (a == b ? a : .conditional)
  }

  /// The stated inverse is the one of the evidence, or g∘f = id on X, under the condition if there is
  /// one.
  func requireInverse(of claim: MapClaim, shownBy certificate: Certificate) throws(RejectedStep) {
    guard let inverse = claim.inverse else { return }
    for (condition, part) in certificate.cases where part.inverse != inverse {
      // Where the claim is conditional, the inverse belongs to its first case.
      if let expected = claim.kindIfTrue, let kind = part.kind, kind != expected { continue }
      let (restricted, known) = problem.restricted(to: condition, facts: facts)
      let setting = CheckSetting(
        restricted, where: known + (claim.condition.map { [$0] } ?? []), log: log)
      switch part {
      case .radial(let evidence): try setting.requireInverse(inverse, of: evidence)
      case .affine(let evidence): try setting.requireInverse(inverse, of: evidence)
      default: try setting.requireLeftInverse(inverse)
      }
    }
  }
}

extension Certificate {
  /// The inverse that the evidence is about, under a condition if the certificate is.
  fileprivate var inverse: [Expression]? {
    switch self {
    case .inverse(let evidence): evidence.inverse
    case .both(let parts): parts.lazy.compactMap(\.inverse).first
    case .triangular, .affine, .collision, .determinantSigns, .invarianceOfDomain, .missingPoint,
      .image, .stages, .illPosed, .radial, .univalent, .solver, .coercive, .regular, .factored,
      .condition:
      nil
    }
  }
}
