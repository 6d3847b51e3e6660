#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension JSONValue {
  /// Brackets inside one another beyond which a text is refused.
  public static let depthLimit = 64

  /// The value that a text holds.
  ///
  /// - Parameters:
  ///   - text: one JSON value.
  ///   - file: what errors call the text.
  ///   - line: the line of the file that the text is, where it is one of many.
  /// - Throws: a ``FormatError`` that says what is wrong and where; two fields of an object with one name are.
  public init(reading text: String, file: String, line: Int? = nil) throws(FormatError) {
    guard Self.depth(of: text) <= Self.depthLimit else {
      throw FormatError(
        .badContent, file: file, line: line,
        found: "more than \(Self.depthLimit) brackets inside one another", expected: "JSON")
    }
    do {
      self = try JSONDecoder().decode(Parsed.self, from: Data(text.utf8)).value
    } catch {
      throw FormatError(
        .badContent, file: file, line: line, found: Self.explanation(of: error), expected: "JSON")
    }
    try JSONFields.requireDistinct(in: text, file: file, line: line ?? 1)
  }

  /// The values of a text that holds one, or one on each line (JSON lines), with their lines.
  ///
  /// - Throws: a ``FormatError`` when neither can be read.
  public static func documents(
    in text: String, file: String
  ) throws(FormatError) -> [(value: JSONValue, line: Int?)] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.contains { !$0.isWhitespace } }
    // A page of JSON has no line that is a value with brackets closed, except for its last.
    guard lines.count > 1, isClosed(lines[0].element) else {
      return [(try JSONValue(reading: text, file: file), nil)]
    }
    var values: [(value: JSONValue, line: Int?)] = []
    for (number, line) in lines {
      let value = try JSONValue(reading: String(line), file: file, line: number + 1)
      values.append((value, number + 1))
    }
    return values
  }

  private static func isClosed(_ line: Substring) -> Bool {
    let last = line.last { !$0.isWhitespace }
    return line.first == "{" && last == "}" && depths(of: line).final == 0
  }

  private static func depth(of text: String) -> Int { depths(of: text[...]).deepest }

  /// How deep brackets go, outside of strings, and how many are open at the end.
  private static func depths(of text: Substring) -> (deepest: Int, final: Int) {
    var (depth, deepest, isInString, isEscaped) = (0, 0, false, false)
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
      } else if isInString {
        isEscaped = byte == UInt8(ascii: "\\")
        isInString = byte != UInt8(ascii: "\"")
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
        deepest = max(deepest, depth)
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
      }
    }
    return (deepest, depth)
  }

  private static func explanation(of error: any Error) -> String {
    guard case .dataCorrupted(let context)? = error as? DecodingError else {
      return "a text that cannot be read"
    }
    let details = context.underlyingError.map { " (\($0))" } ?? ""
    return context.debugDescription + details
  }
}

/// A value as a decoder gives it; fields in the order of their names, as decoders do not tell theirs.
private struct Parsed: Decodable {
  let value: JSONValue

  init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: FieldName.self) {
      value = .object(
        try fields.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
          .init($0.stringValue, try fields.decode(Parsed.self, forKey: $0).value)
        })
    } else if var list = try? decoder.unkeyedContainer() {
      var values: [JSONValue] = []
      while !list.isAtEnd { values.append(try list.decode(Parsed.self).value) }
      value = .array(values)
    } else {
      value = try Self.scalar(decoder.singleValueContainer())
    }
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
    if container.decodeNil() { return .null }
    if let text = try? container.decode(String.self) { return .string(text) }
    if let truth = try? container.decode(Bool.self) { return .boolean(truth) }
    if let number = try? container.decode(Int.self) { return .integer(number) }
    return .number(try container.decode(Double.self))
  }
}
