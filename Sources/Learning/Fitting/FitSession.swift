import Flows
import Tensors

/// Trains the flows of a fit one after the other, and can be interrupted between any two steps.
struct FitSession {
  private let fit: TableFit
  private let pool: WorkerPool
  private let observer: FitObserver
  private var checkpoint: FitCheckpoint
  /// The best flow of the trials since the session began, for who stops during a search.
  private var incumbent: FittedFlow?

  /// - Parameters:
  ///   - fit: the rows and the plan.
  ///   - pool: the workers.
  ///   - observer: what is told and asked on the way.
  ///   - checkpoint: where it was interrupted; nil to begin.
  /// - Throws: ``LearningError`` for a checkpoint of another fit.
  init(
    _ fit: TableFit, pool: WorkerPool, observer: FitObserver, from checkpoint: FitCheckpoint?
  ) throws(LearningError) {
    self.fit = fit
    self.pool = pool
    self.observer = observer
    let identity = fit.identity(threads: pool.count)
    if let difference = checkpoint?.identity.difference(from: identity) {
      throw .otherCheckpoint(difference)
    }
    self.checkpoint = checkpoint ?? FitCheckpoint(of: identity)
    try checkTrials()
  }

  /// One flow, to be trained as its plan says.
  private struct Job {
    let plan: FitPlan
    let key: RandomKey
    let stage: FitStage
  }

  /// Trains what is left to be trained.
  ///
  /// - Returns: the members; fewer, but at least one, where the observer wants to stop.
  mutating func run() throws(LearningError) -> [FittedFlow] {
    guard let search = fit.search else { return try trainMembers(fit.plan) }
    if let early = try tryCandidates(search) { return [early] }
    var plan = search.candidates[search.winner(outcomes)]
    plan.timeBudget = plan.timeBudget.map { $0 * (1 - ArchitectureSearch.share) }
    return try trainMembers(plan)
  }

  /// The trials of the search, if there was one.
  var trials: [SearchTrial] { checkpoint.trials }

  private var outcomes: [Double?] { checkpoint.trials.map(\.validation) }

  /// Does the trials that are left.
  ///
  /// - Returns: the best flow so far where the observer wants to stop; nil where all trials are done.
  private mutating func tryCandidates(
    _ search: ArchitectureSearch
  ) throws(LearningError) -> FittedFlow? {
    while let trial = search.trial(after: outcomes) {
      let job = Job(
        plan: trial.plan, key: trial.plan.key(ofMember: 0),
        stage: .trial(checkpoint.trials.count + 1, of: search.trialCount))
      var outcome: (flow: FittedFlow, isStopped: Bool)?
      do {
        outcome = try train(job)
      } catch {
        // The others may do better.
        guard error.isOfTraining else { throw error }
      }
      if let flow = outcome?.flow, flow.worth >= incumbent?.worth ?? -.infinity { incumbent = flow }
      if outcome?.isStopped == true { return incumbent }
      checkpoint.trials.append(
        SearchTrial(
          architecture: trial.plan.architecture, round: trial.round + 1,
          steps: outcome?.flow.steps ?? 0, validation: outcome?.flow.validation))
      checkpoint.loop = nil
    }
    return nil
  }

  private mutating func trainMembers(_ plan: FitPlan) throws(LearningError) -> [FittedFlow] {
    try checkMembers(plan)
    while checkpoint.members.count < plan.members {
      let number = checkpoint.members.count
      let job = Job(
        plan: plan.ofMember, key: plan.key(ofMember: number),
        stage: .member(number + 1, of: plan.members))
      let (flow, isStopped) = try train(job)
      // A member that was trained for less time than the others would spoil their mean.
      if isStopped, number > 0 { break }
      checkpoint.members.append(flow)
      checkpoint.loop = nil
      if isStopped { break }
    }
    return checkpoint.members
  }

  /// - Returns: the best flow found, and whether the observer wants to stop.
  private mutating func train(_ job: Job) throws(LearningError) -> (FittedFlow, isStopped: Bool) {
    let run = try fit.trainingRun(job.plan, key: job.key, pool: pool)
    let scorer = Scorer(run.model, pool: pool)
    if checkpoint.loop == nil { try fit.checkReach(of: run.model, scorer) }
    var loop = try fit.loop(run, job.plan, from: checkpoint.loop)
    var isStopped = false
    while !isStopped {
      let pause = loop.advance(observer.afterStep)
      switch pause {
      case .end: return (try finish(loop, job), false)
      case .divergence:
        throw .diverged(
          step: loop.progress.step, farthest: try fit.farthestTraining(run.lastRows))
      case .wish(let decision):
        save(loop)
        guard decision == .stop else { continue }
        loop.finishInterval()
        try judge(&loop, run, scorer)
        _ = report(loop, job)
        isStopped = true
      case .report:
        try judge(&loop, run, scorer)
        let decision = report(loop, job)
        if decision != .goOn { save(loop) }
        isStopped = decision == .stop
      }
    }
    return (try finish(loop, job), true)
  }

  private mutating func save(_ loop: FitLoop) {
    checkpoint.loop = loop.snapshot
    observer.save(checkpoint)
  }

  private func report(_ loop: FitLoop, _ job: Job) -> FitDecision {
    var progress = loop.progress
    progress.stage = job.stage
    return observer.report(progress)
  }

  /// The parameters after the last step and their average are candidates for the best.
  private func judge(
    _ loop: inout FitLoop, _ run: TrainingRun, _ scorer: Scorer
  ) throws(LearningError) {
    loop.judge(
      try [run.model, run.averagedModel].map { model throws(LearningError) in
        (model, try fit.validation(of: model, scorer))
      })
  }

  private func finish(_ loop: FitLoop, _ job: Job) throws(LearningError) -> FittedFlow {
    let progress = loop.progress
    guard let best = loop.bestModel else {
      throw .neverFinite(step: progress.step, farthest: try fit.farthestRow())
    }
    return FittedFlow(
      architecture: job.plan.architecture, values: best.model.parameters.values,
      step: best.step, steps: progress.step, validation: fit.hasValidation ? progress.best : nil)
  }

  /// - Throws: ``LearningError`` for trials that this fit could not have done in this order.
  private func checkTrials() throws(LearningError) {
    var done: [Double?] = []
    for trial in checkpoint.trials {
      let expected = fit.search?.trial(after: done)
      guard let expected, expected.plan.architecture == trial.architecture,
        expected.round + 1 == trial.round, trial.validation?.isNaN != true
      else { throw .unfitCheckpoint }
      done.append(trial.validation)
    }
  }

  /// - Throws: ``LearningError`` for members that this plan could not have led to.
  private func checkMembers(_ plan: FitPlan) throws(LearningError) {
    let members = checkpoint.members
    guard !members.isEmpty else { return }
    let flow = fit.flow(plan.architecture)
    let count = Model(flow, key: plan.key(ofMember: 0)).parameters.values.count
    guard members.count <= plan.members,
      members.allSatisfy({
        $0.architecture == plan.architecture && $0.values.count == count
          && (0...FitLoop.mostSteps).contains($0.step)
      })
    else { throw .unfitCheckpoint }
  }
}
