/// One finding about a text: where it is, what was expected and found, and what to do.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// Whether the text can be used in spite of it.
  public enum Severity: String, Sendable { case error, warning }

  /// Error or warning.
  public let severity: Severity
  /// Where it is.
  public let place: SourcePlace
  /// What was expected and found.
  public let message: String
  /// What to do about it.
  public let hint: String?

  /// `message` about what stands at `place`, and what to do.
  public init(_ severity: Severity, _ message: String, hint: String? = nil, at place: SourcePlace) {
    self.severity = severity
    self.place = place
    self.message = message
    self.hint = hint
  }

  /// The finding with its source line, carets under the place, and the hint.
  public var description: String {
    var text = "\(place.file):\(place.line):\(place.column): \(severity.rawValue): \(message)\n"
    text += place.picture
    if let hint { text += "\n \(place.margin) = hint: \(hint)" }
    return text
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
  private var muted: [SourceRange] = []

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

  /// Leaves out what is found from now on inside of a statement that was repaired by a guess.
  func mute(_ range: SourceRange) { muted.append(range) }

  private func add(_ finding: Finding) {
    let isMuted = muted.contains {
      $0.lower <= finding.range.lower && finding.range.lower < $0.upper
    }
    if isMuted { return }
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
      Diagnostic(
        $0.severity, $0.message, hint: $0.hint, at: SourcePlace($0.range, in: source))
    }
  }
}
