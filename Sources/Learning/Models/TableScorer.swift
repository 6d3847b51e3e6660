import Flows
public import Formats
public import Tensors

/// Log-densities under one learned distribution, table after table.
///
/// In columns of integers, the density of n is its mass: the integral over the cell (n - ½, n + ½). For one or two such
/// columns it is computed by Gauss and Legendre's rule, for more by a mean over points of the cell.
///
/// A model that was learned from rows with missing values gives the density of what is there in a row: the mean of
/// p(y)/q over 256 draws of what is not from a density q close to the model's own. That number has some noise, but equal
/// rows of a joint density have equal ones.
public final class TableScorer {
  private let learned: LearnedDistribution
  private let scorer: Scorer
  private let integers: [Int]
  private let cell: UnitCell
  private let completer: RowCompleter

  /// A scorer for `learned`.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - pool: the workers.
  public init(_ learned: LearnedDistribution, pool: WorkerPool = WorkerPool()) {
    self.learned = learned
    scorer = Scorer(learned.model, pool: pool)
    let kinds = learned.columns.kinds
    integers = kinds.indices.filter { kinds[$0].isInteger }
    cell = UnitCell(dimensions: integers.count)
    completer = RowCompleter(learned, draws: Self.draws, key: RandomKey(seed: 0))
  }

  /// log p(x | c) of each row, in nats, in the units of the data; -∞ outside of the intervals that columns
  /// lie in, and for other numbers in columns of integers.
  ///
  /// - Parameter table: has all columns, in any order; others are not looked at.
  /// - Returns: a number for each row.
  /// - Throws: ``LearningError`` for a missing column or value, and a given value outside of its interval.
  public func logDensity(of table: Table) throws(LearningError) -> [Double] {
    let rows = try table.batch(of: learned.columns)
    if learned.provenance.modelsMissing != true {
      for (column, name) in learned.columns.names.enumerated() {
        try table.checkPresent(rows.column(column), name, isGiven: false)
      }
    }
    let given = try learned.scaledGiven(of: table)
    var logDensities = try logDensity(ofWhole: rows, given: given)
    try scoreLacking(rows, given: given, &logDensities)
    return (0..<rows.rows).map { row in
      let start = rows[row].startIndex
      let areIntegers = integers.allSatisfy { column in
        let n = rows[row][start + column]
        return n.isNaN || n == n.rounded()
      }
      return areIntegers ? logDensities[row] : -.infinity
    }
  }

  /// log p of rows, of those without missing values; -∞ for others.
  private func logDensity(ofWhole rows: Batch, given: Batch?) throws(LearningError) -> [Double] {
    var terms: [[Double]] = []
    for (point, weight) in zip(cell.points, cell.weights) {
      let values = try logDensity(of: rows.moved(integers, by: point), given: given)
      let logWeight = UnaryFunction.logarithm.value(weight)
      terms.append(values.map { $0 + logWeight })
    }
    guard terms.count > 1 else { return terms[0] }
    return (0..<rows.rows).map { row in terms.map { $0[row] }.logSumExp }
  }

  private func logDensity(of rows: Batch, given: Batch?) throws(LearningError) -> [Double] {
    let columns = learned.columns
    let isInside = (0..<rows.rows).map { columns.contain(rows[$0]) }
    // Any point of the support takes the place of a row outside.
    var inside = rows.values
    for row in isInside.indices where !isInside[row] {
      for (column, scaling) in columns.scalings.enumerated() {
        inside[row * columns.count + column] = scaling.inverse(0)
      }
    }
    let batch = Batch(features: columns.count, inside)
    let flow = try withFlow { () throws(FlowError) in
      try scorer.logDensity(of: columns.forward(batch), given: given)
    }
    let slopes = columns.logSlope(batch)
    return isInside.indices.map { isInside[$0] ? flow[$0] + slopes[$0] : -.infinity }
  }
}

extension TableScorer {
  /// Draws of a row that lacks a value.
  private static let draws = 256
  /// The rows of which all draws are in memory at once.
  private static let rowsAtOnce = 512

  /// Puts log p of what is there in the place of those rows that lack something, and lie where there is a density.
  private func scoreLacking(
    _ rows: Batch, given: Batch?, _ logDensities: inout [Double]
  ) throws(LearningError) {
    let lacking = (0..<rows.rows).filter { row in
      rows[row].contains(where: \.isNaN) && learned.columns.containKnown(rows[row])
    }
    for start in stride(from: 0, to: lacking.count, by: Self.rowsAtOnce) {
      let numbers = Array(lacking[start..<min(lacking.count, start + Self.rowsAtOnce)])
      let completed = try numbers.map { row throws(LearningError) in
        try completer.complete(
          Array(rows[row]), given: given.map { Array($0[row]) } ?? [],
          number: Self.fingerprint(rows[row]), among: given)
      }
      let context = given?.picking(
        zip(numbers, completed).flatMap { repeatElement($0, count: $1.rows.count) })
      let all = Batch(features: rows.features, completed.flatMap { $0.rows.flatMap { $0 } })
      let logs = try withFlow { () throws(FlowError) in
        try scorer.logDensity(of: all, given: context)
      }
      var first = 0
      for (row, part) in zip(numbers, completed) {
        logDensities[row] =
          zip(logs[first...], part.logWeights).map { $0 + $1 }.logSumExp
        first += part.rows.count
      }
    }
  }

  /// A number that equal rows have in common.
  private static func fingerprint(_ row: ArraySlice<Double>) -> UInt64 {
    var fingerprint = Fingerprint()
    fingerprint.add(Array(row))
    return fingerprint.value
  }
}

extension Batch {
  /// The values of one column.
  func column(_ column: Int) -> [Double] {
    stride(from: column, to: values.count, by: features).map { values[$0] }
  }

  /// The rows with some columns moved.
  fileprivate func moved(_ columns: [Int], by shifts: [Double]) -> Batch {
    guard !columns.isEmpty else { return self }
    var moved = values
    for row in 0..<rows {
      for (column, shift) in zip(columns, shifts) { moved[row * features + column] += shift }
    }
    return Batch(features: features, moved)
  }
}
