public import Tensors

/// x = (f₁(z₁), f₂(z₂), …): each part acts on features of its own, one part after the other.
public struct Concatenate: Bijector {
  /// f₁, f₂, …
  public let parts: [any Bijector]
  /// D, the sum of the parts' features
  public let features: Int
  /// The context that the parts share.
  public let contextFeatures: Int

  /// The parts in the order of their features.
  ///
  /// - Parameter parts: at least one.
  public init(_ parts: [any Bijector]) {
    require(!parts.isEmpty, "a concatenation needs a part")
    for part in parts { part.requireSides() }
    self.parts = parts
    features = parts.reduce(0) { $0 + $1.features }
    requireFeatures(features)
    contextFeatures = commonContext("concatenation", parts.map(\.contextFeatures))
  }

  /// The domains of the parts
  public var domain: [Interval] { parts.flatMap(\.domain) }
  /// The codomains of the parts
  public var codomain: [Interval] { parts.flatMap(\.codomain) }
  /// Those of the parts
  public var unchanged: [Int?] {
    var start = 0
    return parts.flatMap { part in
      defer { start += part.features }
      return part.unchanged.map { source in source.map { $0 + start } }
    }
  }

  /// Each part forward
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    joined(z, scope) { $0.checkedForward($1, $2) }
  }

  /// Each part's inverse
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    joined(x, scope) { $0.checkedInverse($1, $2) }
  }

  private func joined(
    _ x: Tensor, _ scope: Scope, _ apply: (any Bijector, Tensor, Scope) -> Image
  ) -> Image {
    var start = 0
    let images = parts.enumerated().map { number, part in
      let own = x.slice(start..<start + part.features)
      start += part.features
      return apply(part, own, scope.child("\(number)"))
    }
    return Image(
      Tensor.concatenated(images.map(\.value)), images.reduce(.zero) { $0 + $1.logDet })
  }
}
