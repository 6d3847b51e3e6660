/// Writes CSV as RFC 4180 has it, with LF after each record, row by row into a sink.
///
/// A number is written with the fewest digits that read back as the same `Double`. The writer
/// collects small pieces: call `finish()` after the last row, before the sink is committed.
public final class CSVWriter {
  private let sink: any ByteSink
  private let columnCount: Int
  private let delimiter: UInt8
  private var buffer: [UInt8] = []

  private static let flushSize = 1 << 16

  /// Writes the header.
  ///
  /// - Parameters:
  ///   - sink: where the bytes go, for instance an `AtomicFile`.
  ///   - columnNames: the names, at least one.
  ///   - delimiter: the byte between fields.
  public init(
    to sink: any ByteSink, columnNames: [String], delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(FormatError) {
    precondition(!columnNames.isEmpty, "a table needs at least one column")
    self.sink = sink
    self.delimiter = delimiter
    columnCount = columnNames.count
    try write(fields: columnNames)
  }

  /// Writes one row of numbers, one for each column.
  public func write(row: some Collection<Double>) throws(FormatError) {
    checkCount(row.count)
    var isFirst = true
    for value in row {
      if !isFirst { buffer.append(delimiter) }
      isFirst = false
      append(value)
    }
    try endRecord()
  }

  /// Writes rows given as columns of one length, as many columns as there are names.
  public func write(columns: [[Double]]) throws(FormatError) {
    checkCount(columns.count)
    for row in columns[0].indices {
      append(columns[0][row])
      for column in columns.dropFirst() {
        buffer.append(delimiter)
        append(column[row])
      }
      try endRecord()
    }
  }

  /// Writes all rows of a table with as many columns.
  public func write(_ table: Table) throws(FormatError) {
    for row in 0..<table.rowCount { try write(row: table.row(row)) }
  }

  /// Writes one row of texts, one for each column, in quotes where they need them.
  public func write(fields: [String]) throws(FormatError) {
    checkCount(fields.count)
    for (index, field) in fields.enumerated() {
      if index > 0 { buffer.append(delimiter) }
      append(field)
    }
    try endRecord()
  }

  /// Hands everything on to the sink.
  public func finish() throws(FormatError) {
    try sink.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func checkCount(_ count: Int) {
    precondition(count == columnCount, "a row of \(count) for \(columnCount) columns")
  }

  private func append(_ value: Double) {
    // `description` is the shortest text that reads back the same; the point it adds to integers
    // says nothing.
    var text = value.description
    text.withUTF8 { text in
      let isInteger =
        text.count > 2 && text[text.count - 2] == UInt8(ascii: ".")
        && text[text.count - 1] == UInt8(ascii: "0")
      buffer.append(contentsOf: text.dropLast(isInteger ? 2 : 0))
    }
  }

  private func append(_ field: String) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes =
      field.isEmpty || field.first == " " || field.last == " "
      || field.utf8.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      buffer.append(contentsOf: field.utf8)
      return
    }
    buffer.append(quote)
    for byte in field.utf8 {
      if byte == quote { buffer.append(quote) }
      buffer.append(byte)
    }
    buffer.append(quote)
  }

  private func endRecord() throws(FormatError) {
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.flushSize { try finish() }
  }
}
