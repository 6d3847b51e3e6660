import Symbolics

extension CheckSetting {
  /// Both sides of a condition, each with the parameter values for which it is to hold.
  func check(_ condition: Predicate, _ ifTrue: Certificate, _ ifFalse: Certificate)
    throws(RejectedStep) -> Set<ProvenFact>
  {
    guard case .compare = condition else {
      throw rejected("the condition is one comparison, which holds or does not")
    }
    let whenTrue = try facts(of: ifTrue, where: condition)
    let whenFalse = try facts(of: ifFalse, where: condition.negation)
    let common = whenTrue.intersection(whenFalse)
    guard let first = ProvenCases(whenTrue), let second = ProvenCases(whenFalse) else {
      throw rejected("f is a bijection or refuted on each side of \(condition.text)")
    }
    guard let both = first.joined(with: second, at: condition) else { return common }
    return common.union([both])
  }

  /// What a certificate shows for the parameter values that satisfy a condition, besides what is known
  /// already.
  private func facts(
    of certificate: Certificate, where condition: Predicate
  ) throws(RejectedStep) -> Set<ProvenFact> {
    let (restricted, known) = problem.restricted(to: condition, facts: facts)
    let setting = CheckSetting(
      restricted, where: known, log: log.part("where \(condition.text)"))
    return try setting.facts(of: certificate).union(setting.dimensionFacts)
  }

  /// Every stage a bijection onto the next one's domain; one of them may be so under a condition, and not
  /// injective without it, which then holds of f.
  func checkStages(_ parts: [Certificate]) throws(RejectedStep) -> Set<ProvenFact> {
    try require(parts.count == problem.stages.count, "there is a certificate for each stage")
    var domain = problem.domain
    var cases: Set<ProvenFact> = []
    for (position, (stage, certificate)) in zip(problem.stages, parts).enumerated() {
      let isLast = position == parts.count - 1
      var single = Problem(
        name: problem.name, parameters: problem.parameters, domain: domain, stages: [stage])
      if !isLast, let image = certificate.mappedOnto { single.stages[0].codomain = image }
      let setting = CheckSetting(single, where: facts, log: log.part("stage \(position + 1)"))
      // The next stage is examined on the image alone: no value may lie outside of it.
      let isWithin = Inclusion.check(
        stage.formulas, from: domain, into: single.codomain, under: setting.parameters)
      guard case .holds = isWithin else {
        throw setting.rejected("the values lie in \(single.codomain.text)")
      }
      let proven = try setting.facts(of: certificate)
      if let conditional = proven.bijectiveOrNotInjective, cases.isEmpty {
        cases = [conditional]
      } else {
        try setting.require(proven.isSuperset(of: [.injective, .onto]), "the stage is a bijection")
      }
      domain = single.codomain
    }
    return cases.isEmpty ? [.injective, .onto] : cases
  }
}

extension Certificate {
  /// The set that an inverse or a triangular certificate names as the image.
  var mappedOnto: Region? {
    switch self {
    case .inverse(let evidence): evidence.image
    case .triangular(let evidence): evidence.image
    case .both(let parts): parts.lazy.compactMap(\.mappedOnto).first
    case .affine, .radial, .univalent, .solver, .coercive, .regular, .factored, .collision,
      .determinantSigns,
      .invarianceOfDomain, .missingPoint, .image, .condition, .stages, .illPosed:
      nil
    }
  }
}
