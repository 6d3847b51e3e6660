#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The fields of a JSON text, whose names must differ within each object.
///
/// Of two fields with one name one reader takes the first and another one the last: a text could
/// show one claim to a person and another one to a program.
public enum JSONFields {
  /// Refuses a text in which an object has two fields with one name, however they are spelled.
  ///
  /// - Parameters:
  ///   - text: one JSON value; of what is none, nothing is said.
  ///   - file: what errors call the text.
  ///   - line: the line of the file on which the text begins.
  /// - Throws: a ``FormatError`` that names the field, its object and its line.
  public static func requireDistinct(
    in text: String, file: String, line: Int = 1
  ) throws(FormatError) {
    try requireDistinct(in: Array(text.utf8), file: file, line: line)
  }

  static func requireDistinct(
    in bytes: [UInt8], file: String, line: Int? = nil
  ) throws(FormatError) {
    // With zeros in between, a decoder takes the bytes for another encoding, of other names.
    guard !bytes.contains(0) else {
      throw FormatError(
        .badContent, file: file, line: line, found: "a character U+0000", expected: "JSON")
    }
    var scan = FieldScan(bytes)
    guard let double = scan.firstDouble() else { return }
    throw FormatError(
      .badContent, file: file, line: line.map { $0 + double.lineEnds },
      found: (double.path.isEmpty ? "" : "\(double.path): ")
        + "found the field \(FormatError.quote(double.name.utf8)) twice",
      expected: "each field once",
      hint: "readers differ in which of the two they take; remove one")
  }
}

/// One pass over the bytes of a JSON text, which keeps the names of the objects that are open.
private struct FieldScan {
  /// An object or a list that is open.
  private struct Level {
    let isObject: Bool
    /// The names so far, of an object.
    var names: Set<String> = []
    /// The field that is being read, of an object.
    var name = ""
    /// The entry that is being read, of a list.
    var index = 0
    /// Whether the next string is the name of a field.
    var expectsName: Bool

    init(isObject: Bool) { (self.isObject, expectsName) = (isObject, isObject) }
  }

  private let bytes: [UInt8]
  private var position = 0
  private var lineEnds = 0
  private var levels: [Level] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The first field whose name its object has already: with the way to the object.
  mutating func firstDouble() -> (name: String, path: String, lineEnds: Int)? {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\n"): lineEnds += 1
      case UInt8(ascii: "{"): levels.append(Level(isObject: true))
      case UInt8(ascii: "["): levels.append(Level(isObject: false))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
      case UInt8(ascii: ","): beginEntry()
      case UInt8(ascii: "\""):
        let content = string()
        guard let last = levels.indices.last, levels[last].expectsName else { continue }
        levels[last].name = Self.unescaped(content)
        levels[last].expectsName = false
        if !levels[last].names.insert(levels[last].name).inserted {
          return (levels[last].name, path, lineEnds)
        }
      default: break
      }
    }
    return nil
  }

  private mutating func beginEntry() {
    guard let last = levels.indices.last else { return }
    levels[last].index += 1
    levels[last].expectsName = levels[last].isObject
  }

  /// What stands up to the quote that ends a string, escapes as they are.
  private mutating func string() -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    position = end + 1
    return bytes[start..<end]
  }

  /// The way to the innermost object, `evidence.steps[2]`.
  private var path: String {
    levels.dropLast().reduce(into: "") { path, level in
      path += level.isObject ? (path.isEmpty ? "" : ".") + level.name : "[\(level.index)]"
    }
  }

  /// The name itself: `"\u0061"` is `a`.
  private static func unescaped(_ content: ArraySlice<UInt8>) -> String {
    let quote = UInt8(ascii: "\"")
    guard content.contains(UInt8(ascii: "\\")),
      let name = try? JSONDecoder().decode(String.self, from: Data([quote] + content + [quote]))
    else { return String(decoding: content, as: UTF8.self) }
    return name
  }
}
