import Symbolics

extension CheckSetting {
  /// g = f⁻¹: g∘f = id on X makes f injective; g defined on Y, g(Y) ⊂ X and f∘g = id on Y make it
  /// onto Y.
  func check(_ evidence: InverseEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      evidence.image.coordinates == problem.outputs, "the image is a set in the outputs")
    try requireLeftInverse(evidence.inverse)
    try checkForwardComposition(evidence)
    let isOnto = evidence.image == problem.codomain
    return isOnto ? [.injective, .onto] : [.injective]
  }

  /// g is defined at every f(z), and g(f(z)) = z.
  func requireLeftInverse(_ inverse: [Expression]) throws(RejectedStep) {
    try require(
      inverse.count == problem.inputs.count
        && !inverse.contains { $0.containsAny(of: problem.inputs) },
      "f^-1 has a formula in the outputs for each input")
    let back = Dictionary(uniqueKeysWithValues: zip(problem.outputs, formulas))
    // g has to be defined at every f(z): an identity that holds "where defined" is not enough.
    try requireDefined(
      definedness(of: inverse).map { $0.substituting(back) },
      over: problem.domain, "f^-1 at f(z)")
    for (symbol, formula) in zip(problem.inputs, inverse) {
      try require(
        formula.substituting(back).isIdentical(to: Expression(symbol), under: onDomain),
        "f^-1(f(z)) = z in coordinate \(symbol)")
    }
  }

  private func checkForwardComposition(_ evidence: InverseEvidence) throws(RejectedStep) {
    let onImage = parameters.adding(evidence.image)
    try requireDefined(
      definedness(of: evidence.inverse), over: evidence.image,
      "f^-1 on the image")
    let membership = problem.domain.membership(of: evidence.inverse)
    for part in membership.conjuncts {
      try require(onImage.decide(part) == true, "f^-1 maps into the domain: \(part.text)")
    }
    for (symbol, value) in zip(problem.outputs, image(of: evidence.inverse)) {
      try require(
        value.isIdentical(to: Expression(symbol), under: onImage),
        "f(f^-1(x)) = x in coordinate \(symbol)")
    }
  }

  /// What the formulas need in order to be defined, for the parameters as they are.
  func definedness(of formulas: [Expression]) -> [Obligation] {
    formulas.flatMap { $0.definednessObligations(under: parameters) }
  }

  func requireDefined(_ obligations: [Obligation], over region: Region, _ what: String)
    throws(RejectedStep)
  {
    switch Definedness.check(
      obligations, over: region, parameters: problem.parameters, facts: .all(facts))
    {
    case .holds: log.record("\(what) is defined")
    case .violated(_, let obligation), .unknown(let obligation):
      throw rejected("\(what) is defined: \(obligation.source)")
    }
  }

  /// Bijections of intervals in turn, each strictly monotone with the stated image.
  func check(_ evidence: TriangularEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    var formulaOf = Dictionary(uniqueKeysWithValues: zip(problem.outputs, formulas))
    var known = onDomain
    var isOnto = true
    // The variables that are known in terms of x.
    var solved: [Symbol: Expression] = [:]
    let onImage = parameters.adding(evidence.image)
    for (position, step) in evidence.equations.enumerated() {
      guard let formula = formulaOf.removeValue(forKey: step.output) else {
        throw rejected("step \(position + 1) uses an output of f that no earlier step uses")
      }
      try require(
        step.equation.isIdentical(to: formula, under: known),
        "step \(position + 1) solves the equation of \(step.output)")
      let later = evidence.equations[(position + 1)...].map(\.variable)
      let map = try verified(step, known, freeOf: step.isSubstituted ? [] : later)
      isOnto = isOnto && covers(onImage, map.solvable.substituting(solved))
      if let inverse = map.inverse?.substituting(solved), !inverse.containsAny(of: problem.inputs) {
        solved[step.variable] = inverse
      }
      guard step.isSubstituted else { continue }
      guard let inverse = map.inverse, let interval = map.image,
        !interval.freeSymbols.contains(where: later.contains)
      else { throw rejected("step \(position + 1) can be substituted") }
      known = known.adding(step.output, in: interval)
      for (output, other) in formulaOf {
        formulaOf[output] = other.substituting(step.variable, by: inverse)
      }
    }
    try require(
      evidence.equations.map(\.variable).sorted() == problem.inputs.sorted(),
      "every variable is determined once")
    let isWholeProduct = problem.domain.isProduct && formulaOf.isEmpty
    return isOnto && isWholeProduct && evidence.image == problem.codomain
      ? [.injective, .onto] : [.injective]
  }

  /// The step's map recomputed: one variable, strictly monotone with its limits, or an equation with
  /// one solution, which is known.
  private func verified(_ step: SolvedEquation, _ known: Assumptions, freeOf later: [Symbol])
    throws(RejectedStep) -> ScalarBijection
  {
    try require(
      !step.equation.containsAny(of: later.filter { $0 != step.variable }),
      "\(step.output) determines \(step.variable) alone")
    guard
      let map = ScalarBijection.find(
        step.equation, in: step.variable, over: known.interval(of: step.variable),
        value: step.output, under: known)
    else {
      throw rejected(
        "\(step.variable) -> \(step.output) is monotone with known limits, or solved")
    }
    log.record("\(step.output) = \(step.equation.text) determines \(step.variable)")
    return map
  }

  /// Whether every value that the image allows is taken by a step with values where `solvable` holds.
  private func covers(_ onImage: Assumptions, _ solvable: Predicate) -> Bool {
    !solvable.expressions.contains { $0.containsAny(of: problem.inputs) }
      && onImage.decide(solvable) == true
  }
}
