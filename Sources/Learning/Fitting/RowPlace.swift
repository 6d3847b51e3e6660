/// A row of a table, and where it was read from.
public struct RowPlace: Hashable, Sendable, CustomStringConvertible {
  /// Its number in the array or table, from 0.
  public let row: Int
  /// The line of the file, from 1; nil where the table comes from no text.
  public let line: Int?

  /// - Parameters:
  ///   - row: its number, from 0.
  ///   - line: the line of the file, from 1; nil where the table comes from no text.
  public init(row: Int, line: Int? = nil) {
    self.row = row
    self.line = line
  }

  /// `line 4`, or `row 3` where there are no lines.
  public var description: String { line.map { "line \($0)" } ?? "row \(row + 1)" }
}
