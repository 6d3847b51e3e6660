public import Tensors

/// x = z
public struct Identity: Bijector {
  /// D
  public let features: Int

  /// The identity of `features` features.
  ///
  /// - Parameter features: D
  public init(_ features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// All
  public var unchanged: [Int?] { (0..<features).map { $0 } }

  /// z
  public func forward(_ z: Tensor, _ scope: Scope) -> Image { Image(z, .zero) }

  /// x
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image { Image(x, .zero) }
}
