import Formats
import Testing

@Suite struct CSVWriterTests {
  @Test func numbersAreShortAndNamesQuotedWhereNeeded() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.file("t.csv"))
    let writer = try CSVWriter(to: file, columnNames: ["a", "b,c", "say \"d\"", ""])
    try writer.write(row: [1, 0.1, -2.5e-9, 1e300])
    try writer.write(row: [-0.0, .infinity, 1.0 / 3, 123_456_789])
    try writer.write(fields: ["x", "y\nz", " ", "w"])
    try writer.finish()
    try file.commit()
    let expected = #"""
      a,"b,c","say ""d""",""
      1,0.1,-2.5e-09,1e+300
      -0,inf,0.3333333333333333,123456789
      x,"y
      z"," ",w

      """#
    #expect(try folder.contents("t.csv") == expected)
  }

  @Test func manyRowsGoOutInPieces() throws {
    let folder = try TemporaryFolder()
    let file = try AtomicFile(path: folder.file("t.csv"))
    let writer = try CSVWriter(to: file, columnNames: ["i", "root"])
    for i in 0..<20_000 { try writer.write(row: [Double(i), Double(i).squareRoot()]) }
    try writer.finish()
    try file.commit()
    let table = try CSVReader(path: folder.file("t.csv")).readAll()
    #expect(table.rowCount == 20_000)
    #expect((0..<20_000).allSatisfy { table[$0, 1] == Double($0).squareRoot() })
  }
}
