public import Formats
import FoundationEssentials

/// What a fit reported on its way, as its log has it: one JSON object a line, with `step`, `training` and `validation`.
public struct FitLog: Hashable, Sendable {
  /// One report. Other fields of a line are not looked at.
  public struct Entry: Hashable, Sendable, Codable {
    /// The number of steps so far
    public var step: Int
    /// The mean log-density of training rows; nil where it was not finite.
    public var training: Double?
    /// The mean log-density of rows kept apart; nil where there are none.
    public var validation: Double?
  }

  /// The reports, in their order; at least one.
  public let entries: [Entry]

  /// Reads a log.
  ///
  /// - Parameters:
  ///   - text: the content of the file.
  ///   - name: what errors call it.
  /// - Throws: a `FormatError` for a line that is no report, and where there is none.
  public init(_ text: String, name: String) throws(FormatError) {
    var entries: [Entry] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)),
        entry.step >= 0
      else {
        throw FormatError(
          .badContent, file: name, line: number + 1, found: FormatError.quote(line.utf8),
          expected: "a report of a fit, as in {\"step\":100,\"training\":1.5}",
          hint: "diffeo fit DATA.csv --log LOG writes one")
      }
      try JSONFields.requireDistinct(in: String(line), file: name, line: number + 1)
      entries.append(entry)
    }
    guard !entries.isEmpty else {
      throw FormatError(.badContent, file: name, found: "no report", expected: "one a line")
    }
    self.entries = entries
  }
}
