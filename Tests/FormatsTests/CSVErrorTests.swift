import Formats
import Testing

/// A text that is not a table, where the trouble is, and a word the message must contain.
struct BadText: Sendable, CustomTestStringConvertible {
  let text: String
  let line: Int?
  let column: Int?
  let message: String
  var options = CSVOptions()

  init(
    _ text: String, at line: Int?, _ column: Int?, _ message: String,
    options: CSVOptions = CSVOptions()
  ) {
    self.text = text
    self.line = line
    self.column = column
    self.message = message
    self.options = options
  }

  var testDescription: String { message }

  static let all: [BadText] = [
    BadText("", at: nil, nil, "the file is empty"),
    BadText("a,b\n", at: nil, nil, "no row follows the header"),
    BadText("a,b\n1,2\n3\n", at: 3, nil, "1 field in this row, expected 2"),
    BadText("a,b\n1,2\n3,4,5\n", at: 3, nil, "3 fields in this row, expected 2"),
    BadText("a,b\n1,2\n3,x\n", at: 3, 3, "'x', expected a number in column 'b'"),
    BadText("a,b\n1,2\n,4\n", at: 3, 1, "an empty cell"),
    BadText("a,b\n1,2\n\n3,4\n", at: 3, nil, "an empty line between rows"),
    BadText("a,b\n1,1e999\n", at: 2, 3, "a finite number"),
    BadText("a,b\n1,0x10\n", at: 2, 3, "'0x10'"),
    BadText("a,b\n1,1 000\n", at: 2, 3, "'1 000'"),
    BadText(
      "a;b\n1;2\n", at: 2, 1, "separated by semicolons: --delimiter ';' reads them so",
      options: CSVOptions(delimiter: UInt8(ascii: ","))),
    BadText("a\tb\n1,2\n", at: 2, nil, "separated by commas: --delimiter ,"),
    BadText("a, Jy\tb\n1\t2\n", at: 2, nil, "separated by tabs: --delimiter tab"),
    BadText("a;b\n1,5;2\n", at: 2, 1, "write a point, not a comma"),
    BadText("1,5;2,5\n3,5;4,5\n", at: 1, 3, "separated by semicolons"),
    BadText("a,b\n1,\"2\n", at: 2, 3, "never closed"),
    BadText("a,b\n1,\"2\"3\n", at: 2, 6, "after a closing quote"),
    BadText("a,b\n1,2\"3\"\n", at: 2, 4, "a quote inside an unquoted field"),
    BadText("a,b\r1,2\r", at: 1, 4, "carriage return"),
    BadText("a,1\n1,2\n", at: 1, 1, "'a' beside '1'"),
    BadText("a,1\n1,2\n", at: 1, 1, "--no-header"),
    BadText("a,a\n1,2\n", at: 1, 3, "also the name of column 1"),
    BadText(",b\n1,2\n", at: 1, 1, "without a name"),
    BadText("ä,ö\n1,2\nü,ß\n", at: 3, 1, "'ü'"),
    BadText("ä,\"ö\"\n\"1\",x\n", at: 2, 5, "'x'"),
    BadText("PK\u{3}\u{4}", at: nil, nil, "spreadsheet"),
    BadText("a,b,c\n", at: 1, 5, "more than 2 fields", options: CSVOptions(maximumColumns: 2)),
    BadText("abcd\n1", at: 1, 1, "more than 3 bytes", options: CSVOptions(maximumFieldBytes: 3)),
    BadText("ab,cd\n", at: 1, 4, "more than 3 bytes", options: CSVOptions(maximumRecordBytes: 3)),
    BadText("a\n\u{1}\n", at: 2, 1, "'\\u{1}'"),
  ]
}

@Suite struct CSVErrorTests {
  @Test(arguments: BadText.all)
  func badTextIsReportedAtItsPlace(_ bad: BadText) throws {
    let error = #expect(throws: FormatError.self) {
      try CSVReader(bytes: Array(bad.text.utf8), name: "t.csv", options: bad.options).readAll()
    }
    let found = try #require(error)
    #expect(found.reason == .badContent)
    #expect(found.line == bad.line)
    #expect(found.column == bad.column)
    #expect(found.description.contains(bad.message), "\(found)")
    #expect(found.description.hasPrefix("t.csv:"))
  }

  @Test(arguments: [[0xFF, 0xFE, 0x31, 0x00], [0x1F, 0x8B, 0x08]] as [[UInt8]])
  func otherKindsOfFilesAreNamed(_ bytes: [UInt8]) {
    #expect(throws: FormatError.self) { try CSVReader(bytes: bytes, name: "t.csv") }
  }

  @Test func namesMustBeUTF8() {
    #expect(throws: FormatError.self) {
      try CSVReader(bytes: [0x61, 0xFF, 0x0A, 0x31], name: "t.csv")
    }
  }

  @Test func missingFilesAndFolders() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: FormatError.self) {
      try CSVReader(path: folder.file("none.csv"))
    }
    #expect(missing?.reason == .missingFile)
    let directory = #expect(throws: FormatError.self) { try CSVReader(path: folder.path) }
    #expect(directory?.reason == .inputOutput)
  }
}
