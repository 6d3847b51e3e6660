import Flows
public import Formats
public import Tensors

/// Whether a column's probabilities are right: u = F(x | c) of each row under the distribution function F of the
/// model (*probability integral transform*; Dawid 1984; Gneiting, Balabdaoui and Raftery 2007). If the model is the
/// rows' own distribution, u is uniform on (0, 1).
public struct Calibration: Hashable, Sendable {
  /// The column
  public let column: String
  /// u of each row
  public let values: [Double]
  /// The number of samples that F was counted from; nil where F is the flow's own, Φ(f⁻¹(y)), or the integral of the
  /// density.
  public let samples: Int?

  /// supᵤ |F̂(u) - u|, the Kolmogorov–Smirnov distance of u from the uniform distribution, F̂ being the share of rows
  /// up to u.
  public var kolmogorovSmirnov: Double {
    let count = Double(values.count)
    return values.sorted().enumerated().reduce(0) { largest, entry in
      let (index, u) = entry
      return max(largest, Double(index + 1) / count - u, u - Double(index) / count)
    }
  }

  /// The share of rows in the central interval that has this mass under the model: |2u - 1| ≤ mass.
  ///
  /// - Parameter mass: from 0 to 1.
  public func coverage(of mass: Double) -> Double {
    Double(values.count { (2 * $0 - 1).magnitude <= mass }) / Double(values.count)
  }
}

extension Calibration {
  /// Samples of a joint density, and of each row's own for a conditional one.
  private static let (jointSamples, samplesPerRow) = (20_000, 200)
  /// The most samples of conditional densities altogether
  private static let mostSamples = 1_000_000

  /// The calibration of each modelled column on rows of a table.
  ///
  /// Of one column, F is exact: for a flow with a normal base Φ(f⁻¹(y)), else the integral of the density by adaptive
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
        return (Double(rank) + spread[row]) / Double(count + 1)
      }
      return Calibration(column: name, values: values, samples: count)
    }
  }

  /// Φ(z) for a flow of one feature with a normal base, whose map increases as those of all architectures do; nil for
  /// others.
  static func exact(
    _ learned: LearnedDistribution, _ table: Table, _ pool: WorkerPool
  ) throws(LearningError) -> Calibration? {
    guard let flow = learned.model.distribution as? Flow,
      flow.base is Flows.StandardNormal, let map = FlowMap(learned.model, pool: pool)
    else { return nil }
    let columns = learned.columns
    let rows = try table.batch(of: columns)
    let (lower, upper) = columns.scalings[0].map.domain
    // Beyond an end of the interval F is 0 or 1; any point of it takes the row's place.
    let inside = rows.values.map {
      lower < $0 && $0 < upper ? columns.scalings[0].forward($0) : 0
    }
    let given = try learned.scaledGiven(of: table)
    let z = try withFlow { () throws(FlowError) in
      try map.inverse(Batch(features: 1, inside), given: given).values
    }
    let values = zip(rows.values, z).map { x, z in
      x <= lower ? 0 : x >= upper ? 1 : UnaryFunction.normalCDF.value(z)
    }
    return Calibration(column: columns.names[0], values: values, samples: nil)
  }
}

extension Calibration {
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
      posteriors[isJoint ? 0 : row].curve.probability(upTo: rows[row])
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
