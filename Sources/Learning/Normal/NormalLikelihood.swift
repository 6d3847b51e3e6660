import Flows

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
    return Cholesky(NormalMoments(of: rows, weights: weights).covariance, size: rows.features).map {
      -0.5 * ($0.logDeterminant + count) - count * logRootTwoPi
    }
  }
}
