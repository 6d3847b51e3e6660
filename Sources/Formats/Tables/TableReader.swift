/// Reads a table from a file of any kind that is known, told by its first bytes: CSV, NumPy's `.npy` and
/// `.npz`, and each of them packed by gzip.
///
/// CSV is read in batches of rows with bounded memory; arrays are read whole.
public final class TableReader {
  /// The file's path, or `standard input`.
  public var file: String { rows.file }
  /// The names of the columns, all different.
  public var columnNames: [String] { rows.columnNames }

  /// What to say where there are too few columns, if the only name looks like several names that
  /// something else separates.
  public var delimiterHint: String? {
    guard columnNames.count == 1, let csv = rows as? CSVReader else { return nil }
    return CSVDelimiter.hint(for: columnNames[0].utf8, delimiter: csv.delimiter)
  }

  private let rows: any RowSource

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - options: what is accepted, and how CSV is written.
  /// - Throws: a ``FormatError`` where the file is missing, cannot be read or has no columns of numbers.
  public convenience init(
    path: String, options: CSVOptions = CSVOptions()
  ) throws(FormatError) {
    try self.init(ByteSource(path: path), options)
  }

  /// Reads from memory; errors call the bytes `name`.
  public convenience init(
    bytes: [UInt8], name: String, options: CSVOptions = CSVOptions()
  ) throws(FormatError) {
    try self.init(ByteSource(bytes: bytes, name: name), options)
  }

  private init(_ packed: ByteSource, _ options: CSVOptions) throws(FormatError) {
    let source = try packed.unpacked()
    if try source.begins(with: NumPyArray.magic) {
      rows = ArrayRows(try ArrayTable.table(of: source, options), file: source.name)
    } else if try source.begins(with: ZipArchive.magic) {
      rows = ArrayRows(try ArrayTable.table(ofArchive: source, options), file: source.name)
    } else {
      rows = try CSVReader(source, options: options)
    }
  }

  /// The next rows, as many as there are up to `maximumRows`; nil at the end of the file.
  public func nextBatch(maximumRows: Int) throws(FormatError) -> Table? {
    try rows.nextBatch(maximumRows: maximumRows)
  }

  /// All rows that are left; an error if there is none, or more than `maximumValues` numbers.
  public func readAll(maximumValues: Int = 1 << 28) throws(FormatError) -> Table {
    try rows.allRows(maximumValues: maximumValues)
  }
}

/// The rows of a table in memory.
final class ArrayRows: RowSource {
  let file: String
  private let table: Table
  private var next = 0

  var columnNames: [String] { table.columnNames }

  init(_ table: Table, file: String) {
    self.table = table
    self.file = file
  }

  func nextBatch(maximumRows: Int) throws(FormatError) -> Table? {
    precondition(maximumRows > 0, "a batch of at most \(maximumRows) rows")
    let end = min(table.rowCount, next + maximumRows)
    guard next < end else { return nil }
    defer { next = end }
    let width = table.columnCount
    var places = RowLines(ofText: false)
    places.append(rows: end - next, from: next + 1)
    return Table(
      columnNames: columnNames, values: Array(table.values[next * width..<end * width]), words: [:],
      lines: places)
  }
}
