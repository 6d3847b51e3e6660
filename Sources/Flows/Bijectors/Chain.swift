public import Tensors

/// x = fₙ(… f₂(f₁(z))): bijectors one after the other; log-dets are added.
public struct Chain: Bijector {
  /// f₁, f₂, …, fₙ in the direction from the base to the data.
  public let parts: [any Bijector]
  /// D
  public let features: Int
  /// The context that the parts share.
  public let contextFeatures: Int
  /// That of f₁; where it leaves features unchanged, that of what follows
  public let domain: [Interval]
  /// That of fₙ; where it leaves features unchanged, that of what comes before
  public let codomain: [Interval]

  /// The parts in the order in which ``forward(_:_:)`` applies them.
  ///
  /// - Parameter parts: at least one; all of the same width, each one's image within the next one's
  ///   domain.
  public init(_ parts: [any Bijector]) {
    require(!parts.isEmpty, "a chain needs a part; use Identity for none")
    for part in parts { part.requireSides() }
    for (number, (part, next)) in zip(parts, parts.dropFirst()).enumerated() {
      require(
        part.features == next.features,
        "chain: part \(number) has \(part.features) features, part \(number + 1) has "
          + "\(next.features)")
    }
    domain = Chain.domain(of: parts)
    codomain = parts.reduce(domain) { $1.image(of: $0) }
    self.parts = parts
    features = parts[0].features
    contextFeatures = commonContext("chain", parts.map(\.contextFeatures))
  }

  /// Those that no part computes
  public var unchanged: [Int?] {
    parts.reduce((0..<features).map { $0 }) { before, part in
      part.unchanged.map { source in source.flatMap { before[$0] } }
    }
  }

  /// Where z may lie so that each part leads into the domain of the next one.
  private static func domain(of parts: [any Bijector]) -> [Interval] {
    let last = parts.count - 1
    return parts.indices.reversed().reduce(parts[last].codomain) { sides, number in
      let part = parts[number]
      let unchanged = part.unchanged
      for (feature, image) in part.codomain.enumerated() where unchanged[feature] == nil {
        require(
          sides[feature].contains(image),
          "chain: part \(number) leads into \(image) in feature \(feature), but part "
            + "\(number + 1) is defined on \(sides[feature])")
      }
      return part.preimage(of: sides)
    }
  }

  /// f₁ first
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    parts.indices.reduce(Image(z, .zero)) { image, number in
      let next = parts[number].checkedForward(image.value, scope.child("\(number)"))
      return Image(next.value, image.logDet + next.logDet)
    }
  }

  /// fₙ⁻¹ first
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    parts.indices.reversed().reduce(Image(x, .zero)) { image, number in
      let next = parts[number].checkedInverse(image.value, scope.child("\(number)"))
      return Image(next.value, image.logDet + next.logDet)
    }
  }
}
