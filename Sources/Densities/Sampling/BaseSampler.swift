public import Evaluation
public import Symbolics
import Tensors

/// Draws from a base distribution, reproducibly: the numbers of a row depend on the seed, the row and
/// the coordinate alone.
///
/// Each coordinate has a key of its own, split from that of the seed. Normal numbers are those of Box
/// and Muller, logistic, Laplace and exponential ones come from one uniform number through the
/// quantile function, Student's t from two by Bailey's formula, beta from gamma variables by
/// rejection, and a multivariate normal from independent ones by the Cholesky factor of the covariance.
public struct BaseSampler: Sendable {
  package let coordinates: [CoordinateSampler]
  /// The mean and Cholesky factor that map independent standard normal coordinates.
  package let affine: (mean: [Double], factor: [[Double]])?

  /// Prepares the sampling of `distribution`, whose parameters must be numbers.
  ///
  /// - Throws: `EvaluationError.unboundSymbol` for a parameter without a value.
  public init(_ distribution: BaseDistribution) throws(EvaluationError) {
    if case .multivariateNormal(let mean, let covariance) = distribution {
      let n = mean.count
      let numbers = try CompiledFormulas(mean + covariance.flatMap { $0 }, inputs: [])
        .values(at: [])
      let matrix = (0..<n).map { row in Array(numbers[n + row * n..<n + (row + 1) * n]) }
      affine = (Array(numbers.prefix(n)), Self.choleskyFactor(of: matrix))
      let standard = BaseDistribution.normal(
        mean: mean.map { _ in .zero }, deviation: mean.map { _ in .one })
      coordinates = try mean.indices.map { k throws(EvaluationError) in
        try CoordinateSampler(standard, k)
      }
    } else {
      affine = nil
      coordinates = try (0..<distribution.dimension).map { k throws(EvaluationError) in
        try CoordinateSampler(distribution, k)
      }
    }
  }

  /// The rows numbered `rows`, as one column a coordinate.
  public func columns(rows: Range<Int>, seed: UInt64) -> [[Double]] {
    let key = RandomKey(seed: seed)
    let drawn = coordinates.enumerated().map { k, sampler in
      sampler.column(rows: rows, key: key.split(UInt64(k)))
    }
    guard let affine else { return drawn }
    return affine.factor.enumerated().map { i, factors in
      (0..<rows.count).map { row in
        var value = affine.mean[i]
        for j in 0...i { value += factors[j] * drawn[j][row] }
        return value
      }
    }
  }

  /// The lower triangular L with L·Lᵀ = matrix, for a symmetric positive definite matrix.
  ///
  /// A pivot that rounding makes vanish gives a column of zeros, the limit of such columns.
  static func choleskyFactor(of matrix: [[Double]]) -> [[Double]] {
    var factor = matrix.map { $0.map { _ in 0.0 } }
    for i in matrix.indices {
      for j in 0...i {
        var rest = matrix[i][j]
        for k in 0..<j { rest -= factor[i][k] * factor[j][k] }
        if i == j {
          factor[i][j] = max(rest, 0).squareRoot()
        } else {
          factor[i][j] = factor[j][j] > 0 ? rest / factor[j][j] : 0
        }
      }
    }
    return factor
  }
}
