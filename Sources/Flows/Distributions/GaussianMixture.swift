public import Tensors

/// p(x) = Σₖ wₖ Π N(xᵢ; mₖᵢ, sₖᵢ²), a mixture of K normals with diagonal covariances, all learned.
public struct GaussianMixture: Distribution {
  /// D
  public let features: Int
  /// K
  public let components: Int

  /// A mixture on `features` features; means at random at first, weights equal.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - components: K
  public init(_ features: Int, components: Int) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    precondition(components >= 1, "at least one component expected, got \(components)")
    self.features = features
    self.components = components
  }

  /// D normal numbers and one that chooses the component
  public var noise: NoiseCount { NoiseCount(normals: features, uniforms: 1) }

  /// log Σ exp(log wₖ + log Nₖ)
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let parts = parts(scope)
    let deviations = (x.tiled(components) - parts.means) * exp(-parts.logScales)
    let logDensities = (-0.5 * square(deviations) - parts.logScales).sum() + parts.logWeights
    return logDensities.logSumExp() - Double(features) * logOfRootTwoPi
  }

  /// The mean and deviation of the component in whose share of (0, 1) the uniform number lies
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let parts = parts(scope)
    let isHere = chosenComponent(exp(parts.logWeights), noise.uniforms!)
    func chosen(_ table: Tensor) -> Tensor {
      (table.transposed * isHere.tiled(features)).sum()
    }
    return chosen(parts.means) + chosen(exp(parts.logScales)) * noise.normals!
  }

  /// 1 for the last component whose share of (0, 1) begins at or below the number, else 0.
  private func chosenComponent(_ weights: Tensor, _ number: Tensor) -> Tensor {
    let one = weights.trace.constant([1], [1])
    guard components > 1 else { return one.spread(like: number) }
    let starts = weights.cumulativeSum() - weights
    let reached = starts.slice(1..<components) .<= number
    return Tensor.concatenated([one, reached]) - Tensor.concatenated([reached, one.zeros])
  }

  private func parts(
    _ scope: Scope
  ) -> (logWeights: Tensor, means: Tensor, logScales: Tensor) {
    let raw = scope.parameter("logWeights", [components], .constant(0))
    return (
      raw - raw.logSumExp(),
      scope.parameter("means", [components, features], .normal(deviation: 1)),
      scope.parameter("logScales", [components, features], .constant(0))
    )
  }
}
