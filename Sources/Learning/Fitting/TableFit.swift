import Flows
public import Formats
public import Tensors

/// Learns a ``LearnedDistribution`` from a table.
///
/// Some rows are kept apart; the parameters, averaged over the last steps, that make these likeliest are kept.
public struct TableFit {
  /// How.
  public let plan: FitPlan
  /// The columns that are modelled, and those that are given.
  public let (columns, givenColumns): (Columns, Columns)
  private let training: Rows
  private let validation: Rows

  /// Scaled rows, and Σ log dy/dx of each.
  private struct Rows {
    let rows: Batch
    let given: Batch?
    let meanLogSlope: Double
  }

  /// Splits and scales a table.
  ///
  /// - Parameters:
  ///   - table: has all columns.
  ///   - names: the columns to model.
  ///   - given: the columns that are given.
  ///   - maps: the map of a column where it is not to be chosen by likelihood.
  ///   - plan: how to learn.
  /// - Throws: ``LearningError`` for a column that is missing, constant or not within its interval, and for too
  ///   few rows.
  public init(
    _ table: Table, columns names: [String], given: [String] = [], maps: [String: ColumnMap] = [:],
    plan: FitPlan
  ) throws(LearningError) {
    guard table.rowCount >= TableFit.fewestRows else {
      throw .tooFewRows(found: table.rowCount, needed: TableFit.fewestRows)
    }
    let key = RandomKey(seed: plan.seed)
    let order = key.split(1).permutation(of: table.rowCount)
    let kept = Int(plan.validationShare * Double(table.rowCount))
    let (first, last) = (order.prefix(kept).sorted(), order.dropFirst(kept).sorted())
    columns = try Columns(names, of: table, rows: last, maps)
    givenColumns = try Columns(given, of: table, rows: last, maps)
    self.plan = plan
    training = try TableFit.rows(last, of: table, columns, givenColumns)
    validation = try TableFit.rows(first, of: table, columns, givenColumns)
  }

  /// A normal distribution of one column has two parameters; fewer rows than this say nothing.
  private static let fewestRows = 10

  private static func rows(
    _ numbers: [Int], of table: Table, _ columns: Columns, _ givenColumns: Columns
  ) throws(LearningError) -> Rows {
    let rows = try table.batch(of: columns).picking(numbers)
    let slopes = columns.logSlope(rows)
    var given: Batch?
    if givenColumns.count > 0 {
      given = try givenColumns.forward(table.batch(of: givenColumns).picking(numbers))
    }
    return Rows(
      rows: columns.forward(rows), given: given,
      meanLogSlope: slopes.reduce(0, +) / Double(max(1, slopes.count)))
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - pool: the workers.
  ///   - report: called now and then; says whether to go on.
  /// - Returns: the best model.
  /// - Throws: ``LearningError`` where gradients stay not finite, and where a flow cannot begin.
  public func run(
    pool: WorkerPool = WorkerPool(), report: (FitProgress) -> FitDecision = { _ in .goOn }
  ) throws(LearningError) -> LearnedDistribution {
    var learned = LearnedDistribution(
      columns: columns, givenColumns: givenColumns, architecture: plan.architecture,
      provenance: Provenance(
        seed: plan.seed, trainingRows: training.rows.rows, validationRows: validation.rows.rows,
        steps: 0, validation: nil, program: "diffeo"))
    let settings = Training(
      batch: plan.batch, optimizer: .adam(decay: plan.decay), maximumNorm: plan.maximumNorm)
    let model = learned.model
    let run = try withFlow { () throws(FlowError) in
      try TrainingRun(
        model, training.rows, given: training.given, settings,
        key: RandomKey(seed: plan.seed).split(2), pool: pool)
    }
    var loop = FitLoop(run, plan, rows: training.rows.rows, shift: training.meanLogSlope)
    let scorer = Scorer(learned.model, pool: pool)
    while try loop.advance() {
      loop.judge(
        try [run.model, run.averagedModel].map { model throws(LearningError) in
          (model, try score(model, scorer))
        })
      if case .stop = report(loop.progress) { break }
    }
    learned.model = loop.bestModel
    learned.provenance.steps = loop.bestStep
    let best = loop.progress.best
    learned.provenance.validation = validation.rows.rows > 0 && best.isFinite ? best : nil
    return learned
  }

  /// The mean log-density of the validation rows, -∞ where one overflows; nil where there are none.
  private func score(_ model: Model, _ scorer: Scorer) throws(LearningError) -> Double? {
    guard validation.rows.rows > 0 else { return nil }
    let values = try withFlow { () throws(FlowError) in
      try scorer.logDensity(
        of: validation.rows, given: validation.given, with: model.parameters)
    }
    let mean = values.reduce(0, +) / Double(values.count) + validation.meanLogSlope
    return mean.isNaN ? -.infinity : mean
  }
}

extension Columns {
  /// Scalings for some rows of a table.
  init(
    _ names: [String], of table: Table, rows: [Int], _ maps: [String: ColumnMap]
  ) throws(LearningError) {
    var scalings: [ColumnScaling] = []
    for name in names {
      guard let column = table.column(named: name) else {
        throw .missingColumn(name, found: table.columnNames)
      }
      let values = rows.map { column[$0] }
      let map = maps[name] ?? .likeliest(for: values)
      // All rows, so that validation rows lie inside as well.
      for (row, x) in column.enumerated() where !(map.domain.lower < x && x < map.domain.upper) {
        throw .outside(
          column: name, row: row, value: x, lower: map.domain.lower, upper: map.domain.upper)
      }
      guard let scaling = ColumnScaling(map: map, of: values) else {
        throw .constantColumn(name, value: values[0])
      }
      scalings.append(scaling)
    }
    self.init(names: names, scalings: scalings)
  }
}

extension Batch {
  /// Some of the rows.
  func picking(_ numbers: [Int]) -> Batch {
    Batch(features: features, numbers.flatMap { self[$0] })
  }
}
