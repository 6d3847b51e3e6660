/// Why a file could not be read or written: where, what was found, what was expected, what to do.
public struct FormatError: Error, Equatable, Sendable {
  /// The kinds of failure that a program answers differently, for instance by its exit status.
  public enum Reason: Sendable {
    /// The file to read does not exist.
    case missingFile
    /// The system refused to open, read, write or replace a file.
    case inputOutput
    /// Who reads what is written wants no more of it, as `head` after some lines.
    case closedPipe
    /// The file was read, and what it holds is not what it must hold.
    case badContent
  }

  /// The kind of failure.
  public let reason: Reason
  /// The file's path, or `standard input`.
  public let file: String
  /// The line, from 1, where the trouble is; nil when it is not at one place.
  public let line: Int?
  /// The character in that line, from 1; nil when the whole line is meant.
  public let column: Int?
  /// What is there, for instance `'n/a'`.
  public let found: String
  /// What would have been right, for instance `a number`; nil when nothing specific was expected.
  public let expected: String?
  /// What to do about it.
  public let hint: String?

  /// An error with these parts; positions count from 1.
  public init(
    _ reason: Reason, file: String, line: Int? = nil, column: Int? = nil, found: String,
    expected: String? = nil, hint: String? = nil
  ) {
    self.reason = reason
    self.file = file
    self.line = line
    self.column = column
    self.found = found
    self.expected = expected
    self.hint = hint
  }
}

extension FormatError: CustomStringConvertible {
  /// `file:line:column: found …, expected …`, and the hint on a line of its own.
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    text += ": \(found)"
    if let expected { text += ", expected \(expected)" }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }
}

extension FormatError {
  /// The text of `bytes` in quotes, short and printable whatever they are.
  public static func quote(_ bytes: some Collection<UInt8>) -> String {
    let limit = 40
    let text = String(decoding: bytes.prefix(limit), as: UTF8.self)
    var printable = ""
    for scalar in text.unicodeScalars {
      let isPrintable = scalar.properties.isWhitespace ? scalar == " " : scalar.value >= 0x20
      printable +=
        isPrintable && scalar.value != 0x7F && scalar.properties.generalCategory != .control
        ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    return "'\(printable)\(bytes.count > limit ? "…" : "")'"
  }
}
