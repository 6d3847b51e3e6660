public import Tensors

/// p(x) = Π exp(-xᵢ²/2)/√(2π), the standard normal distribution.
public struct StandardNormal: Distribution {
  /// D
  public let features: Int

  /// On `features` features.
  ///
  /// - Parameter features: D
  public init(_ features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// D normal numbers
  public var noise: NoiseCount { NoiseCount(normals: features) }

  /// -|x|²/2 - D log √(2π)
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    -0.5 * square(x).total() - Double(features) * logOfRootTwoPi
  }

  /// The noise itself
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor { noise.normals! }
}
