import Symbolics

/// A and b of formulas that are A y + b in some of their variables y.
struct AffineParts {
  /// A, free of y.
  let matrix: Matrix
  /// b, free of y.
  let offset: [Expression]

  /// nil if a formula is not shown to be affine in the variables.
  init?(of formulas: [Expression], in variables: [Symbol], under assumptions: Assumptions) {
    let rows = Matrix.jacobian(of: formulas, by: variables).rows.map { row in
      row.map { $0.simplified(under: assumptions) }
    }
    guard !rows.joined().contains(where: { $0.containsAny(of: variables) }),
      formulas.allSatisfy({ assumptions.isAnalytic($0, in: variables) })
    else { return nil }
    let origin = Dictionary(uniqueKeysWithValues: variables.map { ($0, Expression.zero) })
    matrix = Matrix(rows: rows)
    offset = formulas.map { $0.substituting(origin).simplified(under: assumptions) }
  }

  /// A⁻¹(x - b), A⁻¹ = adj A / det A; nil where it is too large to be worked with.
  func inverse(of outputs: [Symbol], determinant: Expression, under assumptions: Assumptions)
    -> [Expression]?
  {
    let shifted = zip(outputs, offset).map { Expression($0) - $1 }
    let numerators = matrix.adjugate(under: assumptions) * shifted
    let quotients = numerators.map { $0 / determinant }
    guard Expression.sum(quotients).isNormalisable else { return nil }
    return quotients.map { $0.simplified(under: assumptions) }
  }
}
