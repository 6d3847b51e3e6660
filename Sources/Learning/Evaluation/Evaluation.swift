import Flows
public import Formats
public import Tensors

/// How well a learned distribution does on rows: the mean of log p(x | c), what normal distributions and mixtures of
/// them would reach, and whether its probabilities are right.
public struct Evaluation: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The mean log-density in nats, in the units of the data, weighted where rows have weights; -∞ where a row has
  /// density 0.
  public let mean: Double
  /// The standard error of the mean: the deviation of log p over √rows; √(Σ w² (log p - mean)²)/Σ w with weights.
  public let standardError: Double
  /// The largest mean log-density that a normal distribution can have on these very rows; nil where their
  /// covariance is singular, and where words or missing values are given.
  public let normal: Double?
  /// What mixtures of up to 10 normals reach: each is fitted to one half of these rows and asked for the other. The
  /// model has seen none of them, a mixture half as many as there are; nil where there are too few, or covariances are
  /// singular.
  public let mixture: Double?
  /// One for each modelled column
  public let calibrations: [Calibration]
  /// How many rows have density 0.
  public let impossibleRows: Int
  /// The least likely row.
  public let worst: WorstRow

  /// A row and its log-density.
  public struct WorstRow: Hashable, Sendable {
    /// Its number, from 0.
    public let row: Int
    /// log p
    public let value: Double
  }

  /// Scores the rows of a table.
  ///
  /// - Parameters:
  ///   - learned: the distribution.
  ///   - table: has all columns, and at least one row.
  ///   - name: the column with the weights of the rows; nil for equal ones.
  ///   - pool: the workers.
  /// - Throws: ``LearningError`` for a missing column, a given value outside of its interval, and weights that are
  ///   negative or all 0.
  public init(
    of learned: LearnedDistribution, on table: Table, weights name: String? = nil,
    pool: WorkerPool = WorkerPool()
  ) throws(LearningError) {
    precondition(table.rowCount > 0, "a table without rows")
    let values = try TableScorer(learned, pool: pool).logDensity(of: table)
    rows = values.count
    let weights = try name.map { name throws(LearningError) in
      let weights = try table.deviations(name)
      guard weights.reduce(0, +) > 0 else { throw .noWeights(name) }
      return weights
    }
    let mean = values.mean(weights)
    let squares = values.enumerated().reduce(0) { sum, entry in
      let part = (weights?[entry.offset] ?? 1) * (entry.element - mean)
      return sum + part * part
    }
    self.mean = mean
    standardError = squares.squareRoot() / (weights?.reduce(0, +) ?? Double(rows))
    impossibleRows = values.count { $0 == -.infinity }
    let row = values.indices.min { values[$0] < values[$1] }!
    worst = WorstRow(row: row, value: values[row])
    let given = try table.given(of: learned)
    let all = try table.batch(of: learned.columns).beside(given)
    normal =
      learned.givenColumns.areNumbers(given)
      ? NormalLikelihood.largestMean(of: all, given: given, weights: weights) : nil
    mixture =
      learned.givenColumns.areNumbers(given) && weights == nil
      ? MixtureLikelihood.crossValidatedMean(of: all, given: given?.features ?? 0) : nil
    calibrations = try Calibration.columns(of: learned, on: table, pool: pool)
  }
}

extension Table {
  /// The columns that are given; nil for none.
  fileprivate func given(of learned: LearnedDistribution) throws(LearningError) -> Batch? {
    learned.givenColumns.count > 0 ? try batch(of: learned.givenColumns) : nil
  }
}

extension Columns {
  /// Whether nothing of the rows is missing or stands for a word.
  fileprivate func areNumbers(_ rows: Batch?) -> Bool {
    kinds.allSatisfy { $0 == .continuous } && rows?.values.contains(where: \.isNaN) != true
  }
}

extension Batch {
  /// Rows of both, side by side.
  fileprivate func beside(_ other: Batch?) -> Batch {
    guard let other else { return self }
    return Batch(
      features: features + other.features, (0..<rows).flatMap { self[$0] + other[$0] })
  }
}
