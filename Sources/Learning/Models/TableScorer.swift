import Flows
public import Formats
public import Tensors

/// Log-densities under one learned distribution, table after table.
public final class TableScorer {
  private let learned: LearnedDistribution
  private let scorer: Scorer

  /// A scorer for `learned`.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - pool: the workers.
  public init(_ learned: LearnedDistribution, pool: WorkerPool = WorkerPool()) {
    self.learned = learned
    scorer = Scorer(learned.model, pool: pool)
  }

  /// log p(x | c) of each row, in nats, in the units of the data; -∞ outside of the intervals that columns
  /// lie in.
  ///
  /// - Parameter table: has all columns, in any order; others are not looked at.
  /// - Returns: a number for each row.
  /// - Throws: ``LearningError`` for a missing column and a given value outside of its interval.
  public func logDensity(of table: Table) throws(LearningError) -> [Double] {
    let columns = learned.columns
    let rows = try table.batch(of: columns)
    let isInside = (0..<rows.rows).map { columns.contain(rows[$0]) }
    // Any point of the support takes the place of a row outside.
    var inside = rows.values
    for row in isInside.indices where !isInside[row] {
      for (column, scaling) in columns.scalings.enumerated() {
        inside[row * columns.count + column] = scaling.inverse(0)
      }
    }
    let batch = Batch(features: columns.count, inside)
    let given = try learned.scaledGiven(of: table)
    let flow = try withFlow { () throws(FlowError) in
      try scorer.logDensity(of: columns.forward(batch), given: given)
    }
    let slopes = columns.logSlope(batch)
    return isInside.indices.map { isInside[$0] ? flow[$0] + slopes[$0] : -.infinity }
  }
}
