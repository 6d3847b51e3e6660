import Flows
public import Formats
public import Tensors

/// q(x) = P(p(X | c) < p(x | c)) with X from the model: the share of the model's own samples that are less likely than
/// a row. A small one is an anomaly, whatever the scale of log-densities; where the model is right, q is uniform on
/// (0, 1).
public final class LikelihoodRanks {
  private let learned: LearnedDistribution
  private let scorer: TableScorer
  private let sampler: TableSampler
  private let key: RandomKey
  private let count: Int
  /// The log-densities of samples of a joint density, sorted; none for a conditional one.
  private let sorted: [Double]
  private var rows = 0

  /// Ranks among samples.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - count: how many samples; for a conditional density, as many for each row.
  ///   - key: where they come from.
  ///   - pool: the workers.
  /// - Throws: ``LearningError`` where samples leave what the flow can score.
  public init(
    _ learned: LearnedDistribution, samples count: Int, key: RandomKey,
    pool: WorkerPool = WorkerPool()
  ) throws(LearningError) {
    precondition(count > 0, "ranks among \(count) samples")
    self.learned = learned
    self.count = count
    self.key = key
    scorer = TableScorer(learned, pool: pool)
    sampler = TableSampler(learned, pool: pool)
    sorted =
      learned.givenColumns.count > 0
      ? [] : try scorer.logDensity(of: sampler.samples(0..<count, key: key)).sorted()
  }

  /// q of the next rows of a longer table. For a conditional density, each row has samples of its own, which depend on
  /// its number.
  ///
  /// - Parameter table: has all columns.
  /// - Returns: for each row its log-density, and q: 0 for rows of density 0, NaN for rows that lack a value.
  /// - Throws: ``LearningError`` for a missing column and a given value outside of its interval.
  public func ranks(
    of table: Table
  ) throws(LearningError) -> (logDensity: [Double], share: [Double]) {
    let logs = try scorer.logDensity(of: table)
    defer { rows += table.rowCount }
    guard learned.givenColumns.count > 0 else {
      let shares = logs.map { Double(sorted.countBelow($0)) / Double(count) }
      return (logs, try leavingOutLacking(shares, table))
    }
    var shares: [Double] = []
    // A portion of rows at a time, so that memory does not grow with their number.
    let portion = max(1, LikelihoodRanks.mostSamples / count)
    for start in stride(from: 0, to: table.rowCount, by: portion) {
      let end = min(start + portion, table.rowCount)
      let given = table.repeating(rows: start..<end, count)
      let first = (rows + start) * count
      let samples = try sampler.samples(first..<first + given.rowCount, key: key, given: given)
      let drawn = try scorer.logDensity(of: samples.beside(given, learned.givenColumns))
      for row in 0..<end - start {
        let less = drawn[row * count..<(row + 1) * count].count { $0 < logs[start + row] }
        shares.append(Double(less) / Double(count))
      }
    }
    return (logs, try leavingOutLacking(shares, table))
  }

  /// The densities of samples and of rows that lack a value are of different columns, and do not compare.
  private func leavingOutLacking(
    _ shares: [Double], _ table: Table
  ) throws(LearningError) -> [Double] {
    let rows = try table.batch(of: learned.columns)
    return shares.indices.map { rows[$0].contains(where: \.isNaN) ? .nan : shares[$0] }
  }

  /// The most samples at a time
  private static let mostSamples = 1 << 18
}

extension Table {
  /// The columns of this table, then those of the other that are given.
  fileprivate func beside(
    _ other: Table, _ given: Columns
  ) throws(LearningError) -> Table {
    let rows = try other.batch(of: given)
    return Table(
      columnNames: columnNames + given.names,
      values: (0..<rowCount).flatMap { Array(row($0)) + rows[$0] })
  }
}
