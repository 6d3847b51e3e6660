/// Writes a table batch by batch.
public protocol TableWriter: AnyObject {
  /// Writes rows given as columns of one length, as many columns as there are names.
  func write(columns: [[Double]]) throws(FormatError)
  /// Ends the table, after the last row.
  func finish() throws(FormatError)
}

extension CSVWriter: TableWriter {}
