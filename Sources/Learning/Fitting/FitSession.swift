import Flows
import Tensors

/// Trains the flows of a fit one after the other, and can be interrupted between any two steps.
struct FitSession {
  private let fit: TableFit
  private let pool: WorkerPool
  private let observer: FitObserver
  private var checkpoint: FitCheckpoint

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
    try checkMembers()
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
    let plan = fit.plan
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
    var loop = try fit.loop(run, job.plan, from: checkpoint.loop)
    let scorer = Scorer(run.model, pool: pool)
    var isStopped = false
    while !isStopped {
      let pause = try loop.advance(observer.afterStep)
      switch pause {
      case .end: return (try finish(loop, job), false)
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
    let best = loop.progress.best
    return FittedFlow(
      architecture: job.plan.architecture, values: loop.bestModel.parameters.values,
      step: loop.bestStep, validation: fit.hasValidation && best.isFinite ? best : nil)
  }

  /// - Throws: ``LearningError`` for members that this fit could not have trained.
  private func checkMembers() throws(LearningError) {
    let members = checkpoint.members
    guard !members.isEmpty else { return }
    let flow = fit.flow(fit.plan.architecture)
    let count = Model(flow, key: fit.plan.key(ofMember: 0)).parameters.values.count
    guard members.count <= fit.plan.members,
      members.allSatisfy({
        $0.architecture == fit.plan.architecture && $0.values.count == count
          && (0...FitLoop.mostSteps).contains($0.step)
      })
    else { throw .unfitCheckpoint }
  }
}
