/// Where a fit stands. Densities are in nats, in the units of the data.
public struct FitProgress: Hashable, Sendable, Codable {
  /// The number of steps so far.
  public var step: Int
  /// The number of steps that are planned.
  public var plannedSteps: Int
  /// How often the rows have been gone through.
  public var passes: Double
  /// The mean log-density of training rows since the last report.
  public var training: Double
  /// The mean log-density of validation rows; nil where there are none.
  public var validation: Double?
  /// The best one so far.
  public var best: Double
  /// The length of the last step.
  public var rate: Double
  /// Steps that were left out because a gradient was not finite.
  public var skipped: Int
}

/// What the caller of a fit wants after a report.
public enum FitDecision: Sendable {
  /// To go on.
  case goOn
  /// To keep the best so far.
  case stop
}
