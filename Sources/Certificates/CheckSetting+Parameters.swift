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

  /// Every stage a bijection onto the next one's domain.
  func checkStages(_ parts: [Certificate]) throws(RejectedStep) -> Set<ProvenFact> {
    try require(parts.count == problem.stages.count, "there is a certificate for each stage")
    var domain = problem.domain
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
      try setting.require(proven.isSuperset(of: [.injective, .onto]), "the stage is a bijection")
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
    case .affine, .radial, .univalent, .factored, .collision, .determinantSigns,
      .invarianceOfDomain, .missingPoint, .image, .condition, .stages, .illPosed:
      nil
    }
  }
}
