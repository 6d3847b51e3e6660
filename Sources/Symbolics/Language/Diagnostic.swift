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
  /// The line, or the part of a long one around the place.
  public let excerpt: String
  /// Where in the excerpt the place is, counted from 0.
  public let excerptStart: Int
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
    (excerpt, excerptStart) = Self.excerpt(
      of: location.lineRange, around: location.column, in: source)
    self.message = message
    self.hint = hint
  }

  /// The finding with its source line, carets under the place, and the hint.
  public var description: String {
    let start = excerptStart
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let visible = max(1, min(length, excerpt.count - start))
    let carets = String(repeating: " ", count: start) + String(repeating: "^", count: visible)
    var text = "\(file):\(line):\(column): \(severity.rawValue): \(message)\n"
    text += " \(number) | \(excerpt)\n \(margin) | \(carets)"
    if let hint { text += "\n \(margin) = hint: \(hint)" }
    return text
  }

  /// The part of a line around a place, and the place in it: no control characters, at most
  /// `widest` characters.
  private static func excerpt(
    of line: SourceRange, around column: Int, in source: SourceText
  ) -> (text: String, start: Int) {
    let widest = 110
    let length = line.upper - line.lower
    let start = min(column - 1, length)
    let first = length <= widest ? 0 : max(0, min(start - 30, length - widest))
    let window = source.scalars[(line.lower + first)..<min(line.upper, line.lower + first + widest)]
    let characters = window.map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    return (String(characters), start - first)
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
  /// A finding without its source line, which is looked up for those that are shown.
  private struct Finding: Hashable {
    let severity: Diagnostic.Severity
    let message: String
    let hint: String?
    let range: SourceRange
  }

  let source: SourceText
  private var findings: [Finding] = []
  private var known: Set<Finding> = []

  init(_ source: SourceText) { self.source = source }

  var hasErrors: Bool { findings.contains { $0.severity == .error } }
  var warnings: [Diagnostic] { shown(findings.filter { $0.severity == .warning }) }

  func report(_ error: LanguageError) {
    add(
      Finding(severity: .error, message: error.message, hint: error.hint, range: error.range))
  }

  func error(_ message: String, hint: String? = nil, at range: SourceRange) {
    report(LanguageError(message, hint: hint, at: range))
  }

  func warn(_ message: String, hint: String? = nil, at range: SourceRange) {
    add(Finding(severity: .warning, message: message, hint: hint, range: range))
  }

  /// Takes over what was found in a part of the text.
  func take(_ other: DiagnosticLog) { other.findings.forEach(add) }

  private func add(_ finding: Finding) {
    if known.insert(finding).inserted { findings.append(finding) }
  }

  /// Everything found, when an error is among it.
  var failure: ParseFailure {
    let errors = findings.count { $0.severity == .error }
    let diagnostics = shown(findings)
    return ParseFailure(
      diagnostics: diagnostics,
      omitted: errors - diagnostics.count { $0.severity == .error })
  }

  /// The first findings in the order of the text, at least one error among them if there is one.
  private func shown(_ findings: [Finding]) -> [Diagnostic] {
    let ordered = findings.enumerated().sorted { a, b in
      (a.element.range.lower, a.offset) < (b.element.range.lower, b.offset)
    }.map(\.element)
    let errors = ordered.filter { $0.severity == .error }
    let chosen = ordered.count > LanguageLimits.diagnostics && !errors.isEmpty ? errors : ordered
    return chosen.prefix(LanguageLimits.diagnostics).map {
      Diagnostic($0.severity, $0.message, hint: $0.hint, at: $0.range, in: source)
    }
  }
}
