public import Tensors

/// p(x) = Π e⁻ˣ/(1 + e⁻ˣ)², the standard logistic distribution.
public struct Logistic: Distribution {
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

  /// -Σ (log(1 + eˣ) + log(1 + e⁻ˣ))
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    -(softplus(x) + softplus(-x)).total()
  }

  /// log u - log(1 - u)
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    log(noise.uniforms!) - log1p(-noise.uniforms!)
  }
}
