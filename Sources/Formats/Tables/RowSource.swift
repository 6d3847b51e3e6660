/// What gives the rows of a table, batch after batch.
protocol RowSource: AnyObject {
  /// What errors call it.
  var file: String { get }
  /// The names of the columns.
  var columnNames: [String] { get }
  /// The next rows, as many as there are up to `maximumRows`; nil at the end.
  func nextBatch(maximumRows: Int) throws(FormatError) -> Table?
}

extension RowSource {
  /// All rows that are left; an error if there is none.
  ///
  /// - Parameter maximumValues: how many numbers there may be, since a small compressed file may unpack to
  ///   more than memory holds.
  func allRows(maximumValues: Int) throws(FormatError) -> Table {
    var table = Table(columnNames: columnNames)
    while let batch = try nextBatch(maximumRows: 4096) {
      table.append(batch)
      guard table.values.count <= maximumValues else {
        throw FormatError(
          .badContent, file: file, found: "more than \(maximumValues) numbers",
          expected: "a table that fits into memory", hint: "take fewer rows or columns")
      }
    }
    guard table.rowCount > 0 else {
      throw FormatError(
        .badContent, file: file, found: "no row follows the header", expected: "rows of numbers")
    }
    return table
  }
}
