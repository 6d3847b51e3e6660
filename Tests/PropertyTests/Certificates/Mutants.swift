import Formats

/// Every way in which a certificate is damaged: one value of it changed, left out, doubled or exchanged.
enum Mutants {
  /// The words of the format, each of which takes the place of any other.
  private static let words = [
    "bijective", "injective_not_surjective", "not_injective", "conditional", "undecided",
    "ill_posed", "yes", "no", "inverse", "triangular", "affine", "collision", "determinantSigns",
    "invarianceOfDomain", "missingPoint", "image", "condition", "stages", "both", "illPosed",
  ]

  /// Pieces of formulas and sets, and what takes their place.
  private static let exchanges = [
    ("<=", "<"), (">=", ">"), ("<", ">"), (">", "<"), ("==", "!="), ("!=", "=="), ("+", "-"),
    ("-", "+"), ("*", "+"), ("/", "*"), ("1", "2"), ("2", "3"), ("0", "1"), ("[", "("), ("(", "["),
    ("exp", "sinh"), ("R", "(0,inf)"), ("(0,inf)", "R"), ("z1", "z2"), ("x1", "x2"), ("x2", "x1"),
    (" and ", " or "), (" or ", " and "), ("sqrt", "cbrt"), ("cbrt", "sqrt"), ("log", "exp"),
  ]

  /// All of them, each with the place that was changed.
  static func all(of value: JSONValue) -> [(place: String, value: JSONValue)] {
    let texts = Array(Set(strings(in: value))).sorted()
    return mutants(of: value, at: "", texts)
  }

  private static func mutants(
    of value: JSONValue, at place: String, _ texts: [String]
  ) -> [(place: String, value: JSONValue)] {
    switch value {
    case .null: [.string("0"), .string("x1 > 0"), .integer(1)].map { (place, $0) }
    case .boolean(let truth): [(place, .boolean(!truth)), (place, .null)]
    case .integer(let number): [number - 1, number + 1, 0, .max].map { (place, .integer($0)) }
    case .number(let number): [(place, .number(number + 1))]
    case .string(let text): changed(text, texts).map { (place, .string($0)) } + [(place, .null)]
    case .array(let values): changed(values, at: place, texts)
    case .object(let fields): changed(fields, at: place, texts)
    }
  }

  private static func changed(_ text: String, _ texts: [String]) -> [String] {
    if words.contains(text) { return words.filter { $0 != text } }
    let edited = exchanges.compactMap { from, to in
      text.firstRange(of: from).map { text.replacingCharacters(in: $0, with: to) }
    }
    let wrapped = [
      "", "0", "1", "-(\(text))", "2*(\(text))", "(\(text))+1", String(text.dropLast()),
    ]
    let result = Set(edited + wrapped + texts.filter { $0.count < 40 }).subtracting([text])
    return result.sorted()
  }

  private static func changed(
    _ values: [JSONValue], at place: String, _ texts: [String]
  ) -> [(place: String, value: JSONValue)] {
    var result: [(place: String, value: JSONValue)] = []
    for (position, value) in values.enumerated() {
      func with(_ others: [JSONValue]) -> JSONValue {
        .array(Array(values[..<position]) + others + Array(values[(position + 1)...]))
      }
      let here = "\(place)[\(position)]"
      result += [(here, with([])), (here, with([value, value]))]
      result += mutants(of: value, at: here, texts).map { ($0.place, with([$0.value])) }
    }
    return result + (values.count > 1 ? [(place, .array(values.reversed()))] : [])
  }

  private static func changed(
    _ fields: [JSONValue.Field], at place: String, _ texts: [String]
  ) -> [(place: String, value: JSONValue)] {
    var result: [(place: String, value: JSONValue)] = [
      (place, .object(fields + [.init("more", .null)]))
    ]
    for (position, field) in fields.enumerated() {
      func with(_ value: JSONValue?) -> JSONValue {
        let own = value.map { [JSONValue.Field(field.name, $0)] } ?? []
        return .object(Array(fields[..<position]) + own + Array(fields[(position + 1)...]))
      }
      let here = "\(place).\(field.name)"
      result.append((here, with(nil)))
      result += mutants(of: field.value, at: here, texts).map { ($0.place, with($0.value)) }
    }
    return result
  }

  private static func strings(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let values): values.flatMap(strings)
    case .object(let fields): fields.flatMap { strings(in: $0.value) }
    case .null, .boolean, .integer, .number: []
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
