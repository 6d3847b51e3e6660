public import Tensors

/// A flow q that is being fitted to an unnormalised density p̃: θ ← θ - rate · A(∇θ mean(log q(x) - log p̃(x))) over fresh
/// samples x = f(z; θ), whose gradient goes through x (Rezende and Mohamed 2015).
///
/// The mean of log p̃(x) - log q(x) is a lower bound of log ∫ p̃, equal to it where q is p̃, normalised.
public final class TargetRun {
  /// The number of steps so far.
  public private(set) var steps = 0
  /// The samples of a step.
  public let batch: Int
  private let start: Model
  private let executor: Executor
  private let descent: Descent
  private let key: RandomKey

  /// No step taken yet.
  ///
  /// - Parameters:
  ///   - model: where it begins; a ``Flow`` without context whose base is standard normal.
  ///   - target: log p̃ of points `[B, D]`, `[B]`.
  ///   - training: the samples of a step, the optimiser and the largest norm.
  ///   - key: where samples come from.
  ///   - pool: the workers.
  /// - Returns: nil for another model, whose samples need not be differentiable functions of noise.
  public init?(
    _ model: Model, target: (Tensor) -> Tensor, _ training: Training, key: RandomKey,
    pool: WorkerPool = WorkerPool()
  ) {
    guard let flow = model.distribution as? Flow, flow.base is StandardNormal,
      flow.contextFeatures == 0
    else { return nil }
    start = model
    batch = training.batch
    self.key = key
    let program = model.program { trace, source in
      let scope = Scope(trace, context: nil, source: source)
      let z = flow.base.sample(Noise(flow.noise, in: trace), scope.child("base"))
      let image = flow.bijector.checkedForward(z, scope.child("bijector"))
      let logDensity =
        flow.base.logDensity(z, scope.child("base")) - image.logDet.summed(like: z)
      return [("loss", (logDensity - target(image.value)).meanOverRows())]
    }
    executor = Executor(
      CompiledProgram(program.differentiated("loss"), precision: model.precision), pool: pool)
    descent = Descent(model, training)
  }

  /// Takes a step of length `rate`.
  ///
  /// - Parameter rate: its length.
  /// - Returns: the mean of log q(x) - log p̃(x) before it, and the norm of its gradient.
  public func step(rate: Double) -> TrainingRun.Step {
    let noise = start.noise(of: 0..<batch, key.split(UInt64(steps)))
    let found = executor.values(rows: batch, inputs: noise, parameters: descent.values.values)
    descent.gradient.values = found.gradients
    steps += 1
    return TrainingRun.Step(loss: found.outputs[0][0], norm: descent.step(rate: rate))
  }

  /// The model as it is after the last step.
  public var model: Model { start.with(descent.values) }
}
