import Tensors

extension ColumnMap {
  /// By how many nats a value a map must be better than none to be chosen.
  private static let leastGain = 0.05

  /// The map under which a normal distribution makes the values most likely: none, or asinh with one of a few
  /// widths where tails are heavy.
  ///
  /// - Parameter values: a column; at least one value.
  /// - Returns: the identity unless another map is clearly better.
  public static func likeliest(for values: [Double]) -> ColumnMap {
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double { sorted[Int(share * Double(sorted.count - 1))] }
    let center = quantile(0.5)
    // The distance between quartiles of a normal distribution is 1.349 deviations.
    let deviation = (quantile(0.75) - quantile(0.25)) / 1.349
    guard let plain = score(.identity, values), deviation > 0, deviation.isFinite
    else { return .identity }
    let candidates = [0.5, 1, 2, 4].map {
      ColumnMap.asinh(center: center, width: $0 * deviation)
    }
    let scored = candidates.compactMap { map in score(map, values).map { (map: map, score: $0) } }
    guard let best = scored.max(by: { $0.score < $1.score }), best.score > plain + leastGain
    else { return .identity }
    return best.map
  }

  /// The mean log-likelihood of the values under the best normal distribution of the mapped ones, but for the
  /// constant -½ log 2πe.
  private static func score(_ map: ColumnMap, _ values: [Double]) -> Double? {
    guard let scaling = ColumnScaling(map: map, of: values) else { return nil }
    return values.reduce(0) { $0 + scaling.logSlope($1) } / Double(values.count)
  }
}
