import Formats
import Learning
import Testing

@Suite struct ColumnSummaryTests {
  private static let table = Table(
    columnNames: ["x", "n", "t", "c"],
    values: [
      0.5, 3, 0, 7,
      -1, -3, 1, 7,
      0.5, .nan, 0, 7,
      0.5, 3, 0, 7,
    ], words: ["t": ["a", "b"]])

  @Test func kindsRangesAndRepetitionsAreFound() throws {
    let found = try Self.table.columnNames.map { try ColumnSummary(of: $0, in: Self.table) }
    #expect(found.map(\.kind) == [.continuous, .integer, .words(["a", "b"]), .integer])
    #expect(found.map(\.missing) == [0, 1, 0, 0])
    #expect(found.map(\.distinct) == [2, 2, 2, 1])
    #expect(found.map(\.range) == [-1...0.5, -3...3, 0...1, 7...7])
    #expect(found[0].mode?.value == 0.5 && found[0].mode?.count == 3)
    #expect(found.map(\.isConstant) == [false, false, false, true])
    #expect(throws: LearningError.self) { try ColumnSummary(of: "z", in: Self.table) }
  }

  @Test func rowsThatAreThereTwiceAreCounted() throws {
    #expect(try Self.table.duplicateRows(in: ["x", "n", "t", "c"]) == 1)
    #expect(try Self.table.duplicateRows(in: ["c"]) == 3)
    let zeros = Table(columnNames: ["a"], values: [0, -0.0, .nan, .nan])
    #expect(try zeros.duplicateRows(in: ["a"]) == 1)
    let gaps = Table(columnNames: ["a", "b"], values: [.nan, 1, .nan, 1, .nan, .nan, .nan, .nan])
    #expect(try gaps.duplicateRows(in: ["a", "b"]) == 1)
  }
}
