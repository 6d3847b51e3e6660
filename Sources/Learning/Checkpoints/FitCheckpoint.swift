import Flows

/// All that a fit needs to go on as if it had not been interrupted: what it is a fit of, which flows it has
/// trained, and where the training of the next one stands.
public struct FitCheckpoint: Hashable, Sendable {
  /// What is fitted.
  let identity: FitIdentity
  /// The trials of a search that are done.
  var trials: [SearchTrial] = []
  /// The flows that are trained.
  var members: [FittedFlow] = []
  /// Where the next one stands; nil before its first step.
  var loop: FitLoop.Snapshot?

  init(of identity: FitIdentity) { self.identity = identity }

  /// How long the flow in progress has been trained, in seconds.
  public var seconds: Double { loop?.state.seconds ?? 0 }

  /// The number of its steps.
  public var step: Int { loop?.run.steps ?? 0 }
}

/// A flow with the best parameters that its training found.
struct FittedFlow: Hashable, Sendable {
  /// Which flow.
  var architecture: Architecture
  /// All parameters and states.
  var values: [Double]
  /// The steps that led to them.
  var step: Int
  /// All steps that were taken.
  var steps: Int
  /// The mean log-density of the validation rows; nil where there are none.
  var validation: Double?

  /// What it is compared by.
  var worth: Double { validation ?? -.infinity }
}
