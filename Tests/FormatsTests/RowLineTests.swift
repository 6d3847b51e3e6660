import Formats
import Testing

@Suite struct RowLineTests {
  @Test func rowsKnowTheirLines() throws {
    // Row 2 ends on another line than it begins; the header too has two lines.
    let text = "\"a\nb\",c\n1,2\n\"3\",4\n5,\" 6 \"\n7,8\n\n\n"
    let table = try CSVReader(bytes: Array(text.utf8), name: "t").readAll()
    #expect((0..<table.rowCount).map { table.line(ofRow: $0) } == [3, 4, 5, 6])
    var both = Table(columnNames: table.columnNames)
    both.append(table)
    both.append(table)
    #expect((0..<8).map { both.line(ofRow: $0) } == [3, 4, 5, 6, 3, 4, 5, 6])
  }

  @Test func rowsThatAreKeptKeepTheirLines() throws {
    let table = try CSVReader(bytes: Array("a\n1\n2\n3\n4\n".utf8), name: "t").readAll()
    let kept = table.keeping([0, 2, 3])
    #expect(kept.values == [1, 3, 4])
    #expect((0..<3).map { kept.line(ofRow: $0) } == [2, 4, 5])
  }

  @Test func batchesGoOnCounting() throws {
    let text = "a\n" + (0..<10).map { "\($0)\n" }.joined() + "nan\n1\n"
    let options = CSVOptions(acceptsNonFinite: true)
    let reader = try CSVReader(bytes: Array(text.utf8), name: "t", options: options)
    var lines: [Int?] = []
    while let batch = try reader.nextBatch(maximumRows: 3) {
      lines += (0..<batch.rowCount).map { batch.line(ofRow: $0) }
    }
    #expect(lines == Array(2...13))
  }

  @Test func rowsOfArraysKnowTheirNumbers() throws {
    let sink = Bytes()
    let writer = try NPYWriter(to: sink, columnNames: ["a"], rowCount: 10)
    try writer.write(columns: [(0..<10).map(Double.init)])
    let reader = try TableReader(bytes: sink.bytes, name: "t")
    var all = Table(columnNames: ["a"])
    while let batch = try reader.nextBatch(maximumRows: 4) {
      #expect((0..<batch.rowCount).allSatisfy { batch.number(ofRow: $0) == Int(batch[$0, 0]) })
      all.append(batch)
    }
    let kept = all.keeping([2, 7, 9])
    #expect((0..<3).map { kept.number(ofRow: $0) } == [2, 7, 9])
    #expect(kept.line(ofRow: 0) == nil)
  }

  /// A sink that keeps what it is given.
  private final class Bytes: ByteSink {
    var bytes: [UInt8] = []
    func write(_ bytes: [UInt8]) throws(FormatError) { self.bytes += bytes }
  }

  @Test func otherTablesHaveNoLines() {
    #expect(Table(columnNames: ["a"], values: [1]).line(ofRow: 0) == nil)
  }
}
