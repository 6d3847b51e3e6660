/// Where a fit stands. Densities are in nats, in the units of the data.
public struct FitProgress: Hashable, Sendable, Codable {
  /// Which of the flows that a fit trains is being trained.
  public var stage = FitStage.member(1, of: 1)
  /// The number of steps so far.
  public var step = 0
  /// The number of steps that are planned.
  public var plannedSteps: Int
  /// How often the rows have been gone through.
  public var passes = 0.0
  /// The mean log-density of training rows since the last report.
  public var training = 0.0
  /// The mean log-density of validation rows; nil where there are none.
  public var validation: Double?
  /// The best one so far.
  public var best = -Double.infinity
  /// The length of the last step.
  public var rate = 0.0
  /// Steps that were left out because a gradient was not finite.
  public var skipped = 0
  /// How long these steps have taken, in all pieces of a fit that was interrupted.
  public var seconds = 0.0

  /// The state before the first step.
  ///
  /// - Parameter plannedSteps: the number of steps that are planned.
  public init(plannedSteps: Int) { self.plannedSteps = plannedSteps }
}

/// Which of the flows that a fit trains is being trained. Numbers count from 1.
public enum FitStage: Hashable, Sendable, Codable {
  /// A trial of a search.
  case trial(Int, of: Int)
  /// A member of an ensemble; the only one in most fits.
  case member(Int, of: Int)
}

/// What the caller of a fit wants.
public enum FitDecision: Sendable {
  /// To go on.
  case goOn
  /// To be given a checkpoint, and to go on.
  case save
  /// To be given a checkpoint, and to keep the best so far.
  case stop
}

/// What the caller of a fit is told on the way, and may ask for.
public struct FitObserver {
  /// What is wanted, asked after each step: it should take no time.
  public var afterStep: () -> FitDecision
  /// Takes a checkpoint that was asked for. When it is does not change what a fit computes.
  public var save: (FitCheckpoint) -> Void
  /// Takes a report, some hundred in a fit, and says what is wanted.
  public var report: (FitProgress) -> FitDecision

  /// An observer that asks for what the given functions say.
  ///
  /// - Parameters:
  ///   - afterStep: asked after each step.
  ///   - save: takes a checkpoint.
  ///   - report: takes a report.
  public init(
    afterStep: @escaping () -> FitDecision = { .goOn },
    save: @escaping (FitCheckpoint) -> Void = { _ in },
    report: @escaping (FitProgress) -> FitDecision = { _ in .goOn }
  ) {
    self.afterStep = afterStep
    self.save = save
    self.report = report
  }
}
