import Symbolics

extension CheckSetting {
  /// f is continuous, and f(z) - A z grows more slowly than A z.
  func check(_ evidence: CoercivityEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      isMapOfSpace && evidence.matrix.count == formulas.count
        && evidence.matrix.allSatisfy {
          $0.count == problem.inputs.count && !$0.contains { $0.containsAny(of: problem.inputs) }
        }, "f is a map of R^n, and A a matrix of its size that is free of z")
    let matrix = Matrix(rows: evidence.matrix)
    try require(
      formulas.allSatisfy { onDomain.isContinuous($0, in: problem.inputs) }, "f is continuous")
    let determinant = matrix.determinant(under: parameters).simplified(under: parameters)
    try require(parameters.signs(of: determinant).isNonzero, "det A is not 0")
    var growth: [[Expression]] = []
    for (formula, linear) in zip(formulas, matrix * inputValues) {
      let rest = (formula - linear).simplified(under: onDomain)
      guard let bounds = growthBounds(of: rest) else {
        throw rejected("\(rest.text) grows no faster than a linear function")
      }
      growth.append(bounds)
    }
    // |A⁻¹ g(z)| ≤ c |z| + C in the norm of the largest coordinate, c < 1: so |A⁻¹ f(z)| ≥ (1 - c) |z| - C.
    for row in matrix.adjugate(under: parameters).rows {
      let share = Expression.sum(
        zip(row, growth).map { .call(.abs, [$0 / determinant]) * .sum($1) })
      try require(
        parameters.decide(.compare(share, .less, .one)) == true, "g grows more slowly than A z")
    }
    return [.coercive]
  }

  /// Numbers m with |g(z)| ≤ Σ mⱼ |zⱼ| + C; nil where none are known.
  private func growthBounds(of g: Expression) -> [Expression]? {
    if !g.containsAny(of: problem.inputs) || bound(on: g) != nil {
      return problem.inputs.map { _ in .zero }
    }
    return growthOfParts(of: g) ?? growthByDerivatives(of: g)
  }

  /// The same from those of the operands, for sums, multiples and functions that grow no faster than their arguments.
  private func growthOfParts(of g: Expression) -> [Expression]? {
    switch g.form {
    case .symbol(let symbol): return problem.inputs.map { $0 == symbol ? .one : .zero }
    case .sum(let terms): return added(terms)
    case .product(let factors):
      let moving = factors.filter { $0.containsAny(of: problem.inputs) }
      guard moving.count == 1, let growth = growthBounds(of: moving[0]) else { return nil }
      let scale = Expression.call(.abs, [g / moving[0]])
      return growth.map { scale * $0 }
    case .call(.abs, let arguments), .call(.max, let arguments), .call(.min, let arguments):
      return added(arguments)
    case .call(let function, let arguments):
      guard arguments.count == 1, let steepness = FunctionFacts(function)?.contraction,
        let growth = growthBounds(of: arguments[0])
      else { return nil }
      return growth.map { Expression(steepness) * $0 }
    case .rational, .pi, .power, .piecewise, .finiteSum: return nil
    }
  }

  private func added(_ parts: [Expression]) -> [Expression]? {
    var sum = problem.inputs.map { _ in Expression.zero }
    for part in parts {
      guard let growth = growthBounds(of: part) else { return nil }
      sum = zip(sum, growth).map { $0 + $1 }
    }
    return sum
  }

  /// Bounds on the derivatives.
  private func growthByDerivatives(of g: Expression) -> [Expression]? {
    let known = onDomain
    guard known.isAnalytic(g, in: problem.inputs) else { return nil }
    var result: [Expression] = []
    for input in problem.inputs {
      guard let bound = bound(on: g.derivative(by: input).simplified(under: known)) else {
        return nil
      }
      result.append(bound)
    }
    return result
  }

  /// A number that |u| does not exceed on the domain.
  private func bound(on u: Expression) -> Expression? {
    let range = onDomain.range(of: u)
    guard let low = range.lower.value, let high = range.upper.value else { return nil }
    return .call(.max, [.call(.abs, [low]), .call(.abs, [high])])
  }

  /// det Df is nowhere 0, on R^n.
  func checkRegular() throws(RejectedStep) -> Set<ProvenFact> {
    try require(isMapOfSpace, "f is a map of R^n")
    try require(
      formulas.allSatisfy { onDomain.isAnalytic($0, in: problem.inputs) },
      "f is continuously differentiable")
    let determinant = Matrix.jacobian(of: formulas, by: problem.inputs)
      .determinant(under: onDomain).simplified(under: onDomain)
    try require(
      onDomain.signs(of: determinant).isNonzero, "det Df = \(determinant.text) is nowhere 0")
    return [.regular]
  }
}

extension Set<ProvenFact> {
  /// These and what follows of a continuous map of R^n whose values leave every ball as the points do. If it is injective,
  /// then it is onto: its image is open (Brouwer's invariance of domain) and closed. If its derivative is invertible
  /// everywhere, then it is a diffeomorphism (Hadamard 1906, Caccioppoli 1932).
  var withConsequencesOfCoercivity: Set<ProvenFact> {
    guard contains(.coercive) else { return self }
    if contains(.regular) { return union([.injective, .onto]) }
    return contains(.injective) ? union([.onto]) : self
  }
}
