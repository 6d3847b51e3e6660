public import Tensors

/// x = f⁻¹(z): a bijector with its directions exchanged.
public struct Inverse: Bijector {
  /// f
  public let original: any Bijector

  /// f⁻¹; the inverse of an inverse is the bijector itself where it is asked for as
  /// ``Bijector/inverted``.
  ///
  /// - Parameter original: f
  public init(_ original: any Bijector) {
    original.requireSides()
    self.original = original
  }

  /// D
  public var features: Int { original.features }
  /// C of f
  public var contextFeatures: Int { original.contextFeatures }
  /// The codomain of f
  public var domain: [Interval] { original.codomain }
  /// The domain of f
  public var codomain: [Interval] { original.domain }
  /// Those of f, seen from x
  public var unchanged: [Int?] {
    var found = [Int?](repeating: nil, count: features)
    for (target, source) in original.unchanged.enumerated() {
      if let source { found[source] = target }
    }
    return found
  }
  /// f
  public var inverted: any Bijector { original }

  /// f⁻¹(z)
  public func forward(_ z: Tensor, _ scope: Scope) -> Image { original.inverse(z, scope) }

  /// f(x)
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image { original.forward(x, scope) }
}
