import Flows
public import Formats
public import Tensors

extension Calibration {
  /// Samples of a joint density, and of each row's own for a conditional one.
  private static let (jointSamples, samplesPerRow) = (20_000, 200)
  /// The most samples of conditional densities altogether
  private static let mostSamples = 1_000_000

  /// The calibration of each modelled column on rows of a table.
  ///
  /// Values that are NaN are left out. Of one column, F is exact: for a flow with a normal base Φ(f⁻¹(y)), else the integral of the density by adaptive
  /// quadrature. Of several, F is that of the column alone, whatever the others are: the share of the
  /// model's samples below x, for conditional models among 200 samples given the row's c, on the first 5000 rows at
  /// most. Ranks are spread evenly over their step, so that u is uniform also then.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - table: has all columns, and at least one row.
  ///   - key: where samples come from.
  ///   - pool: the workers.
  /// - Throws: ``LearningError`` for a missing column and a given value outside of its interval.
  public static func columns(
    of learned: LearnedDistribution, on table: Table, key: RandomKey = RandomKey(seed: 0),
    pool: WorkerPool = WorkerPool()
  ) throws(LearningError) -> [Calibration] {
    if learned.columns.count == 1 {
      if let exact = try exact(learned, table, pool) { return [exact] }
      return [try integrated(learned, table, pool)]
    }
    let isJoint = learned.givenColumns.count == 0
    let count = isJoint ? jointSamples : samplesPerRow
    let rows = isJoint ? table.rowCount : min(table.rowCount, mostSamples / count)
    let samples = try learned.samples(
      isJoint ? count : rows * count, key: key.split(0),
      given: isJoint ? nil : table.repeating(rows: rows, count))
    return try learned.columns.names.enumerated().map { index, name throws(LearningError) in
      guard let column = table.column(named: name) else {
        throw .missingColumn(name, found: table.columnNames)
      }
      let spread = key.split(1).split(UInt64(index)).uniforms(rows)
      let drawn = samples.column(index)
      let sorted = isJoint ? drawn.sorted() : []
      let values = (0..<rows).map { row -> Double in
        let rank =
          isJoint
          ? sorted.countBelow(column[row])
          : drawn[row * count..<(row + 1) * count].count { $0 < column[row] }
        return column[row].isNaN ? .nan : (Double(rank) + spread[row]) / Double(count + 1)
      }
      return Calibration(column: name, values: values, samples: count)
    }
  }

  /// Φ(z) for a flow of one feature with a normal base, Φ(-z) where its map falls, as a reflection may make it; nil for
  /// others.
  static func exact(
    _ learned: LearnedDistribution, _ table: Table, _ pool: WorkerPool
  ) throws(LearningError) -> Calibration? {
    guard let flow = learned.model.distribution as? Flow, flow.base is Flows.StandardNormal,
      let map = FlowMap(learned.model, pool: pool)
    else { return nil }
    let scaling = learned.columns.scalings[0]
    let (lower, upper) = scaling.map.domain
    let rows = try table.batch(of: learned.columns).values
    let given = try learned.scaledGiven(of: table)
    // Beyond an end of the interval F is 0 or 1; any point of it takes the row's place.
    let inside = rows.map { lower < $0 && $0 < upper ? scaling.forward($0) : 0 }
    let z = try withFlow { () throws(FlowError) in
      let z = try map.inverse(Batch(features: 1, inside), given: given).values
      return try isIncreasing(map, given) ? z : z.map { -$0 }
    }
    let values = zip(rows, z).map { x, z in
      x.isNaN ? .nan : x <= lower ? 0 : x >= upper ? 1 : UnaryFunction.normalCDF.value(z)
    }
    return Calibration(column: learned.columns.names[0], values: values, samples: nil)
  }

  /// Whether the map of one feature increases, which two points tell. Its slope is never 0, so that it is the same
  /// whatever is given.
  private static func isIncreasing(_ map: FlowMap, _ given: Batch?) throws(FlowError) -> Bool {
    let first = given.map { Batch(features: $0.features, Array($0[0]) + Array($0[0])) }
    let ends = try map.inverse(Batch(features: 1, [-1, 1]), given: first).values
    return ends[0] < ends[1]
  }

  /// ∫ p up to x, for any density of one column.
  static func integrated(
    _ learned: LearnedDistribution, _ table: Table, _ pool: WorkerPool
  ) throws(LearningError) -> Calibration {
    let rows = try table.batch(of: learned.columns).values
    let name = learned.columns.names[0]
    let solver = try PosteriorSolver(learned, column: name, pool: pool)
    // Without anything given, all rows have the same density.
    let isJoint = learned.givenColumns.count == 0
    let posteriors = try solver.posteriors(
      of: isJoint ? Table(columnNames: [name], values: [0]) : table)
    let values = rows.indices.map { row in
      rows[row].isNaN
        ? .nan : posteriors[isJoint ? 0 : row].curve.probability(upTo: rows[row])
    }
    return Calibration(column: name, values: values, samples: nil)
  }
}

extension [Double] {
  /// How many of these sorted numbers are smaller than x.
  func countBelow(_ x: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Table {
  /// Each of the first rows `count` times.
  func repeating(rows: Int, _ count: Int) -> Table {
    Table(
      columnNames: columnNames,
      values: (0..<rows).flatMap { index in
        let row = Array(row(index))
        return (0..<count).flatMap { _ in row }
      })
  }
}
