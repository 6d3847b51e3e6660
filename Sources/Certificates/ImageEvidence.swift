public import Symbolics

/// f(X) = {x : `image`}, shown both ways: every value of f satisfies `image`, and every point that
/// does has a preimage by one of `sections`.
public struct ImageEvidence: Sendable {
  /// The image as a predicate on x.
  public let image: Predicate
  /// Preimages that together cover the image.
  public let sections: [ImageSection]
  /// The image `image`, covered by `sections`.
  public init(image: Predicate, sections: [ImageSection]) {
    self.image = image
    self.sections = sections
  }
}

/// Where `condition` holds of x, `preimage` is a point z of the domain with f(z) = x.
public struct ImageSection: Sendable {
  /// On x: where `preimage` is one.
  public let condition: Predicate
  /// z as formulas in x.
  public let preimage: [Expression]
  /// f(`preimage`) = x where `condition` holds.
  public init(_ condition: Predicate, preimage: [Expression]) {
    self.condition = condition
    self.preimage = preimage
  }
}
