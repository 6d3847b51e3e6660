import Tensors

extension ColumnMap {
  /// By how many nats a value a map must be better than none to be chosen.
  private static let leastGain = 0.05

  /// The map under which a normal distribution makes the values most likely: none, or asinh with one of a few
  /// widths where tails are heavy.
  ///
  /// - Parameters:
  ///   - values: a column; at least one value.
  ///   - weights: how often each value counts, > 0; nil for once.
  /// - Returns: the identity unless another map is clearly better.
  public static func likeliest(for values: [Double], weights: [Double]? = nil) -> ColumnMap {
    let quantile = quantiles(of: values, weights: weights)
    let center = quantile(0.5)
    // The distance between quartiles of a normal distribution is 1.349 deviations.
    let deviation = (quantile(0.75) - quantile(0.25)) / 1.349
    guard let plain = score(.identity, values, weights), deviation > 0, deviation.isFinite
    else { return .identity }
    let candidates = [0.5, 1, 2, 4].map {
      ColumnMap.asinh(center: center, width: $0 * deviation)
    }
    let scored = candidates.compactMap { map in
      score(map, values, weights).map { (map: map, score: $0) }
    }
    guard let best = scored.max(by: { $0.score < $1.score }), best.score > plain + leastGain
    else { return .identity }
    return best.map
  }

  /// The value below which a share p of the others lie, as a function of p in (0, 1); with weights, the smallest x with
  /// Σ w of the values up to x ≥ p Σ w.
  private static func quantiles(
    of values: [Double], weights: [Double]?
  ) -> (Double) -> Double {
    guard let weights else {
      let sorted = values.sorted()
      return { share in sorted[Int(share * Double(sorted.count - 1))] }
    }
    let order = values.indices.sorted { values[$0] < values[$1] }
    var sum = 0.0
    let sums = order.map { index in
      sum += weights[index]
      return sum
    }
    return { share in values[order[min(sums.countBelow(share * sum), order.count - 1)]] }
  }

  /// The mean log-likelihood of the values under the best normal distribution of the mapped ones, but for the
  /// constant -½ log 2πe.
  private static func score(
    _ map: ColumnMap, _ values: [Double], _ weights: [Double]?
  ) -> Double? {
    guard let scaling = ColumnScaling(map: map, of: values, weights: weights) else { return nil }
    return values.map(scaling.logSlope).mean(weights)
  }
}
