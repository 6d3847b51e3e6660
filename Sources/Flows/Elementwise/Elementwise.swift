public import Tensors

/// xᵢ = f(zᵢ; θᵢ) with learned θ: an elementwise transform as a bijector.
public struct Elementwise: Bijector {
  /// f
  public let transform: any ElementwiseTransform
  /// D
  public let features: Int

  /// `transform` on each of `features` features, with parameters of its own for each.
  ///
  /// - Parameters:
  ///   - transform: f
  ///   - features: D
  public init(_ transform: any ElementwiseTransform, features: Int) {
    requireFeatures(features)
    self.transform = transform
    self.features = features
  }

  /// That of f, for each feature
  public var domain: [Interval] { Array(repeating: transform.domain, count: features) }
  /// That of f, for each feature
  public var codomain: [Interval] { Array(repeating: transform.codomain, count: features) }

  /// f, feature by feature
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let image = transform.checkedForward(z, parameters(scope))
    return Image(image.value, LogDet(image.logSlope))
  }

  /// f⁻¹, feature by feature
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let image = transform.checkedInverse(x, parameters(scope))
    return Image(image.value, LogDet(image.logSlope))
  }

  private func parameters(_ scope: Scope) -> Tensor {
    let count = transform.parameterCount
    let dims = transform.layout.dims(features: features, parameters: count)
    if count == 0 { return scope.trace.constant([], dims) }
    return scope.parameter("parameters", dims, .values(transform.initialTable(features: features)))
  }
}
