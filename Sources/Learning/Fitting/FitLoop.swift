import Flows

/// Takes the steps of a fit between two reports, and remembers the best parameters.
struct FitLoop {
  private let run: TrainingRun
  private let plan: FitPlan
  private let rows: Int
  private let shift: Double
  private var schedule: RateSchedule
  private let interval: Int
  private let start = ContinuousClock.now
  /// Halved whenever a gradient is not finite.
  private var rate: Double
  private var skipped = 0
  private var skippedInRow = 0
  private var lastMean = 0.0
  private var best: (model: Model, step: Int, value: Double)?
  private(set) var progress: FitProgress

  /// - Parameters:
  ///   - run: what takes the steps.
  ///   - plan: how many and how long.
  ///   - rows: the number of training rows.
  ///   - shift: what a mean log-density of scaled rows differs by from one in the units of the data.
  init(_ run: TrainingRun, _ plan: FitPlan, rows: Int, shift: Double) {
    self.run = run
    self.plan = plan
    self.rows = rows
    self.shift = shift
    rate = plan.rate
    // The budget corrects the number of steps as soon as it is known how long one takes.
    let steps = plan.timeBudget == nil ? plan.steps : FitLoop.calibrationSteps * 10
    schedule = RateSchedule(steps: steps, warmUp: plan.warmUp)
    interval = plan.timeBudget == nil ? max(20, plan.steps / 100) : FitLoop.calibrationSteps
    progress = FitProgress(
      step: 0, plannedSteps: steps, passes: 0, training: 0, validation: nil, best: -.infinity,
      rate: 0, skipped: 0)
  }

  /// How many steps tell how long one takes.
  private static let calibrationSteps = 20
  /// So many gradients in a row that are not finite end a fit.
  private static let mostSkipped = 30
  /// Reports in a time budget.
  private static let reports = 60.0
  /// The share of the steps without a gain after which a fit ends.
  private static let patience = 0.25

  /// Steps to the next report; false when there are none left.
  mutating func advance() throws(LearningError) -> Bool {
    guard !schedule.isFinished, !isStuck else { return false }
    let end = run.steps + stepsToReport
    var sum = 0.0
    var count = 0
    while run.steps < end, !schedule.isFinished {
      progress.rate = rate * schedule.factor
      let step = run.step(rate: progress.rate)
      schedule.advance()
      if step.norm.isFinite {
        (sum, count, skippedInRow) = (sum + step.loss, count + 1, 0)
        average()
      } else {
        try skip()
      }
    }
    correctStepsLeft()
    if count > 0 { lastMean = shift - sum / Double(count) }
    progress.step = run.steps
    progress.plannedSteps = run.steps + schedule.stepsLeft
    progress.passes = Double(run.steps * run.batch) / Double(rows)
    progress.training = lastMean
    progress.skipped = skipped
    return true
  }

  /// Keeps the best of the candidates if it is the best so far, by the validation rows; without any, the last
  /// candidate.
  mutating func judge(_ candidates: [(model: Model, validation: Double?)]) {
    let latest = candidates.max { ($0.validation ?? 0) < ($1.validation ?? 0) } ?? candidates[0]
    progress.validation = latest.validation
    let value = latest.validation ?? progress.training
    guard best == nil || latest.validation == nil || value > best!.value else { return }
    best = (latest.model, run.steps, value)
    progress.best = value
  }

  /// The best model so far; the first one before any report.
  var bestModel: Model { best?.model ?? run.model }

  /// The number of steps that led to it.
  var bestStep: Int { best?.step ?? 0 }

  /// Every tenth step, the average of parameters moves so far that it is a mean over about a fiftieth of all steps.
  private func average() {
    let every = 10
    guard run.steps.isMultiple(of: every) else { return }
    let horizon = 0.02 * Double(run.steps + schedule.stepsLeft)
    run.average(weight: min(1, Double(every) / horizon))
  }

  private mutating func skip() throws(LearningError) {
    skipped += 1
    skippedInRow += 1
    rate *= 0.5
    if skippedInRow > FitLoop.mostSkipped {
      throw .diverged(step: run.steps, rows: run.lastRows)
    }
  }

  /// Whether many steps have brought nothing.
  private var isStuck: Bool {
    guard let best, progress.validation != nil else { return false }
    let planned = Double(run.steps + schedule.stepsLeft)
    return Double(run.steps - best.step) > FitLoop.patience * planned
  }

  private var stepsToReport: Int {
    guard let budget = plan.timeBudget, run.steps > 0 else { return interval }
    let secondsPerStep = seconds / Double(run.steps)
    return max(1, Int(budget / FitLoop.reports / secondsPerStep))
  }

  private var seconds: Double { Double((ContinuousClock.now - start) / .seconds(1)) }

  private mutating func correctStepsLeft() {
    guard let budget = plan.timeBudget else { return }
    let secondsPerStep = seconds / Double(run.steps)
    schedule.stepsLeft = max(0, Int((budget - seconds) / secondsPerStep))
  }
}
