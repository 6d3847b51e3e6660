import Symbolics

extension CheckSetting {
  /// f(X) = {image}: every value satisfies it, the sections cover it, and each section is one.
  func check(_ evidence: ImageEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    let stated = evidence.sections.map(\.condition) + [evidence.image]
    try require(
      stated.flatMap(\.expressions).allSatisfy(\.definednessObligations.isEmpty),
      "the conditions on x are defined everywhere")
    for section in evidence.sections { try check(section) }
    let onCodomain = parameters.adding(problem.codomain)
    let covered = Predicate.any(evidence.sections.map(\.condition))
    let isCovered = onCodomain.adding(evidence.image).signCases(of: problem.outputs)
      .allSatisfy { $0.decide(evidence.image) == false || $0.decide(covered) == true }
    try require(
      evidence.image == covered || isCovered, "every point of the image has a preimage")
    try require(valuesSatisfy(evidence.image), "every value of f lies in the image")
    let isAll = onCodomain.signCases(of: problem.outputs)
      .allSatisfy { $0.decide(evidence.image) == true }
    return isAll ? [.image(evidence.image), .onto] : [.image(evidence.image)]
  }

  private func check(_ section: ImageSection) throws(RejectedStep) {
    var region = problem.codomain
    region.predicate = .all([region.predicate, section.condition])
    let known = parameters.adding(region)
    try require(
      section.preimage.count == problem.inputs.count, "a preimage has the right dimension")
    try requireDefined(
      definedness(of: section.preimage), over: region, "a preimage")
    for part in problem.domain.membership(of: section.preimage).conjuncts {
      try require(known.decide(part) == true, "a preimage lies in the domain: \(part.text)")
    }
    for (symbol, value) in zip(problem.outputs, image(of: section.preimage)) {
      let isEqual =
        value.isIdentical(to: Expression(symbol), under: known)
        || known.decide(.compare(value, .equal, Expression(symbol))) == true
      try require(isEqual, "f takes the value x at a preimage, in coordinate \(symbol)")
    }
  }

  /// Whether x = f(z) satisfies the condition for every z in X: as a whole, or for each combination of
  /// the signs of z.
  func valuesSatisfy(_ condition: Predicate) -> Bool {
    let atValues = condition.substituting(
      Dictionary(uniqueKeysWithValues: zip(problem.outputs, formulas)))
    let holds = atValues.conjuncts.allSatisfy { part in
      onDomain.decide(part.mapExpressions { $0.simplified(under: onDomain) }) == true
    }
    return holds
      || onDomain.signCases(of: problem.inputs).allSatisfy { $0.decide(atValues) == true }
      || onDomain.holdsCaseByCase(atValues)
  }
}
