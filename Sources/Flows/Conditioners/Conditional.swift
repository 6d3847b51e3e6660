public import Tensors

/// xᵢ = f(zᵢ; θᵢ) with θ = network(c): an elementwise transform whose parameters depend on the
/// context alone.
public struct Conditional: Bijector {
  /// f
  public let transform: any ElementwiseTransform
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes the parameters of f.
  public let network: any Network

  /// `transform` on each feature, with parameters from the context.
  ///
  /// - Parameters:
  ///   - transform: f
  ///   - features: D
  ///   - context: C, at least 1.
  ///   - network: what computes the parameters of f.
  public init(
    _ transform: any ElementwiseTransform, features: Int, context: Int,
    network: any Network = Perceptron.standard
  ) {
    requireFeatures(features)
    require(context >= 1, "a conditional transform needs a context, got \(context) features")
    requireContext(of: "a conditional transform", [context])
    self.transform = transform
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// That of f, for each feature
  public var domain: [Interval] { Array(repeating: transform.domain, count: features) }
  /// That of f, for each feature
  public var codomain: [Interval] { Array(repeating: transform.codomain, count: features) }

  /// f, feature by feature
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let image = transform.checkedForward(z, parameters(z, scope))
    return Image(image.value, LogDet(image.logSlope))
  }

  /// f⁻¹, feature by feature
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let image = transform.checkedInverse(x, parameters(x, scope))
    return Image(image.value, LogDet(image.logSlope))
  }

  private func parameters(_ x: Tensor, _ scope: Scope) -> Tensor {
    transform.parameters(features: features, from: nil, contextFeatures, scope) {
      inputs, initial, scope in
      network.outputs(inputs, like: x, initial: initial, scope)
    }
  }
}
