import Formats
import Symbolics

extension MapClaim {
  /// The claim as JSON; what is not claimed is null.
  var json: JSONValue {
    .object([
      .init("verdict", .string(kind.rawValue)), .init("injective", .string(injective.rawValue)),
      .init("surjective", .string(surjective.rawValue)),
      .init("condition", .optional(condition) { .string($0.exactText) }),
      .init("verdictIfTrue", .optional(kindIfTrue) { .string($0.rawValue) }),
      .init("verdictIfFalse", .optional(kindIfFalse) { .string($0.rawValue) }),
      .init("inverse", .optional(inverse) { .formulas($0) }),
      .init("image", .optional(image) { .string($0.exactText) }),
    ])
  }

  /// The claim that stands at `place`.
  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireFields(among: [
      "verdict", "injective", "surjective", "condition", "verdictIfTrue", "verdictIfFalse",
      "inverse", "image",
    ])
    var condition: Predicate?
    if let there = try place.optional("condition") {
      condition = try reader.predicate(there, in: .neither)
    }
    var inverse: [Expression]?
    if let there = try place.optional("inverse") {
      inverse = try reader.formulas(there, in: .outputs)
    }
    var image: Predicate?
    if let there = try place.optional("image") {
      image = try reader.predicate(there, in: .outputs)
    }
    self.init(
      kind: try place.field("verdict").choice(Verdict.Kind.self),
      injective: try place.field("injective").choice(Verdict.Answer.self),
      surjective: try place.field("surjective").choice(Verdict.Answer.self), condition: condition,
      kindIfTrue: try place.optional("verdictIfTrue")?.choice(Verdict.Kind.self),
      kindIfFalse: try place.optional("verdictIfFalse")?.choice(Verdict.Kind.self),
      inverse: inverse, image: image)
  }
}
