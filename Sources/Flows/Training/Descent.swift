import Tensors

/// The parameters of a model while they are fitted: θ ← θ - rate · A(gradient), A being what the optimiser
/// makes of the gradient once it is no longer than the largest norm.
struct Descent {
  /// θ and the states of the model.
  let values: ParameterBuffer
  /// Where the gradient is put before a step.
  let gradient: ParameterBuffer
  /// What the optimiser remembers.
  let optimizer: OptimizerState
  private let maximumNorm: Double

  /// No step taken yet.
  init(_ model: Model, _ training: Training) {
    values = ParameterBuffer(model.parameters.values, precision: model.precision)
    gradient = ParameterBuffer(count: values.count, precision: model.precision)
    optimizer = OptimizerState(
      training.optimizer, for: values, first: model.parameters.trainedCount)
    maximumNorm = training.maximumNorm
  }

  /// Takes a step of length `rate`; none where the gradient is not finite.
  ///
  /// - Returns: the Euclidean norm of the gradient.
  func step(rate: Double) -> Double {
    optimizer.step(values, gradient: gradient, rate: rate, maximumNorm: maximumNorm)
  }
}

extension Model {
  /// The model with these values of parameters and states.
  func with(_ values: ParameterBuffer) -> Model {
    var model = self
    model.parameters.values = values.values
    return model
  }
}
