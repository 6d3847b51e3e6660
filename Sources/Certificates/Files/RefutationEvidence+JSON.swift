import Formats
import Symbolics

extension CollisionEvidence {
  var fields: [JSONValue.Field] {
    [
      .init("first", .formulas(first)), .init("second", .formulas(second)),
      .init("image", .formulas(image)),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["first", "second", "image"])
    self.init(
      first: try reader.formulas(place.field("first"), in: .neither),
      second: try reader.formulas(place.field("second"), in: .neither),
      image: try reader.formulas(place.field("image"), in: .neither))
  }
}

extension DeterminantSignEvidence {
  var fields: [JSONValue.Field] {
    [
      .init("positive", .formulas(positive)), .init("negative", .formulas(negative)),
      .init("determinant", .string(determinant.exactText)),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["positive", "negative", "determinant"])
    self.init(
      positive: try reader.formulas(place.field("positive"), in: .neither),
      negative: try reader.formulas(place.field("negative"), in: .neither),
      determinant: try reader.formula(place.field("determinant"), in: .inputs))
  }
}

extension MissingPointEvidence {
  var fields: [JSONValue.Field] {
    [
      .init("point", .formulas(point)),
      .init("necessary", .optional(necessary) { .string($0.exactText) }),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["point", "necessary"])
    var necessary: Predicate?
    if let there = try place.optional("necessary") {
      necessary = try reader.predicate(there, in: .outputs)
    }
    self.init(
      point: try reader.formulas(place.field("point"), in: .neither), necessary: necessary,
      reason: necessary.map { "every value of f satisfies \($0.text)" } ?? "it has no preimage")
  }
}

extension ImageEvidence {
  var fields: [JSONValue.Field] {
    [
      .init("image", .string(image.exactText)), .init("sections", .array(sections.map(\.json))),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["image", "sections"])
    var sections: [ImageSection] = []
    for entry in try place.field("sections").entries() {
      sections.append(try ImageSection(reading: entry, reader))
    }
    self.init(
      image: try reader.predicate(place.field("image"), in: .outputs), sections: sections)
  }
}

extension ImageSection {
  fileprivate var json: JSONValue {
    .object([
      .init("condition", .string(condition.exactText)), .init("preimage", .formulas(preimage)),
    ])
  }

  fileprivate init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireFields(among: ["condition", "preimage"])
    self.init(
      try reader.predicate(place.field("condition"), in: .outputs),
      preimage: try reader.formulas(place.field("preimage"), in: .outputs))
  }
}

extension IllPosedEvidence {
  /// `stage` counts from 1, where values leave the set of a stage; null where a formula is undefined.
  var fields: [JSONValue.Field] {
    let values = parameters.keys.sorted().map {
      JSONValue.Field($0.name, .string(parameters[$0]!.exactText))
    }
    let stage: Int? = if case .values(let stage) = cause { stage + 1 } else { nil }
    return [
      .init("witness", .formulas(witness)), .init("parameters", .object(values)),
      .init("stage", .optional(stage) { .integer($0) }),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["witness", "parameters", "stage"])
    var values: [Symbol: Expression] = [:]
    for (name, value) in try place.field("parameters").fields() {
      guard reader.parameters.contains(Symbol(name)) else {
        throw value.failure("is no parameter of the map")
      }
      values[Symbol(name)] = try reader.formula(value, in: .neither)
    }
    let stage = try place.optional("stage")?.integer()
    self.init(
      witness: try reader.formulas(place.field("witness"), in: .neither), parameters: values,
      violated: .never, cause: stage.map { .values(stage: $0 - 1) } ?? .operation("an operation"),
      suggestion: nil)
  }
}
