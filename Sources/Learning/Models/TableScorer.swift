import Flows
public import Formats
public import Tensors

/// Log-densities under one learned distribution, table after table.
///
/// In columns of integers, the density of n is its mass: the integral over the cell (n - ½, n + ½). For one or two such
/// columns it is computed by Gauss and Legendre's rule on ever smaller parts of the cell, for more by a mean over ever
/// more points, until two in a row differ by less than 0.1 and 0.3 %, or are made of 128, 4096 and 2048 points.
///
/// A model that was learned from rows with missing values gives the density of what is there in a row: the mean of
/// p(y)/q over 256 draws of what is not from a density q close to the model's own. That number has some noise, but equal
/// rows of a joint density have equal ones.
public final class TableScorer {
  let learned: LearnedDistribution
  let scorer: Scorer
  let integers: [Int]
  /// Rules for masses, ever finer.
  private let cells: [UnitCell]
  let completer: RowCompleter

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
    let dimensions = integers.count
    let finest = dimensions == 0 ? 0 : UnitCell.finestLevel(dimensions: dimensions)
    cells = (0...finest).map { UnitCell(dimensions: dimensions, level: $0) }
    completer = RowCompleter(learned, draws: Self.draws, key: RandomKey(seed: 0))
  }

  /// log p(x | c) of each row, in nats, in the units of the data; -∞ outside of the intervals that columns
  /// lie in, where a number is so far out that the model's format cannot hold it once it is scaled, and for other
  /// numbers in columns of integers.
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
    var logs = try logDensity(of: rows, given: given, by: cells[0])
    var open = Array(0..<rows.rows)
    for cell in cells.dropFirst() where !open.isEmpty {
      let finer = try logDensity(of: rows.picking(open), given: given?.picking(open), by: cell)
      let changes = zip(open, finer).map { row, value in (row, (value - logs[row]).magnitude) }
      for (row, value) in zip(open, finer) { logs[row] = value }
      // Between two rows of density 0 the difference is no number.
      open = changes.filter { $0.1 > tolerance }.map(\.0)
    }
    return logs
  }

  /// Two rules that differ by no more than this are good.
  private var tolerance: Double { integers.count <= 2 ? 1e-3 : 3e-3 }

  /// The logarithm of the integral of p over the cell of each row, by one rule.
  private func logDensity(
    of rows: Batch, given: Batch?, by cell: UnitCell
  ) throws(LearningError) -> [Double] {
    var sums = [Double](repeating: -.infinity, count: rows.rows)
    for (point, weight) in zip(cell.points, cell.weights) {
      let values = try logDensity(of: rows.moved(integers, by: point), given: given)
      let logWeight = UnaryFunction.logarithm.value(weight)
      for row in sums.indices { sums[row] = Self.logSum(sums[row], values[row] + logWeight) }
    }
    return sums
  }

  /// log(eᵃ + eᵇ)
  private static func logSum(_ a: Double, _ b: Double) -> Double {
    guard a > -.infinity, b > -.infinity else { return a == -.infinity || b.isNaN ? b : a }
    let (low, high) = (min(a, b), max(a, b))
    return high + UnaryFunction.log1p.value(UnaryFunction.exponential.value(low - high))
  }

  private func logDensity(of rows: Batch, given: Batch?) throws(LearningError) -> [Double] {
    let columns = learned.columns
    let isInside = (0..<rows.rows).map { columns.contain(rows[$0]) && isInReach(rows[$0]) }
    var scaled = columns.forward(rows).values
    // A point of the support takes the place of a row outside.
    for row in isInside.indices where !isInside[row] {
      for column in 0..<columns.count { scaled[row * columns.count + column] = 0 }
    }
    let batch = Batch(features: columns.count, scaled)
    let flow = try withFlow { () throws(FlowError) in
      try scorer.logDensity(of: batch, given: given)
    }
    let slopes = columns.logSlope(rows)
    return isInside.indices.map { isInside[$0] ? flow[$0] + slopes[$0] : -.infinity }
  }
}

extension TableScorer {
  /// Whether the model's format can hold all scaled numbers of a row that are not missing.
  func isInReach(_ row: ArraySlice<Double>) -> Bool {
    zip(learned.columns.scalings, row).allSatisfy { scaling, x in
      x.isNaN || learned.model.precision.holds(scaling.forward(x))
    }
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
