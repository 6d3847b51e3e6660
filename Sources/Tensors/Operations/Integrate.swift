/// The coefficients of an explicit Runge-Kutta method: stage i is evaluated at t + cᵢ h and
/// x + h Σ_{j<i} aᵢⱼ kⱼ, and the step is h Σ bᵢ kᵢ (Butcher 1964).
public struct ButcherTableau: Sendable, Hashable {
  /// aᵢⱼ, row i with i entries.
  public let stages: [[Double]]
  /// bᵢ
  public let weights: [Double]
  /// cᵢ = Σⱼ aᵢⱼ
  public var nodes: [Double] { stages.map { $0.reduce(0, +) } }

  /// Checked coefficients: row i has i entries, and the weights add up to 1.
  public init(stages: [[Double]], weights: [Double]) {
    require(
      stages.enumerated().allSatisfy { $0.offset == $0.element.count }
        && weights.count == stages.count,
      "an explicit method of \(weights.count) stages has rows of 0, 1, … coefficients")
    require((weights.reduce(0, +) - 1).magnitude < 1e-14, "the weights must add up to 1")
    self.stages = stages
    self.weights = weights
  }

  /// The classical method of order 4 (Kutta 1901).
  public static let classical = ButcherTableau(
    stages: [[], [1.0 / 2], [0, 1.0 / 2], [0, 0, 1]], weights: [1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6])

  /// Heun's method of order 2 (1900).
  public static let heun = ButcherTableau(stages: [[], [1]], weights: [1.0 / 2, 1.0 / 2])
}

extension Tensor {
  /// x(end) for dx/dt = field(x, t), x(start) = `self`, by equal steps of a Runge-Kutta method.
  ///
  /// The gradient is that of the discrete solution: exact for what is computed.
  ///
  /// - Parameters:
  ///   - start: the first time.
  ///   - end: the last time, earlier or later.
  ///   - steps: the number of steps.
  ///   - method: the coefficients of the method.
  ///   - captured: other tensors that the field uses; it may use none but these and constants.
  ///   - field: dx/dt at x `[B, n]` and t `[B, 1]`, recorded once a stage.
  /// - Returns: x(end), `[B, n]`.
  public func integrated(
    from start: Double = 0, to end: Double = 1, steps: Int, method: ButcherTableau = .classical,
    captured: [Tensor] = [], field: (_ x: Tensor, _ t: Tensor, _ captured: [Tensor]) -> Tensor
  ) -> Tensor {
    require(steps >= 1, "at least one step expected, got \(steps)")
    let h = (end - start) / Double(steps)
    let time = trace.constant([start], [1]).spread(like: self)
    return Tensor.iterated([self, time], captured: captured, rounds: steps) { states, captured in
      let (x, t) = (states[0], states[1])
      var slopes: [Tensor] = []
      for (coefficients, node) in zip(method.stages, method.nodes) {
        let moved =
          Tensor.sum(zip(coefficients, slopes).filter { $0.0 != 0 }, h).map { x + $0 } ?? x
        slopes.append(field(moved, t + node * h, captured))
      }
      let step = Tensor.sum(zip(method.weights, slopes).filter { $0.0 != 0 }, h)!
      return [x + step, t + h]
    }[0]
  }

  /// h Σ wᵢ kᵢ; nil for no terms.
  private static func sum(_ terms: [(Double, Tensor)], _ h: Double) -> Tensor? {
    terms.map { $0.1 * (h * $0.0) }.reduce(nil) { sum, term in sum.map { $0 + term } ?? term }
  }
}
