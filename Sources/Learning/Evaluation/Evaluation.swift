import Flows
public import Formats
public import Tensors

/// How well a learned distribution does on rows: the mean of log p(x | c), what normal distributions and mixtures of
/// them would reach, and whether its probabilities are right.
public struct Evaluation: Hashable, Sendable {
  /// The number of rows that were scored.
  public let rows: Int
  /// The number of rows that were not, as they lack a value and the model knows none without; they count for those
  /// ``calibrations`` that they have a value for.
  public let leftOut: Int
  /// The mean log-density in nats, in the units of the data, weighted where rows have weights; -∞ where a row has
  /// density 0.
  public let mean: Double
  /// The standard error of the mean: the deviation of log p over √rows; √(Σ w² (log p - mean)²)/Σ w with weights.
  public let standardError: Double
  /// The largest mean log-density that a normal distribution can have on these very rows; nil where their
  /// covariance is singular, values are missing, or words are given. An integer n is spread evenly over (n - ½, n + ½),
  /// as its density would not compare with masses: the mean is then a lower bound of that of the normal's masses.
  public let normal: Double?
  /// What mixtures of up to 10 normals reach: each is fitted to one half of these rows and asked for the other. The
  /// model has seen none of them, a mixture half as many as there are; nil where there are too few, covariances are
  /// singular, values are missing, words are given, or rows have weights. Integers are spread as for ``normal``.
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
  ///   - whole: a table that has all columns, and at least one row.
  ///   - name: the column with the weights of the rows; nil for equal ones.
  ///   - pool: the workers.
  /// - Throws: ``LearningError`` for a missing column, a given value outside of its interval, weights that are negative
  ///   or all 0, and a table of which all rows lack values that the model needs.
  public init(
    of learned: LearnedDistribution, on whole: Table, weights name: String? = nil,
    pool: WorkerPool = WorkerPool()
  ) throws(LearningError) {
    precondition(whole.rowCount > 0, "a table without rows")
    let numbers =
      learned.provenance.modelsMissing == true
      ? Array(0..<whole.rowCount) : whole.completeRows(in: learned.columns.names)
    // Where no row is left, the error says what they lack.
    let table = numbers.isEmpty ? whole : whole.keeping(numbers)
    leftOut = whole.rowCount - table.rowCount
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
    worst = WorstRow(row: numbers[row], value: values[row])
    let given = try table.given(of: learned)
    let all = try learned.columns.spreadingIntegers(table.batch(of: learned.columns)).beside(given)
    normal =
      learned.givenColumns.areNumbers(given)
      ? NormalLikelihood.largestMean(of: all, given: given, weights: weights) : nil
    mixture =
      learned.givenColumns.areNumbers(given) && weights == nil
      ? MixtureLikelihood.crossValidatedMean(of: all, given: given?.features ?? 0) : nil
    calibrations = try Calibration.columns(of: learned, on: whole, pool: pool)
  }
}

extension Table {
  /// The columns that are given; nil for none.
  fileprivate func given(of learned: LearnedDistribution) throws(LearningError) -> Batch? {
    learned.givenColumns.count > 0 ? try batch(of: learned.givenColumns) : nil
  }
}

extension Columns {
  /// Rows with each integer n replaced by a number in (n - ½, n + ½), the same ones each time.
  fileprivate func spreadingIntegers(_ rows: Batch) -> Batch {
    guard kinds.contains(.integer) else { return rows }
    let uniforms = RandomKey(seed: 0).uniforms(rows.values.count)
    return Batch(
      features: count,
      rows.values.enumerated().map { index, x in
        kinds[index % count].isInteger ? x + uniforms[index] - 0.5 : x
      })
  }

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
