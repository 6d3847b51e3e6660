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
  /// Rows without a value of the column are left out. Of one column, F is exact: for a flow with a normal base Φ(f⁻¹(y)),
  /// else the integral of the density by adaptive quadrature. Of several, F is that of the column alone, whatever the
  /// others are: the share of the model's samples up to x, for conditional models among 200 samples given the row's c, on
  /// the first 5000 rows at most.
  ///
  /// Where F jumps, at an integer or between two samples, u is spread evenly over the jump, so that it is uniform also
  /// then: u = F(n - ½) + v (F(n + ½) - F(n - ½)) with v uniform (Czado, Gneiting and Held 2009).
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - table: has all columns, and at least one row.
  ///   - key: where samples and v come from.
  ///   - pool: the workers.
  /// - Throws: ``LearningError`` for a missing column and a given value outside of its interval.
  public static func columns(
    of learned: LearnedDistribution, on table: Table, key: RandomKey = RandomKey(seed: 0),
    pool: WorkerPool = WorkerPool()
  ) throws(LearningError) -> [Calibration] {
    guard learned.columns.count == 1 else { return try ranked(learned, table, key, pool) }
    let spread = key.split(1).split(0).uniforms(table.rowCount)
    if let exact = try exact(learned, table, spread, pool) { return [exact] }
    return [try integrated(learned, table, spread, pool)]
  }

  /// Each row's place among samples.
  private static func ranked(
    _ learned: LearnedDistribution, _ table: Table, _ key: RandomKey, _ pool: WorkerPool
  ) throws(LearningError) -> [Calibration] {
    let isJoint = learned.givenColumns.count == 0
    let count = isJoint ? jointSamples : samplesPerRow
    let rows = isJoint ? table.rowCount : min(table.rowCount, mostSamples / count)
    let samples = try learned.samples(
      isJoint ? count : rows * count, key: key.split(0),
      given: isJoint ? nil : table.repeating(rows: 0..<rows, count))
    return try learned.columns.names.enumerated().map { index, name throws(LearningError) in
      let column = try table.values(of: name)
      let spread = key.split(1).split(UInt64(index)).uniforms(rows)
      let drawn = samples.column(index)
      let sorted = isJoint ? drawn.sorted() : []
      let values = (0..<rows).map { row -> Double in
        let x = column[row]
        guard !x.isNaN else { return .nan }
        let own = isJoint ? sorted : drawn[row * count..<(row + 1) * count].sorted()
        let (below, upTo) = (own.countBelow(x), own.countBelow(x.nextUp))
        return (Double(below) + spread[row] * Double(upTo - below + 1)) / Double(count + 1)
      }
      return Calibration(column: name, values: values, samples: count)
    }
  }

  /// Φ(z) for a flow of one feature with a normal base, Φ(-z) where its map falls, as a reflection may make it; nil for
  /// others.
  static func exact(
    _ learned: LearnedDistribution, _ table: Table, _ spread: [Double], _ pool: WorkerPool
  ) throws(LearningError) -> Calibration? {
    guard let flow = learned.model.distribution as? Flow, flow.base is Flows.StandardNormal,
      flow.support == [.line],
      let map = FlowMap(learned.model, pool: pool)
    else { return nil }
    let given = try learned.scaledGiven(of: table)
    let rises = try withFlow { () throws(FlowError) in try isIncreasing(map, given) }
    let values = try spreading(learned, table, spread) { x throws(LearningError) in
      let scaling = learned.columns.scalings[0]
      let (lower, upper) = scaling.map.domain
      // Beyond an end of the interval F is 0 or 1; any point of it takes the row's place.
      let inside = x.map {
        lower < $0 && $0 < upper ? learned.model.precision.clamped(scaling.forward($0)) : 0
      }
      let z = try withFlow { () throws(FlowError) in
        try map.inverse(Batch(features: 1, inside), given: given).values
      }
      return zip(x, z).map { x, z in
        x <= lower ? 0 : x >= upper ? 1 : UnaryFunction.normalCDF.value(rises ? z : -z)
      }
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
    _ learned: LearnedDistribution, _ table: Table, _ spread: [Double], _ pool: WorkerPool
  ) throws(LearningError) -> Calibration {
    let name = learned.columns.names[0]
    let solver = try PosteriorSolver(learned, column: name, pool: pool)
    // Without anything given, all rows have the same density.
    let isJoint = learned.givenColumns.count == 0
    let curves = try solver.posteriors(
      of: isJoint ? Table(columnNames: [name], values: [0]) : table
    ).map(\.curve)
    let values = try spreading(learned, table, spread) { x in
      x.indices.map { curves[isJoint ? 0 : $0].probability(upTo: x[$0]) }
    }
    return Calibration(column: name, values: values, samples: nil)
  }

  /// u of the rows of one column whose distribution function is known; NaN where the value is missing.
  private static func spreading(
    _ learned: LearnedDistribution, _ table: Table, _ spread: [Double],
    _ probabilities: ([Double]) throws(LearningError) -> [Double]
  ) throws(LearningError) -> [Double] {
    let rows = try table.values(of: learned.columns.names[0])
    let u: [Double]
    if learned.columns.kinds[0].isInteger {
      let below = try probabilities(rows.map { $0 - 0.5 })
      let above = try probabilities(rows.map { $0 + 0.5 })
      u = rows.indices.map { below[$0] + spread[$0] * (above[$0] - below[$0]) }
    } else {
      u = try probabilities(rows)
    }
    return zip(rows, u).map { $0.isNaN ? .nan : $1 }
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
  /// Each of some rows `count` times.
  func repeating(rows: Range<Int>, _ count: Int) -> Table {
    keeping(rows.flatMap { repeatElement($0, count: count) })
  }
}
