public import Tensors

/// x = fₙ(… f₂(f₁(z))): bijectors one after the other; log-dets are added.
public struct Chain: Bijector {
  /// f₁, f₂, …, fₙ in the direction from the base to the data.
  public let parts: [any Bijector]
  /// D
  public let features: Int
  /// The context that the parts share.
  public let contextFeatures: Int

  /// The parts in the order in which ``forward(_:_:)`` applies them.
  ///
  /// - Parameter parts: at least one; all of the same width, each one's image within the next one's
  ///   domain.
  public init(_ parts: [any Bijector]) {
    precondition(!parts.isEmpty, "a chain needs a part; use Identity for none")
    for (number, (part, next)) in zip(parts, parts.dropFirst()).enumerated() {
      precondition(
        part.features == next.features,
        "chain: part \(number) has \(part.features) features, part \(number + 1) has "
          + "\(next.features)")
      for (feature, (image, domain)) in zip(part.codomain, next.domain).enumerated() {
        precondition(
          domain.contains(image),
          "chain: part \(number) leads into \(image) in feature \(feature), but part "
            + "\(number + 1) is defined on \(domain)")
      }
    }
    self.parts = parts
    features = parts[0].features
    contextFeatures = commonContext("chain", parts.map(\.contextFeatures))
  }

  /// The domain of f₁
  public var domain: [Interval] { parts[0].domain }
  /// The codomain of fₙ
  public var codomain: [Interval] { parts[parts.count - 1].codomain }

  /// f₁ first
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    parts.indices.reduce(Image(z, .zero)) { image, number in
      let next = parts[number].forward(image.value, scope.child("\(number)"))
      return Image(next.value, image.logDet + next.logDet)
    }
  }

  /// fₙ⁻¹ first
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    parts.indices.reversed().reduce(Image(x, .zero)) { image, number in
      let next = parts[number].inverse(image.value, scope.child("\(number)"))
      return Image(next.value, image.logDet + next.logDet)
    }
  }
}
