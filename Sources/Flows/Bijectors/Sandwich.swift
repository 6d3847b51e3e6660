public import Tensors

/// x = g⁻¹(f(g(z))): f in the coordinates that g leads to; log|det J| adds up those of g, f and g⁻¹.
///
/// Both uses of g share its parameters.
public struct Sandwich: Bijector {
  /// g
  public let outer: any Bijector
  /// f
  public let inner: any Bijector
  /// The context that both share.
  public let contextFeatures: Int

  /// f between g and its inverse.
  ///
  /// - Parameters:
  ///   - outer: g
  ///   - inner: f, from the image of g to the image of g.
  public init(_ outer: any Bijector, around inner: any Bijector) {
    for part in [outer, inner] { part.requireSides() }
    require(
      outer.features == inner.features,
      "sandwich: an outer part of \(outer.features) features, an inner one of \(inner.features)")
    let (domain, images) = (inner.domain, inner.image(of: outer.codomain))
    for (feature, image) in outer.codomain.enumerated() {
      require(
        domain[feature].contains(image) && image.contains(images[feature]),
        "sandwich: in feature \(feature) the outer part leads into \(image), the inner one from "
          + "\(domain[feature]) into \(images[feature])")
    }
    self.outer = outer
    self.inner = inner
    contextFeatures = commonContext("sandwich", [outer.contextFeatures, inner.contextFeatures])
  }

  /// D
  public var features: Int { outer.features }
  /// The domain of g
  public var domain: [Interval] { outer.domain }
  /// The domain of g
  public var codomain: [Interval] { outer.domain }

  /// g⁻¹(f(g(z)))
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    around(z, scope) { inner.checkedForward($0, $1) }
  }

  /// g⁻¹(f⁻¹(g(x)))
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    around(x, scope) { inner.checkedInverse($0, $1) }
  }

  private func around(
    _ x: Tensor, _ scope: Scope, _ apply: (Tensor, Scope) -> Image
  ) -> Image {
    let inside = outer.checkedForward(x, scope.child("outer"))
    let moved = apply(inside.value, scope.child("inner"))
    let image = outer.checkedInverse(moved.value, scope.child("outer"))
    return Image(image.value, inside.logDet + moved.logDet + image.logDet)
  }
}
