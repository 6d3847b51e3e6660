import ArgumentParser
import Formats

/// How tables are written that a command reads as CSV.
struct TableOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      What separates the fields of CSV: a character, or tab. Otherwise the first line decides, by a comma or else \
      a tab, a semicolon or a bar.
      """, valueName: "character"))
  var delimiter: FieldDelimiter?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Whether the first line of CSV names the columns; without names they are x1, x2, … Otherwise it does if it holds \
      no number.
      """)
  var header: Bool?

  /// Opens a table.
  ///
  /// - Parameters:
  ///   - path: the file; - is standard input.
  ///   - options: what the table is to hold.
  func reader(
    _ path: String, _ options: CSVOptions = CSVOptions()
  ) throws(FormatError) -> TableReader {
    var options = options
    options.delimiter = delimiter?.byte
    options.header = header.map { $0 ? .present : .absent } ?? .automatic
    return try TableReader(path: path, options: options)
  }
}

/// A byte between fields as the command line names it.
struct FieldDelimiter: ExpressibleByArgument {
  let byte: UInt8

  init?(argument: String) {
    let names = [
      "tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "space": " ",
    ]
    let text = (names[argument] ?? argument).utf8
    guard let byte = text.first, text.count == 1, CSVOptions.canSeparate(byte) else { return nil }
    self.byte = byte
  }
}
