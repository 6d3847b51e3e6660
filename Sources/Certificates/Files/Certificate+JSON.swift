import Formats
import Symbolics

/// The kinds of evidence, by the word in `type`.
enum EvidenceType: String, CaseIterable {
  case inverse, triangular, affine, radial, univalent, solver, coercive, regular, factored
  case collision, determinantSigns, invarianceOfDomain, missingPoint
  case image, condition, stages, both, illPosed
}

extension Certificate {
  /// The evidence with its kind in `type`.
  var json: JSONValue {
    switch self {
    case .inverse(let evidence): .evidence(.inverse, evidence.fields)
    case .triangular(let evidence): .evidence(.triangular, evidence.fields)
    case .affine(let evidence): .evidence(.affine, evidence.fields)
    case .radial(let evidence): .evidence(.radial, evidence.fields)
    case .univalent(let evidence): .evidence(.univalent, evidence.fields)
    case .solver(let evidence): .evidence(.solver, evidence.fields)
    case .coercive(let evidence): .evidence(.coercive, evidence.fields)
    case .regular: .evidence(.regular, [])
    case .factored(let evidence): .evidence(.factored, evidence.fields)
    case .collision(let evidence): .evidence(.collision, evidence.fields)
    case .determinantSigns(let evidence): .evidence(.determinantSigns, evidence.fields)
    case .invarianceOfDomain: .evidence(.invarianceOfDomain, [])
    case .missingPoint(let evidence): .evidence(.missingPoint, evidence.fields)
    case .image(let evidence): .evidence(.image, evidence.fields)
    case .condition(let condition, let ifTrue, let ifFalse):
      .evidence(
        .condition,
        [
          .init("condition", .string(condition.exactText)), .init("ifTrue", ifTrue.json),
          .init("ifFalse", ifFalse.json),
        ])
    case .stages(let parts): .evidence(.stages, [.init("parts", .array(parts.map(\.json)))])
    case .both(let parts): .evidence(.both, [.init("parts", .array(parts.map(\.json)))])
    case .illPosed(let evidence): .evidence(.illPosed, evidence.fields)
    }
  }

  /// The evidence that stands at `place`, about the map of `reader`.
  init(reading place: JSONPlace, _ reader: FormulaReader) throws(FormatError) {
    switch try place.field("type").choice(EvidenceType.self) {
    case .inverse: self = .inverse(try InverseEvidence(reading: place, reader))
    case .triangular: self = .triangular(try TriangularEvidence(reading: place, reader))
    case .affine: self = .affine(try AffineEvidence(reading: place, reader))
    case .radial: self = .radial(try RadialEvidence(reading: place, reader))
    case .univalent: self = .univalent(try UnivalenceEvidence(reading: place, reader))
    case .solver: self = .solver(try SolverEvidence(reading: place))
    case .coercive: self = .coercive(try CoercivityEvidence(reading: place, reader))
    case .regular:
      try place.requireEvidence([])
      self = .regular
    case .factored: self = .factored(try FactorEvidence(reading: place, reader))
    case .collision: self = .collision(try CollisionEvidence(reading: place, reader))
    case .determinantSigns:
      self = .determinantSigns(try DeterminantSignEvidence(reading: place, reader))
    case .invarianceOfDomain:
      try place.requireEvidence([])
      self = .invarianceOfDomain
    case .missingPoint: self = .missingPoint(try MissingPointEvidence(reading: place, reader))
    case .image: self = .image(try ImageEvidence(reading: place, reader))
    case .condition:
      try place.requireEvidence(["condition", "ifTrue", "ifFalse"])
      self = .condition(
        try reader.predicate(place.field("condition"), in: .neither),
        ifTrue: try Certificate(reading: place.field("ifTrue"), reader),
        ifFalse: try Certificate(reading: place.field("ifFalse"), reader))
    case .stages: self = .stages(try Self.stages(at: place, reader))
    case .both:
      try place.requireEvidence(["parts"])
      var parts: [Certificate] = []
      for part in try place.field("parts").entries() {
        parts.append(try Certificate(reading: part, reader))
      }
      self = .both(parts)
    case .illPosed: self = .illPosed(try IllPosedEvidence(reading: place, reader))
    }
  }

  /// A certificate for each stage, in the stage's own inputs and outputs.
  private static func stages(
    at place: JSONPlace, _ reader: FormulaReader
  ) throws(FormatError) -> [Certificate] {
    try place.requireEvidence(["parts"])
    let list = try place.field("parts")
    let (problem, entries) = (reader.problem, try list.entries())
    guard entries.count == problem.stages.count else {
      throw list.failure("found \(entries.count) parts", expected: "\(problem.stages.count)")
    }
    var domain = problem.domain
    var parts: [Certificate] = []
    for (entry, stage) in zip(entries, problem.stages) {
      let single = Problem(
        name: problem.name, parameters: problem.parameters, domain: domain, stages: [stage])
      parts.append(try Certificate(reading: entry, FormulaReader(single)))
      domain = stage.codomain
    }
    return parts
  }
}

extension JSONValue {
  static func evidence(_ type: EvidenceType, _ fields: [Field]) -> JSONValue {
    .object([Field("type", .string(type.rawValue))] + fields)
  }
}

extension JSONPlace {
  /// Evidence has its type and these fields, and no others.
  func requireEvidence(_ fields: [String]) throws(FormatError) {
    try requireFields(among: ["type"] + fields)
  }
}
