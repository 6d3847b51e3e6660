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
    let text = try place.text()
    do {
      return try Formula.parse(text, names: .only(symbols(names)), syntax: .corpus)
    } catch {
      throw place.failure(error)
    }
  }

  func formulas(_ place: JSONPlace, in names: Names) throws(FormatError) -> [Expression] {
    var result: [Expression] = []
    for entry in try place.entries() { result.append(try formula(entry, in: names)) }
    return result
  }

  func predicate(_ place: JSONPlace, in names: Names) throws(FormatError) -> Predicate {
    let text = try place.text()
    do {
      return try Formula.parsePredicate(text, names: .only(symbols(names)), syntax: .corpus)
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

  private func box(
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
    case .neither: parameters
    case .inputs: parameters + problem.inputs
    case .outputs: parameters + problem.outputs
    case .both: parameters + problem.inputs + problem.outputs
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
