/// A value inside a JSON text, which knows where it stands, so that errors can say so.
public struct JSONPlace: Sendable {
  /// What stands there.
  public let value: JSONValue
  /// The way from the outermost value, `evidence.steps[2].output`; empty for the outermost.
  public let path: String
  /// The name of the file.
  public let file: String
  /// The line of the file, where it has a value on each.
  public let line: Int?

  /// The outermost value of a text.
  public init(_ value: JSONValue, file: String, line: Int? = nil) {
    self.init(value, path: "", file: file, line: line)
  }

  private init(_ value: JSONValue, path: String, file: String, line: Int?) {
    (self.value, self.path, self.file, self.line) = (value, path, file, line)
  }

  /// The error that `expected` should stand here.
  public func failure(expected: String, hint: String? = nil) -> FormatError {
    failure("found \(shown)", expected: expected, hint: hint)
  }

  /// An error about what stands here.
  public func failure(_ found: String, expected: String? = nil, hint: String? = nil) -> FormatError
  {
    FormatError(
      .badContent, file: file, line: line, found: (path.isEmpty ? "" : "\(path): ") + found,
      expected: expected, hint: hint)
  }

  /// The value of a field that must be there; `null` counts as absent.
  public func field(_ name: String) throws(FormatError) -> JSONPlace {
    guard let place = try optional(name) else {
      throw failure("found no '\(name)'", hint: "the file is cut, or not of this kind")
    }
    return place
  }

  /// The value of a field, or nil where it is absent or `null`.
  public func optional(_ name: String) throws(FormatError) -> JSONPlace? {
    guard case .object(let fields) = value else { throw failure(expected: "an object") }
    guard let field = fields.first(where: { $0.name == name }), field.value != .null else {
      return nil
    }
    return JSONPlace(
      field.value, path: path.isEmpty ? name : "\(path).\(name)", file: file, line: line)
  }

  /// The names of the fields, all among `known`; that none is there twice is seen when a text is read.
  public func requireFields(among known: [String]) throws(FormatError) {
    guard case .object(let fields) = value else { throw failure(expected: "an object") }
    for field in fields where !known.contains(field.name) {
      throw failure(
        "found a field \(FormatError.quote(field.name.utf8))",
        expected: "only \(known.joined(separator: ", "))")
    }
  }

  /// The fields of an object, with their names.
  public func fields() throws(FormatError) -> [(name: String, place: JSONPlace)] {
    guard case .object(let fields) = value else { throw failure(expected: "an object") }
    return fields.map {
      ($0.name, JSONPlace($0.value, path: "\(path).\($0.name)", file: file, line: line))
    }
  }

  /// The entries of a list.
  public func entries() throws(FormatError) -> [JSONPlace] {
    guard case .array(let values) = value else { throw failure(expected: "a list") }
    return values.enumerated().map {
      JSONPlace($1, path: "\(path)[\($0)]", file: file, line: line)
    }
  }

  /// The text that stands here.
  public func text() throws(FormatError) -> String {
    guard case .string(let text) = value else { throw failure(expected: "a text") }
    return text
  }

  /// The whole number that stands here.
  public func integer() throws(FormatError) -> Int {
    guard case .integer(let number) = value else { throw failure(expected: "a whole number") }
    return number
  }

  /// The truth value that stands here.
  public func boolean() throws(FormatError) -> Bool {
    guard case .boolean(let truth) = value else { throw failure(expected: "true or false") }
    return truth
  }

  /// The case of `Choice` whose raw value stands here.
  public func choice<Choice>(
    _: Choice.Type
  ) throws(FormatError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      throw failure(expected: Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  private var shown: String {
    switch value {
    case .null: "null"
    case .boolean(let truth): "\(truth)"
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .string(let text): FormatError.quote(text.utf8)
    case .array: "a list"
    case .object: "an object"
    }
  }
}
