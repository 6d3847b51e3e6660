import Symbolics

extension CheckSetting {
  /// f(z) = A z + b on R^n: bijective where det A ≠ 0, not injective where det A = 0.
  func check(_ evidence: AffineEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      problem.domain.isWholeSpace && problem.codomain.isWholeSpace
        && formulas.count == problem.inputs.count, "f maps R^n to R^n")
    let z = inputValues
    for (index, formula) in formulas.enumerated() {
      let row = zip(evidence.matrix[index], z).map { $0 * $1 }
      try require(
        formula.isIdentical(to: .sum(row + [evidence.offset[index]]), under: parameters),
        "f(z) = A z + b in row \(index + 1)")
    }
    let determinant = Matrix(rows: evidence.matrix).determinant(under: parameters)
    try require(
      determinant.isIdentical(to: evidence.determinant, under: parameters), "det A is right")
    let signs = parameters.signs(of: evidence.determinant)
    if !signs.contains(.zero) { return [.injective, .onto] }
    try checkKernel(evidence)
    // By linear algebra a square matrix with det A = 0 has a kernel and a proper image.
    return signs == .zero ? [.notInjective, .notOnto] : [.conditional]
  }

  /// A v vanishes together with det A, for every kernel vector offered.
  private func checkKernel(_ evidence: AffineEvidence) throws(RejectedStep) {
    for kernel in evidence.kernel {
      let earlier = parameters.adding(kernel.condition)
      for row in evidence.matrix {
        let entry = Expression.sum(zip(row, kernel.vector).map { $0 * $1 })
        // The identities without the condition first: with it every sign is open to question.
        let isMultiple =
          isZeroOrDeterminant(entry, evidence, under: parameters)
          || isZeroOrDeterminant(entry, evidence, under: earlier)
          || vanishes(entry, with: kernel.condition)
          || isMultiple(entry, of: evidence.determinant)
        try require(isMultiple, "A v = 0 for a kernel vector")
      }
    }
  }

  private func isZeroOrDeterminant(
    _ entry: Expression, _ evidence: AffineEvidence, under known: Assumptions
  ) -> Bool {
    [.zero, evidence.determinant, -evidence.determinant].contains {
      entry.isIdentical(to: $0, under: known)
    }
  }

  /// Whether entry / det A is a formula without a denominator that vanishes with det A.
  private func isMultiple(_ entry: Expression, of determinant: Expression) -> Bool {
    let quotient = (entry / determinant).normalForm(under: parameters)
    return quotient.numeratorAndDenominator.denominator.isConstant
  }

  /// Whether the entry is zero because the condition sets it, up to a rational factor, or symbols in
  /// it to zero.
  private func vanishes(_ entry: Expression, with condition: Predicate) -> Bool {
    var zeros: [Symbol: Expression] = [:]
    for part in condition.conjuncts {
      guard case .compare(let left, .equal, let right) = part, right.isZero else { continue }
      let factor = (entry / left).normalForm(under: parameters)
      if factor.rationalValue != nil, entry.isIdentical(to: factor * left) { return true }
      if let symbol = left.symbolValue { zeros[symbol] = .zero }
    }
    return entry.substituting(zeros).isIdentical(to: .zero, under: parameters)
  }

  /// Bijective (or injective) where the condition holds, refuted where it does not.
  func check(_ condition: Predicate, _ ifTrue: Certificate, _ ifFalse: Certificate)
    throws(RejectedStep) -> Set<ProvenFact>
  {
    let whenTrue = try CheckSetting(problem, where: condition.conjuncts).facts(of: ifTrue)
    try require(whenTrue.contains(.injective), "f is injective where the condition holds")
    guard case .compare(let left, .unequal, let right) = condition else {
      throw RejectedStep("the condition excludes one value")
    }
    // Where the condition fails a parameter has one value, which is put into the map.
    for parameter in problem.parameters where left.contains(parameter.symbol) {
      guard
        let solutions = ScalarSolver.solutions(
          of: left, equals: right, for: parameter.symbol, in: parameter.interval,
          under: parameters), solutions.branches.count == 1, solutions.exceptional == .never
      else { continue }
      let fixed = problem.setting([parameter.symbol: solutions.branches[0].solution])
      let whenFalse = try CheckSetting(fixed).facts(of: ifFalse)
      try require(
        whenFalse.contains(.notInjective) || whenFalse.contains(.notOnto),
        "f is refuted where the condition fails")
      return [.conditional]
    }
    throw RejectedStep("the condition can be solved for a parameter")
  }

  /// Every stage a bijection onto the next one's domain.
  func checkStages(_ parts: [Certificate]) throws(RejectedStep) -> Set<ProvenFact> {
    try require(parts.count == problem.stages.count, "there is a certificate for each stage")
    var domain = problem.domain
    for (position, (stage, certificate)) in zip(problem.stages, parts).enumerated() {
      let isLast = position == parts.count - 1
      var single = Problem(
        name: problem.name, parameters: problem.parameters, domain: domain, stages: [stage])
      if !isLast, let image = certificate.mappedOnto { single.stages[0].codomain = image }
      let proven = try CheckSetting(single).facts(of: certificate)
      try require(
        proven.isSuperset(of: [.injective, .onto]), "stage \(position + 1) is a bijection")
      domain = single.codomain
    }
    return [.injective, .onto]
  }
}

extension Certificate {
  /// The set that an inverse or a triangular certificate names as the image.
  var mappedOnto: Region? {
    switch self {
    case .inverse(let evidence): evidence.image
    case .triangular(let evidence): evidence.image
    case .both(let parts): parts.lazy.compactMap(\.mappedOnto).first
    case .affine, .collision, .determinantSigns, .invarianceOfDomain, .missingPoint, .image,
      .condition, .stages, .illPosed:
      nil
    }
  }
}
