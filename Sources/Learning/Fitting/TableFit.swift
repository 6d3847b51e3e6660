import Flows
public import Formats
public import Tensors

/// Learns a ``LearnedDistribution`` from a table.
///
/// Some rows are kept apart; the parameters, averaged over the last steps, that make these likeliest are kept.
public struct TableFit {
  /// How.
  public let plan: FitPlan
  /// What comes before the fit; nil for nothing.
  let search: ArchitectureSearch?
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
  ///   - alternatives: plans with other flows, of equal seed and validation share. They and `plan` are tried in short
  ///     fits, of which the validation rows choose one; none for no search.
  /// - Throws: ``LearningError`` for a column that is missing, constant or not within its interval, for too few
  ///   rows, and for a search without validation rows.
  public init(
    _ table: Table, columns names: [String], given: [String] = [], maps: [String: ColumnMap] = [:],
    plan: FitPlan, alternatives: [FitPlan] = []
  ) throws(LearningError) {
    guard table.rowCount >= TableFit.fewestRows else {
      throw .tooFewRows(found: table.rowCount, needed: TableFit.fewestRows)
    }
    let key = RandomKey(seed: plan.seed)
    let order = key.split(1).permutation(of: table.rowCount)
    let kept = Int(plan.validationShare * Double(table.rowCount))
    search = alternatives.isEmpty ? nil : ArchitectureSearch(candidates: [plan] + alternatives)
    guard search == nil || kept > 0 else { throw .noValidation }
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
    pool: WorkerPool = WorkerPool(), report: @escaping (FitProgress) -> FitDecision
  ) throws(LearningError) -> LearnedDistribution {
    try run(pool: pool, observer: FitObserver(report: report))
  }

  /// Trains, or goes on with training that was interrupted. The model is the same, byte for byte, wherever and how
  /// often it was, unless a time budget decides how many steps there are: then the time of all pieces counts.
  ///
  /// - Parameters:
  ///   - pool: the workers, as many as before.
  ///   - checkpoint: what the observer of an earlier run was given; nil to begin.
  ///   - observer: what is told and asked on the way.
  /// - Returns: the best model.
  /// - Throws: ``LearningError`` where gradients stay not finite, where a flow cannot begin, and for a checkpoint
  ///   of another fit.
  public func run(
    pool: WorkerPool = WorkerPool(), from checkpoint: FitCheckpoint? = nil,
    observer: FitObserver = FitObserver()
  ) throws(LearningError) -> LearnedDistribution {
    var session = try FitSession(self, pool: pool, observer: observer, from: checkpoint)
    var learned = try learned(from: session.run(), pool)
    if search != nil { learned.provenance.search = session.trials }
    return learned
  }

  /// The model of flows that were trained.
  private func learned(
    from flows: [FittedFlow], _ pool: WorkerPool
  ) throws(LearningError) -> LearnedDistribution {
    var learned = LearnedDistribution(
      columns: columns, givenColumns: givenColumns, architecture: flows[0].architecture,
      members: flows.count,
      provenance: Provenance(
        seed: plan.seed, trainingRows: training.rows.rows, validationRows: validation.rows.rows,
        steps: flows.map(\.step).max()!, validation: flows[0].validation, program: "diffeo"))
    learned.setMembers(flows.map(\.values))
    if flows.count > 1 {
      let model = learned.model
      learned.provenance.validation = try self.validation(of: model, Scorer(model, pool: pool))
    }
    return learned
  }
}

// MARK: - What a session trains with

extension TableFit {
  var hasValidation: Bool { validation.rows.rows > 0 }

  /// What the fit computes from.
  func identity(threads: Int) -> FitIdentity {
    var data = Fingerprint()
    for part in [training, validation] {
      data.add(part.rows.values)
      data.add(part.given?.values ?? [])
    }
    return FitIdentity(
      plan: plan, candidates: search?.candidates ?? [], columns: columns,
      givenColumns: givenColumns,
      rows: [training.rows.rows, validation.rows.rows], data: data.value, threads: threads)
  }

  /// A flow for the columns.
  func flow(_ architecture: Architecture) -> Flow {
    architecture.flow(features: columns.count, context: givenColumns.count)
  }

  /// Training of a flow as a plan says, before its first step.
  func trainingRun(
    _ plan: FitPlan, key: RandomKey, pool: WorkerPool
  ) throws(LearningError) -> TrainingRun {
    let settings = Training(
      batch: plan.batch, optimizer: .adam(decay: plan.decay), maximumNorm: plan.maximumNorm)
    let model = Model(flow(plan.architecture), key: key.split(0))
    return try withFlow { () throws(FlowError) in
      try TrainingRun(
        model, training.rows, given: training.given, settings, key: key.split(2), pool: pool)
    }
  }

  /// The loop that takes the steps of a run.
  func loop(
    _ run: TrainingRun, _ plan: FitPlan, from snapshot: FitLoop.Snapshot?
  ) throws(LearningError) -> FitLoop {
    try FitLoop(
      run, plan, rows: training.rows.rows, shift: training.meanLogSlope, from: snapshot)
  }

  /// The mean log-density of the validation rows, -∞ where one overflows; nil where there are none.
  func validation(of model: Model, _ scorer: Scorer) throws(LearningError) -> Double? {
    guard hasValidation else { return nil }
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
