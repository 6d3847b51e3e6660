/// What separates the fields of a file.
enum CSVDelimiter {
  /// Those that are looked for, in this order, with what messages and the command line call them.
  private static let known: [(byte: UInt8, name: String, option: String)] = [
    (UInt8(ascii: ","), "commas", ","), (UInt8(ascii: "\t"), "tabs", "tab"),
    (UInt8(ascii: ";"), "semicolons", "';'"), (UInt8(ascii: "|"), "bars", "'|'"),
  ]

  /// The first of those that are known that the next line has outside of quotes; a comma where it has none.
  ///
  /// - Parameter source: a file at its beginning; nothing is taken from it.
  static func found(in source: ByteSource) throws(FormatError) -> UInt8 {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in try source.peekLine() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { found.insert(byte) }
    }
    return known.first { found.contains($0.byte) }?.byte ?? known[0].byte
  }

  /// What to say about text that looks as if another delimiter had been meant.
  ///
  /// - Parameters:
  ///   - text: a record or a name.
  ///   - delimiter: the one that it was read with.
  static func hint(for text: some Sequence<UInt8>, delimiter: UInt8) -> String? {
    let other = known.first { $0.byte != delimiter && text.contains($0.byte) }
    return other.map {
      "the fields seem to be separated by \($0.name): --delimiter \($0.option) reads them so"
    }
  }
}
