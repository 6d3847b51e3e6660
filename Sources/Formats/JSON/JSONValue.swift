/// A JSON value whose objects keep the order of their fields, so that the same answer is the same
/// bytes in every run.
public indirect enum JSONValue: Equatable, Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A finite number as its shortest decimal form; infinities and NaN are written as null.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Fields with names, in the order in which they are written.
  case object([Field])

  /// One field of an object.
  public struct Field: Equatable, Sendable {
    /// The name before the colon.
    public let name: String
    /// What stands after it.
    public let value: JSONValue
    /// `name`: `value`
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value, or null.
  public static func optional<T>(_ value: T?, _ make: (T) -> JSONValue) -> JSONValue {
    value.map(make) ?? .null
  }

  /// A list of strings.
  public static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

  /// The value on one line.
  public var line: String {
    var text = ""
    write(into: &text, indent: nil)
    return text
  }

  /// The value with a line for each field, for people who look at it.
  public var page: String {
    var text = ""
    write(into: &text, indent: 0)
    return text
  }

  private func write(into text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += Self.spelled(value)
    case .string(let value): Self.quote(value, into: &text)
    case .array(let values):
      Self.list(
        values, "[", "]", into: &text, indent: values.contains { $0.isObject } ? indent : nil
      ) { value, text, inner in value.write(into: &text, indent: inner) }
    case .object(let fields):
      Self.list(fields, "{", "}", into: &text, indent: indent) { field, text, inner in
        Self.quote(field.name, into: &text)
        text += inner == nil ? ":" : ": "
        field.value.write(into: &text, indent: inner)
      }
    }
  }

  private var isObject: Bool { if case .object = self { true } else { false } }

  private static func list<T>(
    _ items: [T], _ open: String, _ close: String, into text: inout String, indent: Int?,
    _ write: (T, inout String, Int?) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: " ", count: indent + 2) }
      write(item, &text, indent.map { $0 + 2 })
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  /// A finite number by the fewest digits that read back the same; `null` for any other.
  public static func spelled(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
