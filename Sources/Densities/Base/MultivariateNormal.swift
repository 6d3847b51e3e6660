import Symbolics

/// N(mean, covariance) with exact determinant and inverse of the covariance.
struct MultivariateNormal {
  let mean: [Expression]
  let determinant: Expression
  /// The inverse of the covariance.
  let precision: [[Expression]]

  init(
    mean: [Expression], covariance: [[Expression]], assumptions: Assumptions
  ) throws(DistributionError) {
    let n = mean.count
    for count in [covariance.count] + covariance.map(\.count) where count != n {
      throw .covarianceShape(rows: count, dimension: n)
    }
    for row in 0..<n {
      for column in 0..<row
      where !covariance[row][column].isIdentical(to: covariance[column][row], under: assumptions) {
        throw .covarianceNotSymmetric(row: column + 1, column: row + 1)
      }
    }
    // Sylvester: positive definite if and only if all leading minors are positive.
    for size in 1...max(n, 1) where size <= n {
      let block = Matrix(rows: covariance.prefix(size).map { Array($0.prefix(size)) })
      let minor = block.determinant(under: assumptions)
      switch assumptions.decide(.compare(minor, .greater, .zero)) {
      case true: continue
      case false: throw .covarianceNotPositiveDefinite(minor: minor)
      case nil: throw .signUnknown(quantity: "leading minor of the covariance", value: minor)
      }
    }
    let matrix = Matrix(rows: covariance)
    let determinant = matrix.determinant(under: assumptions)
    self.mean = mean
    self.determinant = determinant
    precision = matrix.adjugate(under: assumptions).rows.map { row in
      row.map { ($0 / determinant).simplified(under: assumptions) }
    }
  }

  /// -(z - mean)ᵀ·precision·(z - mean)/2
  private func exponent(at z: [Expression]) -> Expression {
    let centred = zip(z, mean).map { $0 - $1 }
    var terms: [Expression] = []
    for (i, row) in precision.enumerated() {
      for (j, entry) in row.enumerated() where j <= i {
        // The matrix is symmetric: each pair off the diagonal counts twice.
        terms.append((i == j ? .rational(-1, 2) : -1) * entry * centred[i] * centred[j])
      }
    }
    return .sum(terms)
  }

  /// e^(exponent)/√((2π)ⁿ det)
  func density(at z: [Expression]) -> Expression {
    .exp(exponent(at: z)) / ((2 * Expression.pi).power(z.count) * determinant).squareRoot
  }

  /// exponent - n/2·log(2π) - log(det)/2
  func logDensity(at z: [Expression]) -> Expression {
    .sum([
      exponent(at: z), .rational(-z.count, 2) * .log(2 * .pi),
      .rational(-1, 2) * .log(determinant),
    ])
  }
}
