import Formats
import Testing

private func read(
  _ text: String, options: CSVOptions = CSVOptions()
) throws(FormatError) -> Table {
  try CSVReader(bytes: Array(text.utf8), name: "t.csv", options: options).readAll()
}

@Suite struct CSVReaderTests {
  @Test(arguments: [
    "a,b\n1,2\n3,4\n",
    "a,b\n1,2\n3,4",
    "a,b\r\n1,2\r\n3,4\r\n",
    "\u{FEFF}a,b\n1,2\n3,4\n",
    "\"a\",\"b\"\n\"1\",2\n3,\"4\"\n",
    "a , b\n 1 ,\t2\n3,4\n\n\n",
    "a,b\n1e0,+2.\n.3e1,4.000\n",
  ])
  func spellingsOfOneTable(_ text: String) throws {
    #expect(try read(text) == Table(columnNames: ["a", "b"], values: [1, 2, 3, 4]))
  }

  @Test func aFileWithoutHeaderNumbersItsColumns() throws {
    let table = try read("1,2\n3,4\n")
    #expect(table.columnNames == ["x1", "x2"])
    #expect(table.rowCount == 2)
    #expect(table.column(named: "x2") == [2, 4])
    #expect(table.column(named: "x3") == nil)
  }

  @Test func theHeaderCanBeStated() throws {
    let present = try read("2019,2020\n1,2\n", options: CSVOptions(header: .present))
    #expect(present == Table(columnNames: ["2019", "2020"], values: [1, 2]))
    let absent = try CSVReader(
      bytes: Array("1,2\n".utf8), name: "t", options: CSVOptions(header: .absent))
    #expect(absent.columnNames == ["x1", "x2"])
  }

  @Test func quotedNamesHoldDelimitersQuotesAndLineBreaks() throws {
    let table = try read("\"a,\"\"b\"\"\nc\",\" d \"\n1,2\n")
    #expect(table.columnNames == ["a,\"b\"\nc", " d "])
  }

  @Test(arguments: [";", "\t", "|", ","]) func theFirstLineShowsTheDelimiter(_ text: String) throws
  {
    let expected = Table(columnNames: ["a", "b, in \(text)"], values: [1, 2, 3, 4])
    let rows = "1\(text)2\n 3 \(text)4\n"
    #expect(try read("a\(text)\"b, in \(text)\"\n" + rows) == expected)
    #expect(try read(rows).values == [1, 2, 3, 4])
    let stated = CSVOptions(delimiter: text.utf8.first)
    #expect(try read("a\(text)b\n" + rows, options: stated).values == [1, 2, 3, 4])
  }

  @Test func aStatedDelimiterIsTheOnlyOne() throws {
    let options = CSVOptions(delimiter: UInt8(ascii: ":"))
    #expect(try read("a,;b:c\n1:2\n", options: options).columnNames == ["a,;b", "c"])
    // Of several in the first line the comma counts.
    #expect(try read("a;b,c\n1,2\n").columnNames == ["a;b", "c"])
  }

  /// The first line comes in pieces, as from a pipe, and is longer than the buffer.
  @Test func longFirstLinesShowTheDelimiter() throws {
    let folder = try TemporaryFolder()
    let names = (0..<20_000).map { "column\($0)" }
    let row = (0..<20_000).map(String.init)
    let text = names.joined(separator: ";") + "\n" + row.joined(separator: ";") + "\n"
    try AtomicFile.write(text, to: folder.file("wide.csv"))
    let table = try CSVReader(path: folder.file("wide.csv")).readAll()
    #expect(table.columnNames == names && table[0, 19_999] == 19_999)
  }

  @Test func batchesTogetherAreTheTable() throws {
    let text = "a,b\n" + (0..<10).map { "\($0),\($0 * $0)\n" }.joined()
    let reader = try CSVReader(bytes: Array(text.utf8), name: "t.csv")
    var sizes: [Int] = []
    var values: [Double] = []
    while let batch = try reader.nextBatch(maximumRows: 4) {
      sizes.append(batch.rowCount)
      values += batch.values
    }
    #expect(sizes == [4, 4, 2])
    #expect(values == (0..<10).flatMap { [Double($0), Double($0 * $0)] })
    #expect(try reader.nextBatch(maximumRows: 4) == nil)
  }

  @Test func nonFiniteNumbersOnRequestOnly() throws {
    let table = try read("a\ninf\n-Infinity\n", options: CSVOptions(acceptsNonFinite: true))
    #expect(table.values == [.infinity, -.infinity])
    #expect(throws: FormatError.self) { try read("a\nnan\n") }
  }

  @Test func missingNumbersOnRequestOnly() throws {
    var options = CSVOptions()
    options.acceptsMissing = true
    let table = try read("a,b\n1, \n,\"\"\nnan,2\n3,4\n", options: options)
    #expect(table.values.map(\.isNaN) == [false, true, true, true, true, false, false, false])
    #expect(table.row(3) == [3, 4])
    #expect(throws: FormatError.self) { try read("a,b\n1,inf\n", options: options) }
    #expect(throws: FormatError.self) { try read("a,b\n1,x\n", options: options) }
    #expect(throws: FormatError.self) { try read("a,b\n1,\n") }
  }

  @Test func recordsLongerThanTheBufferAreRead() throws {
    let folder = try TemporaryFolder()
    let row = (0..<30_000).map(String.init).joined(separator: ",")
    try AtomicFile.write("\(row)\n\(row)\n", to: folder.file("wide.csv"))
    let table = try CSVReader(path: folder.file("wide.csv")).readAll()
    #expect(table.rowCount == 2)
    #expect(table[1, 29_999] == 29_999)
  }
}
