import Formats
import Symbolics

extension RadialEvidence {
  var fields: [JSONValue.Field] {
    [
      .init("center", .formulas(center)), .init("image", .formulas(image)),
      .init("radius", .string(radius.name)), .init("formula", .string(formula.exactText)),
      .init("radii", .string(Region(coordinates: [radius], intervals: [radii]).exactText)),
    ]
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["center", "image", "radius", "formula", "radii"])
    let radius = try reader.newSymbols([place.field("radius")])[0]
    let radii = try reader.box(place.field("radii"), [radius])
    self.init(
      center: try reader.formulas(place.field("center"), in: .neither),
      image: try reader.formulas(place.field("image"), in: .neither), radius: radius,
      formula: try reader.formula(place.field("formula"), about: [radius]),
      radii: radii.intervals[0])
  }
}

extension UnivalenceEvidence {
  private enum RuleName: String, CaseIterable {
    case stronglyMonotone, strictlyMonotone, positiveMinors
  }

  var fields: [JSONValue.Field] {
    switch rule {
    case .stronglyMonotone(let bound):
      [
        .init("rule", .string(RuleName.stronglyMonotone.rawValue)),
        .init("bound", .string(Expression(bound).exactText)),
      ]
    case .strictlyMonotone: [.init("rule", .string(RuleName.strictlyMonotone.rawValue))]
    case .positiveMinors: [.init("rule", .string(RuleName.positiveMinors.rawValue))]
    }
  }

  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    let rule = try place.field("rule").choice(RuleName.self)
    try place.requireEvidence(rule == .stronglyMonotone ? ["rule", "bound"] : ["rule"])
    switch rule {
    case .stronglyMonotone:
      let there = try place.field("bound")
      guard let bound = try reader.formula(there, about: []).rationalValue else {
        throw there.failure(expected: "a rational number")
      }
      self.init(.stronglyMonotone(bound))
    case .strictlyMonotone: self.init(.strictlyMonotone)
    case .positiveMinors: self.init(.positiveMinors)
    }
  }
}

extension FactorEvidence {
  var fields: [JSONValue.Field] {
    let maps = stages.map { stage in
      JSONValue.object([
        .init("formulas", .formulas(stage.formulas)), .init("codomain", stage.codomain.json),
      ])
    }
    return [
      .init("stages", .array(maps)), .init("parts", .array(parts.map(\.json))),
    ]
  }

  /// Each stage is about the coordinates of the one before, the first about the inputs of the map.
  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    try place.requireEvidence(["stages", "parts"])
    let (list, parts) = (try place.field("stages"), try place.field("parts").entries())
    let entries = try list.entries()
    guard !entries.isEmpty, entries.count == parts.count else {
      throw list.failure("found \(entries.count) stages", expected: "one for each part")
    }
    var (domain, inputs) = (reader.problem.domain, reader.problem.inputs)
    var stages: [Stage] = []
    var certificates: [Certificate] = []
    for (entry, part) in zip(entries, parts) {
      let stage = try Self.stage(at: entry, of: inputs, in: domain, reader)
      let single = Problem(
        name: reader.problem.name, parameters: reader.problem.parameters, domain: domain,
        stages: [stage])
      certificates.append(try Certificate(reading: part, FormulaReader(single)))
      stages.append(stage)
      (domain, inputs) = (stage.codomain, stage.outputs)
    }
    self.init(stages: stages, parts: certificates)
  }

  private static func stage(
    at place: JSONPlace, of inputs: [Symbol], in domain: Region, _ reader: FormulaReader
  ) throws(FormatError) -> Stage {
    try place.requireFields(among: ["formulas", "codomain"])
    let there = try place.field("codomain")
    let outputs = try reader.newSymbols(there.field("coordinates").entries())
    let formulas = try place.field("formulas")
    let found = try reader.formulas(formulas, about: inputs)
    guard !outputs.isEmpty, found.count == outputs.count else {
      throw formulas.failure("found \(found.count) formulas", expected: "\(outputs.count)")
    }
    let space = Region(coordinates: outputs, intervals: outputs.map { _ in .reals })
    let onto = Stage(inputs: inputs, formulas: found, codomain: space)
    let whole = Problem(
      name: reader.problem.name, parameters: reader.problem.parameters, domain: domain,
      stages: [onto])
    return Stage(
      inputs: inputs, formulas: found, codomain: try FormulaReader(whole).region(there))
  }
}
