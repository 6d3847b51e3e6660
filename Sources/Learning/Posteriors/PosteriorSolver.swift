import Flows
public import Formats
public import Tensors

/// The posteriors of one column, row after row of tables.
///
/// p(xⱼ | rest) = p(xⱼ, rest)/∫ p(xⱼ, rest) dxⱼ by adaptive quadrature. Columns that are missing in a row are integrated
/// out by importance sampling: their draws come from a mixture of normals that was fitted to samples of the model, given
/// what is known of the row. A known integer stands for the cell around it, over which the density is integrated as well;
/// the posterior of a column of integers has masses.
public final class PosteriorSolver {
  private let learned: LearnedDistribution
  private let target: Int
  private let scorer: Scorer
  private let completer: RowCompleter

  /// Rows that are computed together, at most; fewer where columns are missing.
  private static let mostRows = 64
  /// Points that are computed together, at most.
  private static let mostPoints = 1 << 16

  /// A solver for a column.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - column: the name of one of its modelled columns.
  ///   - draws: how many draws of missing columns; 20 or more.
  ///   - key: where they come from.
  ///   - pool: the workers.
  /// - Throws: ``LearningError/notModelled(_:modelled:)``.
  public init(
    _ learned: LearnedDistribution, column: String, draws: Int = 1000,
    key: RandomKey = RandomKey(seed: 0), pool: WorkerPool = WorkerPool()
  ) throws(LearningError) {
    precondition(draws >= 20, "\(draws) draws")
    guard let target = learned.columns.names.firstIndex(of: column) else {
      throw .notModelled(column, modelled: learned.columns.names)
    }
    self.learned = learned
    self.target = target
    scorer = Scorer(learned.model, pool: pool)
    completer = RowCompleter(learned, draws: draws, key: key)
  }

  /// The posterior of each row, given its other columns.
  ///
  /// - Parameters:
  ///   - table: has all given columns. A modelled column that it does not have, or a value that is NaN, is missing. The
  ///     values of the column itself are not looked at.
  ///   - firstRow: the number of its first row in a longer table, which draws depend on.
  /// - Returns: one for each row.
  /// - Throws: ``LearningError`` for a value outside of its interval, another number in a column of integers, a given
  ///   value that is missing, and rows whose density is 0 whatever the column is.
  public func posteriors(
    of table: Table, firstRow: Int = 0
  ) throws(LearningError) -> [Posterior] {
    let rows = try completedRows(of: table, firstRow)
    var result: [Posterior] = []
    var start = 0
    while start < rows.count {
      var batch = [rows[start]]
      while batch.count < Self.mostRows, start + batch.count < rows.count,
        batch.reduce(0, { $0 + $1.pendingRows }) + rows[start + batch.count].pendingRows
          < Self.mostPoints
      {
        batch.append(rows[start + batch.count])
      }
      for (index, row) in try solved(batch).enumerated() {
        guard let posterior = row.posterior(of: learned.columns) else {
          throw .densityZero(
            place: table.place(ofRow: start + index), column: learned.columns.names[target])
        }
        result.append(posterior)
      }
      start += batch.count
    }
    return result
  }

  /// Refines until nothing is pending.
  private func solved(_ batch: [PosteriorRow]) throws(LearningError) -> [PosteriorRow] {
    var rows = batch
    let (features, context) = (learned.columns.count, learned.model.contextFeatures)
    while rows.contains(where: { $0.pendingRows > 0 }) {
      var (values, given): ([Double], [Double]) = ([], [])
      let counts = rows.map(\.pendingRows)
      for row in rows { row.appendPoints(to: &values, given: &given) }
      let logs = try withFlow { () throws(FlowError) in
        try scorer.logDensity(
          of: Batch(features: features, values),
          given: context > 0 ? Batch(features: context, given) : nil)
      }
      var start = 0
      for index in rows.indices where counts[index] > 0 {
        rows[index].accept(logs[start..<start + counts[index]])
        start += counts[index]
      }
    }
    return rows
  }

  private func completedRows(
    of table: Table, _ firstRow: Int
  ) throws(LearningError) -> [PosteriorRow] {
    let columns = learned.columns
    let places = columns.names.map { table.columnNames.firstIndex(of: $0) }
    let given = try learned.scaledGiven(of: table)
    return try (0..<table.rowCount).map { number throws(LearningError) in
      var x = places.map { $0.map { table[number, $0] } ?? .nan }
      x[target] = .nan
      try check(x, place: table.place(ofRow: number))
      let context = given.map { Array($0[number]) } ?? []
      let row = try completer.complete(
        x, given: context, open: target, number: UInt64(firstRow + number), among: given)
      return PosteriorRow(
        row, given: context, target: target, missing: row.drawn.map { columns.names[$0] })
    }
  }

  /// - Throws: ``LearningError`` for a number that its column cannot have.
  private func check(_ x: [Double], place: RowPlace) throws(LearningError) {
    let columns = learned.columns
    for (index, value) in x.enumerated() where !value.isNaN {
      let (lower, upper) = columns.scalings[index].map.domain
      guard lower < value, value < upper else {
        throw .outside(
          column: columns.names[index], place: place, value: value, lower: lower, upper: upper)
      }
      guard !columns.kinds[index].isInteger || value == value.rounded() else {
        throw .noInteger(column: columns.names[index], place: place, value: value)
      }
    }
  }
}
