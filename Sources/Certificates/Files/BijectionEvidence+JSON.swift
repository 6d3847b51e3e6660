import Formats
import Symbolics

extension InverseEvidence {
  var fields: [JSONValue.Field] {
    [.init("inverse", .formulas(inverse)), .init("image", image.json)]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["inverse", "image"])
    self.init(
      inverse: try reader.formulas(place.field("inverse"), in: .outputs), derivation: [],
      image: try reader.region(place.field("image")))
  }
}

extension TriangularEvidence {
  var fields: [JSONValue.Field] {
    [.init("equations", .array(equations.map(\.json))), .init("image", image.json)]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["equations", "image"])
    var equations: [SolvedEquation] = []
    for entry in try place.field("equations").entries() {
      equations.append(try SolvedEquation(reading: entry, reader))
    }
    self.init(equations: equations, image: try reader.region(place.field("image")))
  }
}

extension SolvedEquation {
  fileprivate var json: JSONValue {
    .object([
      .init("output", .string(output.name)), .init("variable", .string(variable.name)),
      .init("equation", .string(equation.exactText)),
      .init("isSubstituted", .boolean(isSubstituted)),
    ])
  }

  fileprivate init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireFields(among: ["output", "variable", "equation", "isSubstituted"])
    self.init(
      output: try reader.symbol(place.field("output"), among: reader.problem.outputs),
      variable: try reader.symbol(place.field("variable"), among: reader.problem.inputs),
      equation: try reader.formula(place.field("equation"), in: .both),
      isSubstituted: try place.field("isSubstituted").boolean())
  }
}

extension AffineEvidence {
  var fields: [JSONValue.Field] {
    [
      .init("matrix", .array(matrix.map { .formulas($0) })), .init("offset", .formulas(offset)),
      .init("determinant", .string(determinant.exactText)),
      .init("kernel", kernel.map { .array($0.map(\.json)) } ?? .null),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["matrix", "offset", "determinant", "kernel"])
    var kernel: [KernelVector]?
    if let stated = try place.optional("kernel") {
      kernel = []
      for entry in try stated.entries() { kernel?.append(try KernelVector(reading: entry, reader)) }
    }
    self.init(
      matrix: try reader.matrix(place.field("matrix")),
      offset: try reader.formulas(place.field("offset"), in: .neither),
      determinant: try reader.formula(place.field("determinant"), in: .neither), kernel: kernel)
  }
}

extension KernelVector {
  fileprivate var json: JSONValue {
    .object([
      .init("vector", .formulas(vector)), .init("condition", .string(condition.exactText)),
    ])
  }

  fileprivate init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireFields(among: ["vector", "condition"])
    self.init(
      try reader.formulas(place.field("vector"), in: .neither),
      when: try reader.predicate(place.field("condition"), in: .neither))
  }
}
