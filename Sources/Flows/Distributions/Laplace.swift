public import Tensors

/// p(x) = Π exp(-|xᵢ|)/2, the standard Laplace distribution.
public struct Laplace: Distribution {
  /// D
  public let features: Int

  /// On `features` features.
  ///
  /// - Parameter features: D
  public init(_ features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// D uniform numbers
  public var noise: NoiseCount { NoiseCount(uniforms: features) }

  /// -Σ |xᵢ| - D log 2
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    -abs(x).total() - Double(features) * UnaryFunction.logarithm.value(2)
  }

  /// log 2u for u < 1/2, -log 2(1 - u) above
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let u = noise.uniforms!
    let isLow = u .< 0.5
    let size = log(2 * Tensor.select(isLow, u, 1 - u))
    return Tensor.select(isLow, size, -size)
  }
}
