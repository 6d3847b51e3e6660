import Flows
import Tensors

extension FitLoop {
  /// All that changes in a loop, besides parameters and what its run keeps.
  struct State: Hashable, Codable {
    var schedule: RateSchedule
    /// Halved whenever a gradient is not finite.
    var rate: Double
    var skipped = 0
    var skippedInRow = 0
    /// The sum of the losses since the last report.
    var sum = 0.0
    /// Their number.
    var count = 0
    /// The step of the next report; nil between a report and the step after it.
    var nextReport: Int?
    /// The steps that led to the best parameters, and their value; nil before the first report.
    var best: Best?
    var progress: FitProgress
    /// How long the loop has run.
    var seconds = 0.0

    struct Best: Hashable, Codable {
      var step: Int
      var value: Double
    }
  }

  /// A loop between two steps, with which it can go on as if it had not been interrupted.
  struct Snapshot: Hashable {
    var state: State
    var run: TrainingRun.Snapshot
    /// The best parameters; nil before the first report.
    var best: [Double]?
  }

  /// Far more steps than any fit takes; it bounds what a file can make a loop compute with.
  static let mostSteps = 1_000_000_000_000
}

extension FitLoop.Snapshot {
  /// Whether a loop can go on from here: numbers make sense, and there are as many as its run has.
  func fits(_ fresh: TrainingRun.Snapshot, _ plan: FitPlan) -> Bool {
    let steps = 0...FitLoop.mostSteps
    let counts = [run.steps, run.optimizer.steps, state.skipped, state.skippedInRow, state.count]
    return (counts + [state.nextReport ?? 0, state.best?.step ?? 0]).allSatisfy(steps.contains)
      && state.schedule.isSound(warmUp: plan.warmUp) && (0...plan.rate).contains(state.rate)
      && state.seconds >= 0 && state.seconds.isFinite
      && (state.best == nil) == (best == nil)
      && run.values.count == fresh.values.count
      && run.optimizer.moments.map(\.count) == fresh.optimizer.moments.map(\.count)
      && [run.average, best].allSatisfy { $0 == nil || $0!.count == fresh.values.count }
  }
}
