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
  ///   - weights: of the rows; nil for 1.
  /// - Returns: nil where a covariance is singular.
  static func largestMean(of rows: Batch, given: Batch?, weights: [Double]? = nil) -> Double? {
    guard let joint = mean(rows, weights) else { return nil }
    guard let given else { return joint }
    return mean(given, weights).map { joint - $0 }
  }

  private static func mean(_ rows: Batch, _ weights: [Double]?) -> Double? {
    let count = Double(rows.features)
    return Cholesky(moments(rows, weights).covariance, size: rows.features).map {
      -0.5 * ($0.logDeterminant + count * (UnaryFunction.logarithm.value(2 * Double.pi) + 1))
    }
  }

  /// m = Σ w x/Σ w, and Σ w (x - m)(x - m)ᵀ/Σ w, row after row; w is 1 where there are no weights.
  static func moments(
    _ rows: Batch, _ weights: [Double]? = nil
  ) -> (mean: [Double], covariance: [Double]) {
    let size = rows.features
    let sum = weights?.reduce(0, +) ?? Double(rows.rows)
    let shares = (0..<rows.rows).map { (weights?[$0] ?? 1) / sum }
    var mean = [Double](repeating: 0, count: size)
    for (index, x) in rows.values.enumerated() { mean[index % size] += x * shares[index / size] }
    var sums = [Double](repeating: 0, count: size * size)
    for row in 0..<rows.rows {
      let centered = zip(rows[row], mean).map { $0 - $1 }
      for i in 0..<size {
        for j in 0...i { sums[i * size + j] += centered[i] * centered[j] * shares[row] }
      }
    }
    for i in 0..<size {
      for j in 0..<i { sums[j * size + i] = sums[i * size + j] }
    }
    return (mean, sums)
  }
}
