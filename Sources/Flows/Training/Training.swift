public import Tensors

/// How a model is fitted.
public struct Training: Hashable, Sendable {
  /// The number of steps of the optimiser.
  public var steps: Int { didSet { check() } }
  /// The rows of a step; all rows where there are fewer.
  public var batch: Int { didSet { check() } }
  /// The first length of a step. It falls to 0 as ``cosineDecay(_:)`` says.
  public var rate: Double { didSet { check() } }
  /// How parameters change.
  public var optimizer: Optimizer
  /// A gradient whose norm is larger is scaled down to it.
  public var maximumNorm: Double { didSet { check() } }

  /// Adam with the given settings.
  ///
  /// - Parameters:
  ///   - steps: the number of steps.
  ///   - batch: the rows of a step.
  ///   - rate: the first length of a step.
  ///   - optimizer: how parameters change.
  ///   - maximumNorm: the largest norm of a gradient.
  public init(
    steps: Int = 1000, batch: Int = 256, rate: Double = 2e-3, optimizer: Optimizer = .adam(),
    maximumNorm: Double = 10
  ) {
    self.steps = steps
    self.batch = batch
    self.rate = rate
    self.optimizer = optimizer
    self.maximumNorm = maximumNorm
    check()
  }

  private func check() {
    require(
      steps >= 1 && batch >= 1, "at least one step of one row expected, got \(steps) of \(batch)")
    require(rate >= 0 && rate.isFinite, "a step of length \(rate) is not in [0, ∞)")
    require(maximumNorm > 0, "a largest norm of \(maximumNorm) for gradients is not above 0")
  }

  /// The length of step number `step`, from 0: rate · ½ (1 + cos πp), p = step/steps.
  ///
  /// - Parameter step: the number of steps before it.
  /// - Returns: the length.
  public func rate(at step: Int) -> Double {
    rate * Training.cosineDecay(Double(step) / Double(steps))
  }

  /// ½ (1 + cos πp): from 1 to 0 along half a cosine (Loshchilov and Hutter 2017).
  ///
  /// - Parameter progress: p, from 0 to 1.
  /// - Returns: the share of the first length of a step.
  public static func cosineDecay(_ progress: Double) -> Double {
    0.5 * (1 + UnaryFunction.cosine.value(Double.pi * progress))
  }
}
