import Tensors

/// A normal distribution of some coordinates given the others: mean μ\_M + Σ\_MO Σ\_OO⁻¹ (y\_O - μ\_O) and covariance
/// Σ\_MM - Σ\_MO Σ\_OO⁻¹ Σ\_OM.
struct ConditionalNormal: Sendable {
  /// M and O
  let missing, observed: [Int]
  /// Σ\_MO Σ\_OO⁻¹, row after row
  private let weights: [Double]
  /// The conditional covariance, row after row.
  let covariance: [Double]

  /// - Parameters:
  ///   - isMissing: which coordinates are in M.
  ///   - matrix: Σ, row after row.
  /// - Returns: nil where Σ\_OO is singular.
  init?(_ isMissing: [Bool], covariance matrix: [Double]) {
    let size = isMissing.count
    missing = isMissing.indices.filter { isMissing[$0] }
    observed = isMissing.indices.filter { !isMissing[$0] }
    let (missing, observed) = (missing, observed)
    let known = observed.flatMap { i in observed.map { matrix[i * size + $0] } }
    guard let factor = Cholesky(known, size: observed.count) else { return nil }
    let weights = missing.flatMap { i in factor.solve(observed.map { matrix[i * size + $0] }) }
    self.weights = weights
    covariance = missing.enumerated().flatMap { row, i in
      missing.map { j in
        observed.enumerated().reduce(matrix[i * size + j]) { sum, column in
          sum - weights[row * observed.count + column.offset] * matrix[column.element * size + j]
        }
      }
    }
  }

  /// The means of the missing coordinates.
  func mean(given y: [Double], _ mean: [Double]) -> [Double] {
    missing.enumerated().map { row, i in
      observed.enumerated().reduce(mean[i]) { sum, column in
        sum + weights[row * observed.count + column.offset]
          * (y[column.element] - mean[column.element])
      }
    }
  }
}
