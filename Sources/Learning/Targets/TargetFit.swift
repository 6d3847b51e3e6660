import Flows
import Formats
public import Tensors

/// Fits a flow to a ``Target`` by the gradient of the lower bound E[log p̃(x) - log q(x)] at its own samples.
///
/// Where the target has several separate parts, a flow may keep to one of them: what it never draws, no number shows.
public struct TargetFit {
  /// What is fitted.
  public let target: Target
  /// How; validation rows have no meaning here.
  public let plan: FitPlan

  private static let mostSkipped = 30
  private static let reports = 60

  /// A fit.
  ///
  /// - Parameters:
  ///   - target: what is fitted.
  ///   - plan: how.
  public init(_ target: Target, plan: FitPlan) {
    self.target = target
    self.plan = plan
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - pool: the workers.
  ///   - report: called now and then, `training` being the lower bound; says whether to go on.
  /// - Returns: the model after the last step, with its ``Provenance/target``.
  /// - Throws: ``LearningError`` for a kind of flow whose samples have no gradients, and where gradients stay not finite.
  public func run(
    pool: WorkerPool = WorkerPool(), report: (FitProgress) -> FitDecision = { _ in .goOn }
  ) throws(LearningError) -> LearnedDistribution {
    let key = RandomKey(seed: plan.seed)
    let settings = Training(
      batch: plan.batch, optimizer: .adam(decay: plan.decay), maximumNorm: plan.maximumNorm)
    let scaled = ScaledFlow(plan.architecture.flow(features: target.names.count))
    guard
      let run = TargetRun(
        Model(scaled.whole, key: key.split(0)), target: target.onLine, settings,
        key: key.split(2), pool: pool)
    else { throw .flowForTarget(plan.architecture.kind.rawValue) }
    try train(run, report)
    var learned = LearnedDistribution(
      columns: target.columns(scaled.scalings(in: run.model.parameters)),
      givenColumns: Columns(names: [], scalings: []), architecture: plan.architecture,
      provenance: Provenance(
        seed: plan.seed, trainingRows: 0, validationRows: 0, steps: run.steps),
      precision: .double)
    scaled.restore(&learned.model.parameters, from: run.model.parameters)
    learned.provenance.target = try evidence(of: learned, key.split(3), pool, steps: run.steps)
    return learned
  }

  private func train(
    _ run: TargetRun, _ report: (FitProgress) -> FitDecision
  ) throws(LearningError) {
    let clock = ContinuousClock()
    let start = clock.now
    var schedule = RateSchedule(
      steps: plan.timeBudget == nil ? plan.steps : Self.reports * 10, warmUp: plan.warmUp)
    var (rate, skippedInRow, skipped, sum, count) = (plan.rate, 0, 0, 0.0, 0)
    var next = 20
    while !schedule.isFinished {
      let step = run.step(rate: rate * schedule.factor)
      schedule.advance()
      if step.norm.isFinite, step.loss.isFinite {
        (sum, count, skippedInRow) = (sum - step.loss, count + 1, 0)
      } else {
        (skipped, skippedInRow, rate) = (skipped + 1, skippedInRow + 1, 0.5 * rate)
        guard skippedInRow <= Self.mostSkipped else { throw .targetDiverged(step: run.steps) }
      }
      guard run.steps >= next || schedule.isFinished else { continue }
      let seconds = (clock.now - start) / .seconds(1)
      if let budget = plan.timeBudget {
        let left = (budget - seconds) / seconds * Double(run.steps)
        schedule.stepsLeft = Int(min(1e9, max(0, left)))
      }
      var progress = FitProgress(plannedSteps: run.steps + schedule.stepsLeft)
      (progress.step, progress.skipped, progress.seconds) = (run.steps, skipped, seconds)
      progress.rate = rate * schedule.factor
      progress.training = count > 0 ? sum / Double(count) : -.infinity
      progress.best = progress.training
      guard report(progress) == .goOn else { return }
      (sum, count) = (0, 0)
      next = run.steps + max(1, (run.steps + schedule.stepsLeft) / Self.reports)
    }
  }

  private func evidence(
    of learned: LearnedDistribution, _ key: RandomKey, _ pool: WorkerPool, steps: Int
  ) throws(LearningError) -> TargetEvidence {
    let draws = DefensiveDraws(features: target.names.count, key: key)
    // A fitted model is a flow.
    let map = FlowMap(learned.model, pool: pool)!
    let images = try withFlow { () throws(FlowError) in try map.forward(draws.points) }
    let table = Table(
      columnNames: target.names, values: learned.columns.inverse(images).values)
    let logWeights = try learned.logWeights(of: table, target: target, pool: pool)
    guard
      let evidence = TargetEvidence(
        logWeights: Array(logWeights.prefix(DefensiveDraws.own)),
        ofMixture: zip(logWeights, draws.logRatios).map { $0 - $1 }, text: target.text)
    else { throw .targetDiverged(step: steps) }
    return evidence
  }
}
