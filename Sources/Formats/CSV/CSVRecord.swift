/// One record of a CSV file as text: its fields without their quotes.
struct CSVRecord {
  /// Where a field begins in the file, both counted from 1, and where its text ends in `bytes`.
  struct Field {
    let line: Int
    let column: Int
    var end: Int
    var isQuoted: Bool
  }

  private(set) var fields: [Field] = []
  /// The text of all fields, one directly after the other.
  private(set) var bytes: [UInt8] = []

  /// Whether the record is an empty line, which is no record of one empty field.
  var isBlank: Bool { fields.count == 1 && bytes.isEmpty && !fields[0].isQuoted }

  /// The text of a field.
  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : fields[index - 1].end)..<fields[index].end]
  }

  /// The text of a field without spaces around it, unless quotes protect them.
  func trimmed(_ index: Int) -> ArraySlice<UInt8> {
    fields[index].isQuoted ? self[index] : self[index].trimmingBlanks()
  }

  /// The number of bytes in the last field.
  var lastFieldCount: Int { self[fields.count - 1].count }

  mutating func removeAll() {
    fields.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func beginField(line: Int, column: Int) {
    fields.append(Field(line: line, column: column, end: bytes.count, isQuoted: false))
  }

  mutating func markQuoted() { fields[fields.count - 1].isQuoted = true }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    fields[fields.count - 1].end = bytes.count
  }
}

extension ArraySlice<UInt8> {
  /// The slice without spaces and tabs at its ends.
  func trimmingBlanks() -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard let first = firstIndex(where: { !isBlank($0) }) else { return self[endIndex...] }
    return self[first...lastIndex { !isBlank($0) }!]
  }
}
