import Symbolics

extension CheckSetting {
  /// f(z) = A z + b on R^n: bijective where det A ≠ 0, not injective where det A = 0.
  func check(_ evidence: AffineEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      problem.domain.isWholeSpace && problem.codomain.isWholeSpace
        && formulas.count == problem.inputs.count, "f maps R^n to R^n")
    let size = problem.inputs.count
    try require(
      evidence.matrix.count == size && evidence.matrix.allSatisfy { $0.count == size }
        && evidence.offset.count == size
        && !(evidence.matrix.joined() + evidence.offset).contains {
          $0.containsAny(of: problem.inputs)
        }, "A and b are constant and have the right shapes")
    let z = inputValues
    for (index, formula) in formulas.enumerated() {
      let row = zip(evidence.matrix[index], z).map { $0 * $1 }
      try require(
        formula.isIdentical(to: .sum(row + [evidence.offset[index]]), under: parameters),
        "f(z) = A z + b in row \(index + 1)")
    }
    let determinant = Matrix(rows: evidence.matrix).determinant(under: parameters)
    try require(
      determinant.isIdentical(to: evidence.determinant, under: parameters),
      "det A = \(evidence.determinant.text)")
    let signs = parameters.signs(of: evidence.determinant)
    if !signs.contains(.zero) { return [.injective, .onto] }
    try checkKernel(evidence)
    // By linear algebra a square matrix with det A = 0 has a kernel and a proper image.
    if signs == .zero { return [.notInjective, .notOnto] }
    let nonzero = Predicate.compare(evidence.determinant, .unequal, .zero)
    return [
      .conditional(
        ConditionalKind(nonzero, ifTrue: .bijective, ifFalse: .notInjective),
        ifTrue: [.injective, .onto], ifFalse: [.notInjective, .notOnto])
    ]
  }

  /// A v vanishes together with det A, for every kernel vector offered. That there is one need not be
  /// shown: a square matrix has one when its determinant is 0.
  private func checkKernel(_ evidence: AffineEvidence) throws(RejectedStep) {
    for kernel in evidence.kernel ?? [] {
      try require(
        kernel.vector.count == problem.inputs.count, "a kernel vector has an entry for each input")
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
    if determinant.isZero { return entry.isZero }
    let quotient = (entry / determinant).normalForm(under: parameters)
    return quotient.numeratorAndDenominator.denominator.isConstant
  }

  /// Whether the entry is zero because the condition sets it, up to a rational factor, or symbols in
  /// it to zero.
  private func vanishes(_ entry: Expression, with condition: Predicate) -> Bool {
    var zeros: [Symbol: Expression] = [:]
    for part in condition.conjuncts {
      guard case .compare(let left, .equal, let right) = part, right.isZero, !left.isZero else {
        continue
      }
      let factor = (entry / left).normalForm(under: parameters)
      if factor.rationalValue != nil, entry.isIdentical(to: factor * left) { return true }
      if let symbol = left.symbolValue { zeros[symbol] = .zero }
    }
    return entry.substituting(zeros).isIdentical(to: .zero, under: parameters)
  }

  /// g(x) = G (x - b) with A G = I: the inverse where det A ≠ 0, as A is square.
  func requireInverse(_ inverse: [Expression], of evidence: AffineEvidence) throws(RejectedStep) {
    try require(
      inverse.count == problem.inputs.count
        && !inverse.contains { $0.containsAny(of: problem.inputs) },
      "f^-1 has a formula in the outputs for each input")
    let nonzero = Predicate.compare(evidence.determinant, .unequal, .zero)
    try require(facts.contains(nonzero) || parameters.decide(nonzero) == true, "det A != 0")
    try requireDefinedness(of: inverse, from: evidence.determinant)
    let slopes = Matrix.jacobian(of: inverse, by: problem.outputs).rows.map { row in
      row.map { $0.simplified(under: parameters) }
    }
    try require(
      !slopes.joined().contains { $0.containsAny(of: problem.outputs) }
        && inverse.allSatisfy { parameters.isAnalytic($0, in: problem.outputs) },
      "f^-1 is affine")
    let atOffset = Dictionary(uniqueKeysWithValues: zip(problem.outputs, evidence.offset))
    for formula in inverse {
      try require(
        formula.substituting(atOffset).isIdentical(to: .zero, under: parameters), "f^-1(b) = 0")
    }
    try requireProductIsIdentity(evidence, slopes)
  }

  /// A (det A · G) = det A · I, where fractions have gone.
  private func requireProductIsIdentity(_ evidence: AffineEvidence, _ slopes: [[Expression]])
    throws(RejectedStep)
  {
    let determinant = evidence.determinant
    let minors = slopes.map { row in
      row.map { ($0 * determinant).simplified(under: parameters) }
    }
    for (i, row) in evidence.matrix.enumerated() {
      for k in row.indices {
        let entry = Expression.sum(zip(row, minors).map { $0 * $1[k] })
        try require(
          entry.isIdentical(to: i == k ? determinant : .zero, under: parameters),
          "A Df^-1 = I in row \(i + 1), column \(k + 1)")
      }
    }
  }

  /// What the formulas divide by is not 0, as it divides det A ≠ 0; everything else is decided.
  private func requireDefinedness(of inverse: [Expression], from determinant: Expression)
    throws(RejectedStep)
  {
    for obligation in definedness(of: inverse) {
      guard let predicate = obligation.predicate else {
        throw rejected("f^-1 is defined: \(obligation.source)")
      }
      if case .compare(let divisor, .unequal, let zero) = predicate, zero.isZero,
        isMultiple(determinant, of: divisor)
      {
        continue
      }
      try require(
        parameters.decide(predicate) == true, "f^-1 is defined: \(obligation.source)")
    }
  }
}
