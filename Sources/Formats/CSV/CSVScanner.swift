/// Splits bytes into the records of RFC 4180: fields between delimiters, records ended by LF or
/// CRLF, fields in quotes with doubled quotes inside, a byte order mark ignored.
struct CSVScanner {
  private enum Ending { case field, record }

  private let source: ByteSource
  private let delimiter: UInt8
  private let options: CSVOptions
  /// The line that is read next.
  private(set) var line = 1
  private var column = 1

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// What files that are not text begin with, and what to do with them.
  private static let otherKinds: [(magic: [UInt8], kind: String, hint: String)] = [
    ([0xFF, 0xFE], "text in UTF-16", "save it as UTF-8"),
    ([0xFE, 0xFF], "text in UTF-16", "save it as UTF-8"),
    ([0x1F, 0x8B], "compressed twice", "unpack it once: gunzip -c FILE | …, and read '-'"),
    ([0x42, 0x5A, 0x68], "data packed by bzip2", "unpack it: bunzip2 -c FILE | …, and read '-'"),
    ([0xFD, 0x37, 0x7A, 0x58], "data packed by xz", "unpack it: xz -dc FILE | …, and read '-'"),
    (
      [0x28, 0xB5, 0x2F, 0xFD], "data packed by zstd", "unpack it: zstd -dc FILE | …, and read '-'"
    ),
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive or a spreadsheet", "export the sheet as CSV"),
    ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array", "write it with numpy.savetxt"),
    ([0x50, 0x41, 0x52, 0x31], "a Parquet file", "export the table as CSV"),
  ]

  init(_ source: ByteSource, delimiter: UInt8, options: CSVOptions) throws(FormatError) {
    self.source = source
    self.delimiter = delimiter
    self.options = options
    for (magic, kind, hint) in Self.otherKinds where try source.begins(with: magic) {
      throw FormatError(
        .badContent, file: source.name, found: "this is \(kind)", expected: "CSV in UTF-8",
        hint: hint)
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if try source.begins(with: byteOrderMark) {
      for _ in byteOrderMark { source.skip() }
    }
  }

  /// Appends the numbers of at most `maximumRows` rows to `values`, as long as the rows are plain; the
  /// number of rows.
  mutating func takeRows(
    _ plain: PlainRows, maximumRows: Int, into values: inout [Double]
  ) throws(FormatError) -> Int {
    var rows = 0
    var stop = PlainRows.Stop.endOfBuffer
    while stop == .endOfBuffer {
      let taken = source.take { text in
        let read = plain.read(text, maximumRows: maximumRows - rows, into: &values)
        return (read, read.bytes)
      }
      rows += taken.rows
      stop = taken.stop
      if stop == .endOfBuffer, try !source.readOn() { break }
    }
    line += rows
    return rows
  }

  /// Reads one record in the place of `record`; false at the end of the input.
  mutating func next(into record: inout CSVRecord) throws(FormatError) -> Bool {
    record.removeAll()
    guard try source.peek() != nil else { return false }
    var ending = Ending.field
    while ending == .field {
      guard record.fields.count < options.maximumColumns else {
        throw failure(
          "more than \(options.maximumColumns) fields in one record",
          hint: "is the delimiter right?")
      }
      record.beginField(line: line, column: column)
      ending =
        try source.peek() == Self.quote
        ? quotedField(into: &record) : plainField(into: &record)
    }
    return true
  }

  private mutating func plainField(into record: inout CSVRecord) throws(FormatError) -> Ending {
    while let byte = try source.peek() {
      if let ending = try separator(byte) { return ending }
      if byte == Self.quote {
        throw failure(
          "a quote inside an unquoted field",
          hint: "put the whole field in quotes and double the quotes in it")
      }
      try take(byte, into: &record)
    }
    return .record
  }

  private mutating func quotedField(into record: inout CSVRecord) throws(FormatError) -> Ending {
    let opening = (line: line, column: column)
    record.markQuoted()
    advance(past: Self.quote)
    while let byte = try source.peek() {
      if byte != Self.quote {
        try take(byte, into: &record)
        continue
      }
      advance(past: byte)
      guard let following = try source.peek() else { return .record }
      if following == Self.quote {
        try take(following, into: &record)
      } else if let ending = try separator(following) {
        return ending
      } else {
        throw failure(
          "\(FormatError.quote([following])) after a closing quote",
          expected: "the next field or the end of the line",
          hint: "a quote inside a quoted field is written twice")
      }
    }
    throw FormatError(
      .badContent, file: source.name, line: opening.line, column: opening.column,
      found: "a quote that is never closed", expected: "a closing quote")
  }

  /// Moves past a delimiter or the end of a line; nil if `byte` is neither.
  private mutating func separator(_ byte: UInt8) throws(FormatError) -> Ending? {
    switch byte {
    case delimiter:
      advance(past: byte)
      return .field
    case Self.lineFeed:
      advance(past: byte)
      return .record
    case Self.carriageReturn:
      source.skip()
      guard try source.peek() == Self.lineFeed else {
        throw failure(
          "a carriage return inside a line", expected: "a line feed after it",
          hint: "end lines with LF or CRLF")
      }
      advance(past: Self.lineFeed)
      return .record
    default:
      return nil
    }
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8, into record: inout CSVRecord) throws(FormatError) {
    if record.bytes.count >= options.maximumRecordBytes
      || record.lastFieldCount >= options.maximumFieldBytes
    {
      throw tooLong(record)
    }
    record.append(byte)
    advance(past: byte)
  }

  @inline(__always)
  private mutating func advance(past byte: UInt8) {
    source.skip()
    if byte == Self.lineFeed {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      // A continuation byte of UTF-8 belongs to the character before it.
      column += 1
    }
  }

  private func tooLong(_ record: CSVRecord) -> FormatError {
    let field = record.fields[record.fields.count - 1]
    let isField = record.lastFieldCount >= options.maximumFieldBytes
    let limit = isField ? options.maximumFieldBytes : options.maximumRecordBytes
    return FormatError(
      .badContent, file: source.name, line: field.line, column: field.column,
      found: "a \(isField ? "field" : "record") of more than \(limit) bytes",
      hint: "is a closing quote missing, or is this no CSV file?")
  }

  private func failure(_ found: String, expected: String? = nil, hint: String) -> FormatError {
    FormatError(
      .badContent, file: source.name, line: line, column: column, found: found,
      expected: expected, hint: hint)
  }
}
