import Formats
import Symbolics

/// Reads formulas of a certificate: each may use the parameters of the map and, depending on where it
/// stands, the inputs, the outputs or both.
struct FormulaReader {
  let problem: Problem

  init(_ problem: Problem) { self.problem = problem }

  var parameters: [Symbol] { problem.parameters.map(\.symbol) }

  /// What a formula may be about, besides parameters.
  enum Names { case neither, inputs, outputs, both }

  func formula(_ place: JSONPlace, in names: Names) throws(FormatError) -> Expression {
    try formula(place, about: symbols(names))
  }

  /// A formula in parameters and other names.
  func formula(_ place: JSONPlace, about names: [Symbol]) throws(FormatError) -> Expression {
    let text = try place.text()
    do {
      return try Formula.parse(text, names: .only(parameters + names), syntax: .corpus)
    } catch {
      throw place.failure(error)
    }
  }

  /// Rows of formulas in the parameters alone.
  func matrix(_ place: JSONPlace) throws(FormatError) -> [[Expression]] {
    var rows: [[Expression]] = []
    for row in try place.entries() { rows.append(try formulas(row, in: .neither)) }
    return rows
  }

  func formulas(_ place: JSONPlace, in names: Names) throws(FormatError) -> [Expression] {
    try formulas(place, about: symbols(names))
  }

  func formulas(_ place: JSONPlace, about names: [Symbol]) throws(FormatError) -> [Expression] {
    var result: [Expression] = []
    for entry in try place.entries() { result.append(try formula(entry, about: names)) }
    return result
  }

  /// Names that the evidence introduces: all different, and none of a parameter.
  func newSymbols(_ places: [JSONPlace]) throws(FormatError) -> [Symbol] {
    var found: [Symbol] = []
    for place in places {
      let symbol = Symbol(try place.text())
      guard !(found + parameters).contains(symbol) else {
        throw place.failure(expected: "a name that is used for nothing else")
      }
      found.append(symbol)
    }
    return found
  }

  func predicate(_ place: JSONPlace, in names: Names) throws(FormatError) -> Predicate {
    let text = try place.text()
    do {
      return try Formula.parsePredicate(
        text, names: .only(parameters + symbols(names)), syntax: .corpus)
    } catch {
      throw place.failure(error)
    }
  }

  /// The name of one of `symbols`.
  func symbol(_ place: JSONPlace, among symbols: [Symbol]) throws(FormatError) -> Symbol {
    let symbol = Symbol(try place.text())
    guard symbols.contains(symbol) else {
      throw place.failure(expected: symbols.map(\.name).joined(separator: ", "))
    }
    return symbol
  }

  /// A set in some of the outputs: `{"coordinates": ["x1", "x2"], "box": "(0,1) x R", "where": "x1 < x2"}`.
  func region(_ place: JSONPlace) throws(FormatError) -> Region {
    try place.requireFields(among: ["coordinates", "box", "where"])
    var coordinates: [Symbol] = []
    for entry in try place.field("coordinates").entries() {
      let symbol = try symbol(entry, among: problem.outputs)
      if coordinates.contains(symbol) { throw entry.failure(expected: "each coordinate once") }
      coordinates.append(symbol)
    }
    var region = try box(place.field("box"), coordinates)
    if let condition = try place.optional("where") {
      region.predicate = try predicate(condition, in: .outputs)
    }
    return region
  }

  /// Intervals for coordinates, one each: `(0,1) x R`.
  func box(
    _ place: JSONPlace, _ coordinates: [Symbol]
  ) throws(FormatError) -> Region {
    let text = try place.text()
    do {
      return try Formula.parseRegion(text, coordinates: coordinates, parameters: parameters)
    } catch {
      throw place.failure(error)
    }
  }

  private func symbols(_ names: Names) -> [Symbol] {
    switch names {
    case .neither: []
    case .inputs: problem.inputs
    case .outputs: problem.outputs
    case .both: problem.inputs + problem.outputs
    }
  }
}

extension JSONPlace {
  /// What the parser says of the text that stands here: the first error.
  func failure(_ error: ParseFailure) -> FormatError {
    let first = error.diagnostics.first { $0.severity == .error }
    return failure(first?.message ?? "found no formula", hint: first?.hint)
  }
}

extension Region {
  /// A set in coordinates that may be some of a map's outputs.
  var json: JSONValue {
    var box = self
    box.predicate = .always
    return .object([
      .init("coordinates", .strings(coordinates.map(\.name))),
      .init("box", .string(box.exactText)),
      .init("where", isProduct ? .null : .string(predicate.exactText)),
    ])
  }
}

extension JSONValue {
  /// Formulas, each as text.
  static func formulas(_ formulas: [Expression]) -> JSONValue {
    .strings(formulas.map(\.exactText))
  }
}
