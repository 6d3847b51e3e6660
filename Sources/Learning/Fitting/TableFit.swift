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
  let training: Rows
  let validation: Rows
  private let roles: ColumnRoles
  /// Where all rows come from, and the numbers that they have there.
  let table: Table
  let numbers: (training: [Int], validation: [Int])
  /// The draws of rows that were not observed exactly; nil where all were.
  let draws: (training: RowDraws, validation: RowDraws)?

  /// Scaled rows, and Σ log dy/dx of each. Of rows that were not observed exactly, one draw.
  struct Rows {
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
    let scaled = try ScaledRows(last, of: table, roles)
    let columns = try Columns(
      modelledBy: roles, of: scaled, areMapped: plan.architecture.formula == nil)
    if let formula = plan.architecture.formula {
      try table.check(columns, within: formula.flow.support)
    }
    let givenColumns = try Columns(givenBy: roles, of: scaled)
    (self.columns, self.givenColumns) = (columns, givenColumns)
    (self.table, numbers) = (table, (training: last, validation: first))
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
    let draws = RowDraws.pair(
      sets, columns, givenColumns, maskShare: roles.maskShare, plan.architecture.precision)
    self.draws = draws
    training = TableFit.rows(of: draws.training, key)
    validation = TableFit.rows(of: draws.validation, key)
  }

  /// A normal distribution of one column has two parameters; fewer rows than this say nothing.
  public static let fewestRows = 10

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
