import Flows
import Tensors

extension RowDraws {
  /// What a step on some rows computes with: draws, weighted by their share of the density of their row.
  ///
  /// - Parameters:
  ///   - scorer: of the model that is trained.
  ///   - key: where draws come from; each step has its own.
  func steps(_ scorer: Scorer, key: RandomKey) -> DrawnRows.Draw {
    { step, numbers, model in
      let drawn = draw(numbers, key: key.split(UInt64(step)))
      // Draws are finite, and of the model's width.
      let logDensities = try! scorer.logDensity(
        of: drawn.rows, given: drawn.given, with: model.parameters)
      let (estimates, shares) = drawn.estimates(logDensities)
      let rowWeights = numbers.map { rows.weights?[$0] ?? 1 }
      // The mean is over all draws; that of the rows is wanted.
      let scale = Double(shares.count) / Double(numbers.count)
      var weights = shares
      for (row, range) in drawn.ranges.enumerated() {
        for place in range { weights[place] *= scale * rowWeights[row] }
      }
      let sum = zip(weights, logDensities).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1 }
      let possible = zip(estimates, rowWeights).filter { $0.0 > -.infinity }
      let estimate = possible.reduce(0) { $0 + $1.0 * $1.1 }
      return DrawnRows(
        rows: drawn.rows, given: drawn.given, weights: weights,
        offset: (sum / scale - estimate) / Double(numbers.count))
    }
  }

  /// log p of each row, estimated with all its draws at once.
  func logDensities(
    _ scorer: Scorer, _ model: Model, key: RandomKey
  ) throws(LearningError) -> [Double] {
    let drawn = draw(Array(0..<rows.count), key: key)
    return try withFlow { () throws(FlowError) in
      let values = try scorer.logDensity(
        of: drawn.rows, given: drawn.given, with: model.parameters)
      return drawn.estimates(values).rows
    }
  }
}
