public import Tensors

/// p(x) = Π Γ((n + 1)/2)/(Γ(n/2) √(n π)) (1 + xᵢ²/n)^(-(n + 1)/2), Student's t with learned degrees
/// of freedom n for each feature, 0.5 < n < 50; 5 at first. With a context n depends on it.
///
/// Samples are n (u₁^(-2/n) - 1), rooted, times cos(2π u₂), exactly (Bailey 1994).
public struct StudentT: Distribution {
  /// D
  public let features: Int

  /// C
  public let contextFeatures: Int
  /// What computes n from a context.
  public let network: any Network

  /// On `features` features.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C; 0 for none.
  ///   - network: what computes degrees of freedom from the context.
  public init(_ features: Int, context: Int = 0, network: any Network = Perceptron.standard) {
    requireFeatures(features)
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// 2D uniform numbers
  public var noise: NoiseCount { NoiseCount(uniforms: 2 * features) }

  /// Σ log p
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let n = degrees(scope)
    let half = 0.5 * (n + 1)
    let constant =
      half.map(.logGamma) - (0.5 * n).map(.logGamma) - 0.5 * log(n) - 0.5 * Self.logOfPi
    return (constant - half * logOnePlusSquare(x / sqrt(n))).total()
  }

  /// √(n (u₁^(-2/n) - 1)) cos(2π u₂)
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let n = degrees(scope)
    let uniforms = noise.uniforms!
    let first = uniforms.slice(0..<features)
    let second = uniforms.slice(features..<2 * features)
    let radius = sqrt(n * expm1(-2 * log(first) / n))
    return radius * cos(2 * Double.pi * second)
  }

  private static let logOfPi = 1.144_729_885_849_400_2

  private func degrees(_ scope: Scope) -> Tensor {
    let raw = scope.learned(
      [LearnedNumbers("degrees", [features])], context: contextFeatures, by: network)[0]
    // 5 times or through e^2.3, about 10.
    return 5 * exp(raw.softlyBounded(2.3))
  }
}
