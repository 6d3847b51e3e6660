#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads rows of finite numbers straight from a buffer: the rows that nearly all of a table consists
/// of. A row that is anything else is left for `CSVScanner`, which knows every rule and every error.
struct PlainRows {
  /// Why no more rows were read.
  enum Stop {
    /// There are as many as were asked for.
    case complete
    /// The buffer holds no further end of a line.
    case endOfBuffer
    /// The next row is no plain one.
    case otherRow
  }

  private let columns: Int
  private let delimiter: UInt8
  private let maximumRowBytes: Int

  init(columns: Int, delimiter: UInt8, options: CSVOptions) {
    self.columns = columns
    self.delimiter = delimiter
    maximumRowBytes = min(options.maximumFieldBytes, options.maximumRecordBytes)
  }

  /// Appends the numbers of at most `maximumRows` rows to `values`; the number of rows and of their
  /// bytes.
  func read(
    _ text: UnsafeBufferPointer<UInt8>, maximumRows: Int, into values: inout [Double]
  ) -> (rows: Int, bytes: Int, stop: Stop) {
    var rows = 0
    var start = 0
    while rows < maximumRows {
      guard let end = Self.lineEnd(text, from: start) else { return (rows, start, .endOfBuffer) }
      let count = values.count
      guard end - start <= maximumRowBytes, readRow(text, start, end, into: &values) else {
        values.removeLast(values.count - count)
        return (rows, start, .otherRow)
      }
      rows += 1
      start = end + 1
    }
    return (rows, start, .complete)
  }

  /// Where the next line feed is.
  private static func lineEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < text.count, let base = text.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), text.count - start)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: found)
  }

  private func readRow(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, into values: inout [Double]
  ) -> Bool {
    let end = end > start && text[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    var position = start
    for column in 0..<columns {
      if column > 0 {
        guard position < end, text[position] == delimiter else { return false }
        position += 1
      }
      guard let value = readCell(text, at: &position, end: end) else { return false }
      values.append(value)
    }
    return position == end
  }

  /// A finite number with spaces around it, or in quotes.
  @inline(__always)
  private func readCell(
    _ text: UnsafeBufferPointer<UInt8>, at position: inout Int, end: Int
  ) -> Double? {
    let isQuoted = position < end && text[position] == UInt8(ascii: "\"")
    if isQuoted { position += 1 }
    skipBlanks(text, at: &position, end: end)
    guard let value = DecimalNumber.read(text, at: &position, end: end), value.isFinite else {
      return nil
    }
    skipBlanks(text, at: &position, end: end)
    guard isQuoted else { return value }
    guard position < end, text[position] == UInt8(ascii: "\"") else { return nil }
    position += 1
    return value
  }

  @inline(__always)
  private func skipBlanks(
    _ text: UnsafeBufferPointer<UInt8>, at position: inout Int, end: Int
  ) {
    while position < end, text[position] == 0x20 || text[position] == 0x09,
      text[position] != delimiter
    {
      position += 1
    }
  }
}
