internal import CKernels

/// Changes parameters along a gradient.
public enum Optimizer: Sendable, Hashable {
  /// Adam with decoupled weight decay: m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g²,
  /// p ← (1 - rate·decay) p - rate m̂/(√v̂ + ε), with m̂ and v̂ corrected for their start at zero
  /// (Kingma and Ba 2015; Loshchilov and Hutter 2019).
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, decay: Double = 0)
  /// Gradient descent with momentum: v ← momentum v + g, p ← p - rate v.
  case descent(momentum: Double = 0)
}

/// The state of an optimiser for one buffer of parameters.
public final class OptimizerState {
  /// How the parameters change.
  public let optimizer: Optimizer
  /// The number of steps taken.
  public private(set) var steps = 0
  private let kernels: diffeo_kernel_set
  /// How many of the parameters change: the first ones.
  private let count: Int
  /// First moments, or velocities; then second moments.
  let moments: [ParameterBuffer]

  /// No step taken yet, for parameters like `parameters`.
  ///
  /// - Parameters:
  ///   - optimizer: how parameters change.
  ///   - parameters: a buffer of the same size and format.
  ///   - first: how many of them change, from the first one on; all by default.
  public init(_ optimizer: Optimizer, for parameters: ParameterBuffer, first: Int? = nil) {
    let changing = first ?? parameters.count
    require(
      0...parameters.count ~= changing, "\(changing) of \(parameters.count) parameters")
    self.optimizer = optimizer
    count = changing
    kernels = diffeo_kernel_set.inUse(parameters.precision)
    let moments =
      switch optimizer {
      case .adam: 2
      case .descent: 1
      }
    self.moments = (0..<moments).map { _ in
      ParameterBuffer(count: changing, precision: parameters.precision)
    }
  }

  /// The number of steps and all moments, first ones before second ones.
  public struct Snapshot: Hashable, Sendable {
    /// The number of steps taken.
    public var steps: Int
    /// One list of numbers for each moment.
    public var moments: [[Double]]

    /// A state that was kept.
    ///
    /// - Parameters:
    ///   - steps: the number of steps taken.
    ///   - moments: one list of numbers for each moment.
    public init(steps: Int, moments: [[Double]]) {
      self.steps = steps
      self.moments = moments
    }
  }

  /// The state as it is; setting it puts another in its place, of as many numbers.
  public var snapshot: Snapshot {
    get { Snapshot(steps: steps, moments: moments.map(\.values)) }
    set {
      require(
        newValue.moments.count == moments.count,
        "\(moments.count) lists of moments expected, got \(newValue.moments.count)")
      steps = newValue.steps
      for (buffer, values) in zip(moments, newValue.moments) { buffer.values = values }
    }
  }

  /// One step, in place.
  ///
  /// - Parameters:
  ///   - parameters: what changes.
  ///   - gradient: the direction of ascent of what is minimised; laid out like the parameters.
  ///   - rate: the length of the step.
  ///   - maximumNorm: a gradient whose Euclidean norm is larger is scaled down to it.
  /// - Returns: the norm of the gradient before scaling. If it is not finite, nothing changes.
  @discardableResult
  public func step(
    _ parameters: ParameterBuffer, gradient: ParameterBuffer, rate: Double,
    maximumNorm: Double = .infinity
  ) -> Double {
    require(
      gradient.count == parameters.count && count <= parameters.count,
      "\(count) parameters or more expected, got \(parameters.count) with \(gradient.count) "
        + "gradients")
    let norm = diffeo_run_sum_of_squares(kernels, count, gradient.memory.base).squareRoot()
    guard norm.isFinite else { return norm }
    let scale = norm > maximumNorm ? maximumNorm / norm : 1
    steps += 1
    parameters.markChanged()
    switch optimizer {
    case .adam(let beta1, let beta2, let epsilon, let decay):
      var settings = diffeo_adam(
        rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weight_decay: decay)
      diffeo_run_adam(
        kernels, count, &settings, UInt64(steps), scale, gradient.memory.base,
        moments[0].memory.base, moments[1].memory.base, parameters.memory.base)
    case .descent(let momentum):
      diffeo_run_sgd(
        kernels, count, rate, momentum, scale, gradient.memory.base, moments[0].memory.base,
        parameters.memory.base)
    }
    return norm
  }
}

extension diffeo_kernel_set {
  /// The kernels of a level, which the machine must have.
  init(_ precision: Precision, _ level: diffeo_level) {
    self.init()
    switch precision {
    case .float: f32 = diffeo_kernels_f32_level(level)
    case .double: f64 = diffeo_kernels_f64_level(level)
    }
  }

  /// The kernels of the level in use.
  static func inUse(_ precision: Precision) -> diffeo_kernel_set {
    diffeo_kernel_set(precision, diffeo_best_level())
  }
}
