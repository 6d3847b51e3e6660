import Exact
import Symbolics

extension CheckSetting {
  /// More unknowns than this have too many minors.
  private static let dimensionLimit = 4

  /// f is injective by its derivative, and onto R^n where it is strongly monotone or a polynomial map: an
  /// injective polynomial map of R^n is onto (Białynicki-Birula and Rosenlicht 1962).
  func check(_ evidence: UnivalenceEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    try require(
      formulas.count == problem.inputs.count && formulas.count <= Self.dimensionLimit
        && problem.domain.isProduct, "f is square, on a product of intervals")
    try require(
      formulas.allSatisfy { onDomain.isAnalytic($0, in: problem.inputs) },
      "f is continuously differentiable")
    try require(isObeyed(evidence.rule), "the derivative is as stated")
    if case .stronglyMonotone = evidence.rule, isMapOfSpace { return [.injective, .onto] }
    return isPolynomialOfSpace ? [.injective, .onto] : [.injective]
  }

  private func isObeyed(_ rule: UnivalenceEvidence.Rule) -> Bool {
    let known = onDomain
    let jacobian = Matrix.jacobian(of: formulas, by: problem.inputs)
    switch rule {
    case .stronglyMonotone(let bound):
      guard bound.sign > 0 else { return false }
      return jacobian.symmetricSum(minus: 2 * Expression(bound)).principalMinors(under: known)
        .allSatisfy { known.signs(of: $0).isNonnegative }
    case .strictlyMonotone:
      let minors = jacobian.symmetricSum(minus: .zero).leadingMinors(under: known)
      // On a line the form vanishes at one point at most.
      return known.signCases(of: problem.inputs).allSatisfy { part in
        let isOrigin = problem.inputs.allSatisfy { part.signs[$0] == 0 }
        return isOrigin
          || minors.allSatisfy { part.decide(.compare($0, .greater, .zero)) == true }
      }
    case .positiveMinors:
      return jacobian.principalMinors(under: known)
        .allSatisfy { known.signs(of: $0).isPositive }
    }
  }
}

extension Matrix {
  /// A + Aᵀ - c I
  fileprivate func symmetricSum(minus c: Expression) -> Matrix {
    Matrix(
      rows: rows.indices.map { i in
        rows.indices.map { j in rows[i][j] + rows[j][i] - (i == j ? c : .zero) }
      })
  }
}
