/// One finding about a text: where it is, what was expected and found, and what to do.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// Whether the text can be used in spite of it.
  public enum Severity: String, Sendable { case error, warning }

  /// Error or warning.
  public let severity: Severity
  /// The name of the text.
  public let file: String
  /// The line of the first character, counted from 1.
  public let line: Int
  /// The column of the first character, counted from 1.
  public let column: Int
  /// The number of characters marked, at least 1.
  public let length: Int
  /// The whole line, for display.
  public let sourceLine: String
  /// What was expected and found.
  public let message: String
  /// What to do about it.
  public let hint: String?

  init(
    _ severity: Severity, _ message: String, hint: String?, at range: SourceRange,
    in source: SourceText
  ) {
    let location = source.location(of: range.lower)
    self.severity = severity
    file = source.file
    line = location.line
    column = location.column
    length = max(1, min(range.upper, location.lineRange.upper) - range.lower)
    sourceLine = source[location.lineRange]
    self.message = message
    self.hint = hint
  }

  /// The finding with its source line, carets under the place, and the hint.
  public var description: String {
    let (excerpt, start) = excerpt
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let visible = max(1, min(length, excerpt.count - start))
    let carets = String(repeating: " ", count: start) + String(repeating: "^", count: visible)
    var text = "\(file):\(line):\(column): \(severity.rawValue): \(message)\n"
    text += " \(number) | \(excerpt)\n \(margin) | \(carets)"
    if let hint { text += "\n \(margin) = hint: \(hint)" }
    return text
  }

  /// The part of the line around the place, and the place in it: no control characters, at most
  /// `widest` characters.
  private var excerpt: (text: String, start: Int) {
    let widest = 110
    let characters = sourceLine.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    let start = min(column - 1, characters.count)
    if characters.count <= widest { return (String(characters), start) }
    let first = max(0, min(start - 30, characters.count - widest))
    return (String(characters[first..<(first + widest)]), start - first)
  }
}

/// Why a text was not accepted: every error found in it, and the warnings, in the order of the text.
public struct ParseFailure: Error, Sendable, CustomStringConvertible {
  /// Errors and warnings in the order of the text.
  public let diagnostics: [Diagnostic]
  /// Errors beyond those reported.
  public let omitted: Int

  /// All of them, rendered with their source lines.
  public var description: String {
    let text = diagnostics.map(\.description).joined(separator: "\n")
    return omitted == 0 ? text : text + "\n… and \(omitted) more errors"
  }
}

/// A finding on its way to the one place where findings are collected.
struct LanguageError: Error {
  let message: String
  let hint: String?
  let range: SourceRange

  init(_ message: String, hint: String? = nil, at range: SourceRange) {
    self.message = message
    self.hint = hint
    self.range = range
  }
}

/// Thrown when a statement is given up because its errors have been reported.
struct AlreadyReported: Error {}

/// Collects what is found in one text.
final class DiagnosticLog {
  let source: SourceText
  private var findings: [Diagnostic] = []

  init(_ source: SourceText) { self.source = source }

  var hasErrors: Bool { findings.contains { $0.severity == .error } }
  var warnings: [Diagnostic] { Self.inOrder(findings.filter { $0.severity == .warning }) }

  func report(_ error: LanguageError) {
    add(Diagnostic(.error, error.message, hint: error.hint, at: error.range, in: source))
  }

  func error(_ message: String, hint: String? = nil, at range: SourceRange) {
    report(LanguageError(message, hint: hint, at: range))
  }

  func warn(_ message: String, hint: String? = nil, at range: SourceRange) {
    add(Diagnostic(.warning, message, hint: hint, at: range, in: source))
  }

  /// Takes over what was found in a part of the text.
  func take(_ other: DiagnosticLog) { other.findings.forEach(add) }

  private func add(_ finding: Diagnostic) {
    if !findings.contains(finding) { findings.append(finding) }
  }

  /// Everything found, when an error is among it.
  var failure: ParseFailure {
    let shown = Self.inOrder(findings)
    return ParseFailure(
      diagnostics: Array(shown.prefix(LanguageLimits.diagnostics)),
      omitted: max(0, shown.count - LanguageLimits.diagnostics))
  }

  private static func inOrder(_ findings: [Diagnostic]) -> [Diagnostic] {
    findings.enumerated().sorted {
      ($0.element.line, $0.element.column, $0.offset)
        < ($1.element.line, $1.element.column, $1.offset)
    }.map(\.element)
  }
}
