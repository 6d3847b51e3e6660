/// Writes a table as a `.npy` file of NumPy: a structured array with a field of eight bytes for each column.
///
/// `numpy.load(path)["name"]` is a column. The number of rows stands at the file's beginning, so it must be known.
public final class NPYWriter: TableWriter {
  private let sink: any ByteSink
  private let columnCount: Int
  private let rowCount: Int
  private var rows = 0

  /// Writes the header.
  ///
  /// - Parameters:
  ///   - sink: where the bytes go, for instance an `AtomicFile`.
  ///   - columnNames: the names, at least one, all different.
  ///   - rowCount: the number of rows that will be written.
  public init(
    to sink: any ByteSink, columnNames: [String], rowCount: Int
  ) throws(FormatError) {
    precondition(!columnNames.isEmpty, "a table needs at least one column")
    self.sink = sink
    self.rowCount = rowCount
    columnCount = columnNames.count
    try sink.write(Self.header(columnNames, rowCount))
  }

  /// The size of the whole file, or the largest number where it is larger than that.
  ///
  /// - Parameters:
  ///   - columnNames: the names.
  ///   - rowCount: the number of rows.
  public static func byteCount(columnNames: [String], rowCount: Int) -> Int {
    let (numbers, isMore) = rowCount.multipliedReportingOverflow(by: 8 * columnNames.count)
    let (all, isMoreYet) = numbers.addingReportingOverflow(header(columnNames, rowCount).count)
    return isMore || isMoreYet ? .max : all
  }

  /// All that comes before the numbers.
  private static func header(_ columnNames: [String], _ rowCount: Int) -> [UInt8] {
    let fields = columnNames.map { "(\(quoted($0)), '<f8')" }.joined(separator: ", ")
    let text = "{'descr': [\(fields)], 'fortran_order': False, 'shape': (\(rowCount),), }"
    // Numbers begin at a multiple of 64 bytes, after 12 bytes and the text with its line feed.
    let padding = 63 - (12 + text.utf8.count) % 64
    let header = Array((text + String(repeating: " ", count: padding) + "\n").utf8)
    let length = (0..<4).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return NumPyArray.magic + [3, 0] + length + header
  }

  /// Writes rows given as columns of one length, as many columns as there are names.
  public func write(columns: [[Double]]) throws(FormatError) {
    precondition(
      columns.count == columnCount, "a row of \(columns.count) for \(columnCount) columns")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * columnCount * columns[0].count)
    for row in columns[0].indices {
      for column in columns {
        withUnsafeBytes(of: column[row].bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    rows += columns[0].count
    try sink.write(bytes)
  }

  /// Ends the file.
  public func finish() throws(FormatError) {
    precondition(rows == rowCount, "\(rows) rows were written, \(rowCount) are in the header")
  }

  /// A name as a literal of Python.
  private static func quoted(_ name: String) -> String {
    var text = "'"
    for scalar in name.unicodeScalars {
      if scalar == "'" || scalar == "\\" { text += "\\" }
      text += scalar == "\n" ? "\\n" : String(scalar)
    }
    return text + "'"
  }
}
