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
  private let roles: ColumnRoles
  /// The draws of rows that were not observed exactly; nil where all were.
  private let draws: (training: RowDraws, validation: RowDraws)?

  /// Scaled rows, and Σ log dy/dx of each. Of rows that were not observed exactly, one draw.
  private struct Rows {
    let rows: Batch
    let given: Batch?
    let weights: [Double]?
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
  ///   - alternatives: plans with other flows, of equal seed and validation share; none for no search.
  /// - Throws: ``LearningError`` for a column that is missing, constant or not within its interval, for too few
  ///   rows, and for a search without validation rows.
  public init(
    _ table: Table, columns names: [String], given: [String] = [], maps: [String: ColumnMap] = [:],
    plan: FitPlan, alternatives: [FitPlan] = []
  ) throws(LearningError) {
    var roles = ColumnRoles(names, given: given)
    roles.maps = maps
    try self.init(table, roles, plan: plan, alternatives: alternatives)
  }

  /// Splits and scales a table.
  ///
  /// - Parameters:
  ///   - table: has all columns.
  ///   - roles: what they are for.
  ///   - plan: how to learn.
  ///   - alternatives: plans with other flows, of equal seed and validation share. They and `plan` are tried in short
  ///     fits, of which the validation rows choose one; none for no search.
  /// - Throws: ``LearningError`` for a column that is missing, constant or not within its interval, for values that
  ///   are missing or cannot be weights, errors or integers, for too few rows, and for a search without validation
  ///   rows.
  public init(
    _ table: Table, _ roles: ColumnRoles, plan: FitPlan, alternatives: [FitPlan] = []
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
    let columns = try Columns(
      modelledBy: roles, of: table, rows: last, areMapped: plan.architecture.formula == nil)
    if let formula = plan.architecture.formula {
      try table.check(columns, within: formula.flow.support)
    }
    let givenColumns = try Columns(givenBy: roles, of: table, rows: last)
    (self.columns, self.givenColumns) = (columns, givenColumns)
    self.plan = plan
    self.roles = roles
    let sets = try [last, first].map { numbers throws(LearningError) in
      try RowSet(numbers, of: table, columns, givenColumns, roles)
    }
    guard roles.drawsRows else {
      draws = nil
      training = TableFit.rows(of: sets[0], columns, givenColumns)
      validation = TableFit.rows(of: sets[1], columns, givenColumns)
      return
    }
    let draws = RowDraws.pair(sets, columns, givenColumns, maskShare: roles.maskShare)
    self.draws = draws
    training = TableFit.rows(of: draws.training, key)
    validation = TableFit.rows(of: draws.validation, key)
  }

  /// A normal distribution of one column has two parameters; fewer rows than this say nothing.
  private static let fewestRows = 10

  private static func rows(
    of set: RowSet, _ columns: Columns, _ givenColumns: Columns
  ) -> Rows {
    Rows(
      rows: columns.forward(set.values), given: set.given.map(givenColumns.context),
      weights: set.weights, meanLogSlope: columns.logSlope(set.values).mean(set.weights))
  }

  /// Draws have their slopes in their ratios.
  private static func rows(of draws: RowDraws, _ key: RandomKey) -> Rows {
    let drawn = draws.draw(Array(0..<draws.rows.count), key: key.split(3), atMost: 1)
    return Rows(
      rows: drawn.rows, given: drawn.given, weights: draws.rows.weights, meanLogSlope: 0)
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
        steps: flows.map(\.step).max()!, validation: flows[0].validation, weights: roles.weights,
        errors: roles.errors.isEmpty ? nil : roles.errors,
        modelsMissing: roles.modelsMissing ? true : nil),
      precision: flows[0].architecture.precision)
    learned.setMembers(flows.map(\.values))
    if learned.architecture.formula != nil { try climb(&learned, pool) }
    if flows.count > 1 {
      let model = learned.model
      learned.provenance.validation = try self.validation(of: model, Scorer(model, pool: pool))
    }
    return learned
  }
}

// MARK: - The maximum

extension TableFit {
  /// Leads a formula, whose parameters mean something, from where training ends to the maximum of the likelihood of the
  /// training rows.
  private func climb(
    _ learned: inout LearnedDistribution, _ pool: WorkerPool
  ) throws(LearningError) {
    let surface = LikelihoodSurface(
      learned.model, rows: training.rows, weights: training.weights, pool: pool)
    let (values, maximum) = LikelihoodClimb(surface).maximum(from: learned.model.parameters.values)
    learned.model.parameters.values = values
    let model = learned.model
    learned.provenance.maximum = maximum.shifted(by: surface.weight * training.meanLogSlope)
    learned.provenance.validation = try validation(of: model, Scorer(model, pool: pool))
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
      data.add(part.weights ?? [])
    }
    for part in draws.map({ [$0.training, $0.validation] }) ?? [] {
      data.add(part.rows.values.values)
      data.add(part.rows.given?.values ?? [])
      data.add(part.rows.errors?.values ?? [])
      data.add([part.maskShare])
    }
    return FitIdentity(
      plan: plan, candidates: search?.candidates ?? [], columns: columns,
      givenColumns: givenColumns,
      rows: [training.rows.rows, validation.rows.rows], data: data.value, threads: threads)
  }

  /// A flow for the columns.
  func flow(_ architecture: Architecture) -> Flow {
    architecture.flow(of: columns, context: givenColumns.contextWidth)
  }

  /// Training of a flow as a plan says, before its first step.
  func trainingRun(
    _ plan: FitPlan, key: RandomKey, pool: WorkerPool
  ) throws(LearningError) -> TrainingRun {
    let settings = Training(
      batch: plan.batch, optimizer: .adam(decay: plan.decay), maximumNorm: plan.maximumNorm)
    let model = Model(
      flow(plan.architecture), key: key.split(0), precision: plan.architecture.precision)
    return try withFlow { () throws(FlowError) in
      try TrainingRun(
        model, training.rows, given: training.given, weights: training.weights,
        drawing: draws?.training.steps(Scorer(model, pool: pool), key: key.split(4)), settings,
        key: key.split(2), pool: pool)
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
    let values: [Double]
    if let draws {
      // The same draws each time, so that models differ by nothing else.
      values = try draws.validation.logDensities(
        scorer, model, key: RandomKey(seed: plan.seed).split(5))
    } else {
      values = try withFlow { () throws(FlowError) in
        try scorer.logDensity(
          of: validation.rows, given: validation.given, with: model.parameters)
      }
    }
    let mean = values.mean(validation.weights) + validation.meanLogSlope
    return mean.isNaN ? -.infinity : mean
  }
}

extension Table {
  /// - Throws: ``LearningError`` for a number that no parameters of a formula lead to.
  fileprivate func check(_ columns: Columns, within support: [Interval]) throws(LearningError) {
    for (name, interval) in zip(columns.names, support) {
      for (row, x) in try values(of: name).enumerated() where !interval.contains(x) {
        throw .outside(
          column: name, place: place(ofRow: row), value: x, lower: interval.lower,
          upper: interval.upper)
      }
    }
  }
}

extension [Double] {
  /// Σ w x/Σ w, w being 1 where there are no weights; 0 for no numbers.
  func mean(_ weights: [Double]?) -> Double {
    guard let weights else { return reduce(0, +) / Double(Swift.max(1, count)) }
    let sum = weights.reduce(0, +)
    return sum > 0 ? zip(self, weights).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * $1.1 } / sum : 0
  }
}

extension Batch {
  /// Some of the rows.
  func picking(_ numbers: [Int]) -> Batch {
    Batch(features: features, numbers.flatMap { self[$0] })
  }
}
