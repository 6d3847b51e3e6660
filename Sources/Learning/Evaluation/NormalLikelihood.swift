import Flows
import Tensors

/// The likelihood of the best normal distribution.
enum NormalLikelihood {
  /// max over μ, Σ of the mean of log N(x; μ, Σ) = -½ log det Σ̂ - D/2 log 2πe, Σ̂ being the covariance of the
  /// rows; given some columns, the difference of both.
  ///
  /// - Parameters:
  ///   - rows: all columns, those that are given last.
  ///   - given: those that are given; nil for none.
  /// - Returns: nil where a covariance is singular.
  static func largestMean(of rows: Batch, given: Batch?) -> Double? {
    guard let joint = mean(rows) else { return nil }
    guard let given else { return joint }
    return mean(given).map { joint - $0 }
  }

  private static func mean(_ rows: Batch) -> Double? {
    let count = Double(rows.features)
    return logDeterminant(covariance(rows), size: rows.features).map {
      -0.5 * ($0 + count * (UnaryFunction.logarithm.value(2 * Double.pi) + 1))
    }
  }

  /// Σ (x - m)(x - m)ᵀ/n, row after row.
  private static func covariance(_ rows: Batch) -> [Double] {
    let (size, count) = (rows.features, Double(rows.rows))
    var mean = [Double](repeating: 0, count: size)
    for (index, x) in rows.values.enumerated() { mean[index % size] += x / count }
    var sums = [Double](repeating: 0, count: size * size)
    for row in 0..<rows.rows {
      let centered = zip(rows[row], mean).map { $0 - $1 }
      for i in 0..<size {
        for j in 0...i { sums[i * size + j] += centered[i] * centered[j] / count }
      }
    }
    return sums
  }

  /// log det by Cholesky's factorisation of the lower triangle; nil where a pivot is no larger than its rounding.
  private static func logDeterminant(_ matrix: [Double], size: Int) -> Double? {
    var factor = matrix
    var sum = 0.0
    for i in 0..<size {
      for j in 0...i {
        var value = factor[i * size + j]
        for k in 0..<j { value -= factor[i * size + k] * factor[j * size + k] }
        if i == j {
          guard value > 0x1p-50 * Double(size) * matrix[i * size + i] else { return nil }
          factor[i * size + i] = value.squareRoot()
          sum += UnaryFunction.logarithm.value(value)
        } else {
          factor[i * size + j] = value / factor[j * size + j]
        }
      }
    }
    return sum
  }
}
