import Flows

/// Takes the steps of a fit between two reports, and remembers the best parameters.
struct FitLoop {
  private let run: TrainingRun
  private let plan: FitPlan
  private let rows: Int
  private let shift: Double
  private let interval: Int
  private let start = ContinuousClock.now
  /// How long the loop had run before it was interrupted.
  private let earlierSeconds: Double
  private var best: Model?
  private var state: State

  /// - Parameters:
  ///   - run: what takes the steps.
  ///   - plan: how many and how long.
  ///   - rows: the number of training rows.
  ///   - shift: what a mean log-density of scaled rows differs by from one in the units of the data.
  ///   - snapshot: where the loop was when it was interrupted; nil to begin.
  /// - Throws: ``LearningError`` for a snapshot of another loop.
  init(
    _ run: TrainingRun, _ plan: FitPlan, rows: Int, shift: Double, from snapshot: Snapshot? = nil
  ) throws(LearningError) {
    self.run = run
    self.plan = plan
    self.rows = rows
    self.shift = shift
    // The budget corrects the number of steps as soon as it is known how long one takes.
    let steps = plan.timeBudget == nil ? plan.steps : FitLoop.calibrationSteps * 10
    interval = plan.timeBudget == nil ? max(20, plan.steps / 100) : FitLoop.calibrationSteps
    earlierSeconds = snapshot?.state.seconds ?? 0
    guard let snapshot else {
      state = State(
        schedule: RateSchedule(steps: steps, warmUp: plan.warmUp), rate: plan.rate,
        progress: FitProgress(plannedSteps: steps))
      return
    }
    guard snapshot.fits(run.snapshot, plan) else { throw .unfitCheckpoint }
    state = snapshot.state
    run.snapshot = snapshot.run
    best = snapshot.best.map { values in
      var model = run.model
      model.parameters.values = values
      return model
    }
  }

  /// How many steps tell how long one takes.
  private static let calibrationSteps = 20
  /// So many gradients in a row that are not finite end a fit.
  private static let mostSkipped = 30
  /// Reports in a time budget.
  private static let reports = 60.0
  /// The share of the steps without a gain after which a fit ends.
  private static let patience = 0.25

  /// Why a loop pauses.
  enum Pause {
    /// It is time to judge parameters and to report.
    case report
    /// The caller wants to save or to stop.
    case wish(FitDecision)
    /// No steps are left.
    case end
    /// Gradients stay not finite.
    case divergence
  }

  /// Steps to the next report, or until the caller has a wish. When it pauses does not change what it computes.
  ///
  /// - Parameter afterStep: what the caller wants, asked after each step.
  mutating func advance(_ afterStep: () -> FitDecision) -> Pause {
    let end: Int
    if let next = state.nextReport {
      end = next
    } else {
      guard !state.schedule.isFinished, !isStuck else { return .end }
      end = run.steps + stepsToReport
      state.nextReport = end
      (state.sum, state.count) = (0, 0)
    }
    while run.steps < end, !state.schedule.isFinished {
      guard step() else { return .divergence }
      let decision = afterStep()
      if decision != .goOn { return .wish(decision) }
    }
    finishInterval()
    return .report
  }

  /// - Returns: whether it makes sense to take another one.
  private mutating func step() -> Bool {
    state.progress.rate = state.rate * state.schedule.factor
    let step = run.step(rate: state.progress.rate)
    state.schedule.advance()
    guard step.norm.isFinite, step.loss.isFinite else { return skip() }
    state.sum += step.loss
    state.count += 1
    state.skippedInRow = 0
    average()
    return true
  }

  /// Puts together what a report says of the steps since the last one.
  mutating func finishInterval() {
    correctStepsLeft()
    state.nextReport = nil
    if state.count > 0 { state.progress.training = shift - state.sum / Double(state.count) }
    state.progress.step = run.steps
    state.progress.plannedSteps = run.steps + state.schedule.stepsLeft
    state.progress.passes = Double(run.steps) * Double(run.batch) / Double(rows)
    state.progress.skipped = state.skipped
    state.progress.seconds = seconds
  }

  /// Keeps the best of the candidates if it is the best so far, by the validation rows; without any, the last
  /// candidate. One whose value is not finite is never kept.
  mutating func judge(_ candidates: [(model: Model, validation: Double?)]) {
    let finite = candidates.filter { $0.validation?.isFinite ?? true }
    let latest = finite.max { ($0.validation ?? 0) < ($1.validation ?? 0) } ?? candidates[0]
    state.progress.validation = latest.validation
    let value = latest.validation ?? progress.training
    guard value.isFinite else { return }
    if let best = state.best, latest.validation != nil, value <= best.value { return }
    best = latest.model
    state.best = State.Best(step: run.steps, value: value)
    state.progress.best = value
  }

  /// What the last report says.
  var progress: FitProgress { state.progress }

  /// The best model so far, with the number of steps that led to it; nil where none had a finite value.
  var bestModel: (model: Model, step: Int)? {
    guard let best, let step = state.best?.step else { return nil }
    return (best, step)
  }

  /// All that is needed to go on from here.
  var snapshot: Snapshot {
    var state = state
    state.seconds = seconds
    return Snapshot(state: state, run: run.snapshot, best: best?.parameters.values)
  }

  /// Every tenth step, the average of parameters moves so far that it is a mean over about a fiftieth of all steps.
  private func average() {
    let every = 10
    guard run.steps.isMultiple(of: every) else { return }
    let horizon = 0.02 * Double(run.steps + state.schedule.stepsLeft)
    run.average(weight: min(1, Double(every) / horizon))
  }

  private mutating func skip() -> Bool {
    state.skipped += 1
    state.skippedInRow += 1
    state.rate *= 0.5
    return state.skippedInRow <= FitLoop.mostSkipped
  }

  /// Whether many steps have brought nothing.
  private var isStuck: Bool {
    guard let best = state.best, progress.validation != nil else { return false }
    let planned = Double(run.steps + state.schedule.stepsLeft)
    return Double(run.steps - best.step) > FitLoop.patience * planned
  }

  private var stepsToReport: Int {
    guard let budget = plan.timeBudget, run.steps > 0 else { return interval }
    return max(1, steps(in: budget / FitLoop.reports))
  }

  private var seconds: Double {
    earlierSeconds + (ContinuousClock.now - start) / .seconds(1)
  }

  /// As many steps as take so long.
  private func steps(in time: Double) -> Int {
    Int(min(Double(FitLoop.mostSteps), max(0, time / seconds * Double(run.steps))))
  }

  private mutating func correctStepsLeft() {
    guard let budget = plan.timeBudget else { return }
    state.schedule.stepsLeft = steps(in: budget - seconds)
  }
}
