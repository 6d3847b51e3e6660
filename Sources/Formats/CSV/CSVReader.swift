/// Reads a table of numbers from a CSV file, in batches of rows, so that memory holds one batch and
/// one record whatever the length of the file.
///
/// Every record must have one number for every column; the first one that does not is reported with
/// its place. Empty lines are accepted at the end only.
///
/// Data that gzip packed are unpacked on the way.
public final class CSVReader {
  /// The file's path, or `standard input`.
  public let file: String
  /// The names of the columns: from the header, or x1, x2, …
  public let columnNames: [String]

  /// The byte between fields.
  let delimiter: UInt8
  private let plainRows: PlainRows
  private var cells: CSVCells
  private var scanner: CSVScanner
  private var record = CSVRecord()
  /// Whether `record` is a row that was read and not yet delivered.
  private var hasRecord: Bool

  /// Opens a file and reads its first record.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - options: the delimiter, the header and the limits.
  public convenience init(
    path: String, options: CSVOptions = CSVOptions()
  ) throws(FormatError) {
    try self.init(ByteSource(path: path), options: options)
  }

  /// Reads from memory; errors call the bytes `name`.
  public convenience init(
    bytes: [UInt8], name: String, options: CSVOptions = CSVOptions()
  ) throws(FormatError) {
    try self.init(ByteSource(bytes: bytes, name: name), options: options)
  }

  init(_ source: ByteSource, options: CSVOptions) throws(FormatError) {
    file = source.name
    let source = try source.unpacked()
    if let stated = options.delimiter {
      delimiter = stated
    } else {
      delimiter = try CSVDelimiter.found(in: source)
    }
    scanner = try CSVScanner(source, delimiter: delimiter, options: options)
    guard try scanner.next(into: &record) else {
      throw FormatError(
        .badContent, file: file, found: "the file is empty", expected: "a table of numbers")
    }
    let header = CSVHeader(file: file, options: options, delimiter: delimiter)
    if let names = try header.names(from: record) {
      columnNames = names
      hasRecord = false
    } else {
      columnNames = record.fields.indices.map { "x\($0 + 1)" }
      hasRecord = true
    }
    cells = CSVCells(columnNames: columnNames, options: options)
    plainRows = PlainRows(columns: columnNames.count, delimiter: delimiter, options: options)
  }

  /// The next rows, as many as there are up to `maximumRows`; nil at the end of the file.
  public func nextBatch(maximumRows: Int) throws(FormatError) -> Table? {
    precondition(maximumRows > 0, "a batch of at most \(maximumRows) rows")
    var values: [Double] = []
    var lines = RowLines()
    values.reserveCapacity(min(maximumRows * columnNames.count, 1 << 16))
    while lines.rowCount < maximumRows {
      if !hasRecord {
        if cells.areNumbers {
          let start = scanner.line
          let rows = try scanner.takeRows(
            plainRows, maximumRows: maximumRows - lines.rowCount, into: &values)
          lines.append(rows: rows, from: start)
        }
        guard lines.rowCount < maximumRows, try scanner.next(into: &record) else { break }
      }
      hasRecord = false
      if record.isBlank, try skipBlankLines() { break }
      try appendRow(to: &values)
      lines.append(rows: 1, from: record.fields[0].line)
    }
    return lines.rowCount == 0
      ? nil
      : Table(columnNames: columnNames, values: values, words: cells.words, lines: lines)
  }

  /// All rows that are left; an error if there is none, or more than `maximumValues` numbers.
  public func readAll(maximumValues: Int = 1 << 28) throws(FormatError) -> Table {
    try allRows(maximumValues: maximumValues)
  }

  /// Moves past the empty lines at the end of the file; anything after them is an error.
  private func skipBlankLines() throws(FormatError) -> Bool {
    let line = record.fields[0].line
    repeat {
      guard try scanner.next(into: &record) else { return true }
    } while record.isBlank
    throw FormatError(
      .badContent, file: file, line: line, found: "an empty line between rows",
      expected: columnNames.count == 1 ? "a number" : "\(columnNames.count) numbers",
      hint: "remove the line, or the row with the missing value")
  }

  private func appendRow(to values: inout [Double]) throws(FormatError) {
    guard record.fields.count == columnNames.count else { throw raggedRow() }
    for index in record.fields.indices {
      let text = record[index].trimmingBlanks()
      guard let value = cells.value(text, column: index) else { throw badCell(index, text) }
      values.append(value)
    }
  }

  private func raggedRow() -> FormatError {
    let (first, count) = (record.fields[0], record.fields.count)
    return FormatError(
      .badContent, file: file, line: first.line,
      found: "\(count) field\(count == 1 ? "" : "s") in this row",
      expected: "\(columnNames.count), as in the first row",
      hint: CSVDelimiter.hint(for: record.bytes, delimiter: delimiter))
  }

  private func badCell(_ index: Int, _ text: ArraySlice<UInt8>) -> FormatError {
    let field = record.fields[index]
    var hint: String?
    if text.isEmpty {
      hint = "every field needs a number: remove the row, or fill it in"
    } else if DecimalNumber.parse(text) != nil {
      hint = "remove the row, or replace the value"
    } else if Self.hasDecimalComma(text) {
      hint = "write a point, not a comma, before decimals"
    } else {
      hint = CSVDelimiter.hint(for: record.bytes, delimiter: delimiter)
    }
    return FormatError(
      .badContent, file: file, line: field.line, column: field.column,
      found: text.isEmpty ? "an empty cell" : FormatError.quote(text),
      expected: cells.expected(column: index, found: text), hint: hint)
  }

  /// Whether a text is a number once its only comma is a point.
  private static func hasDecimalComma(_ text: ArraySlice<UInt8>) -> Bool {
    guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else { return false }
    var point = text
    point[comma] = UInt8(ascii: ".")
    return DecimalNumber.parse(point) != nil
  }
}

extension CSVReader: RowSource {}
