import Foundation
import Formats
import Testing

/// How often the fuzz test tries; a long run sets `DIFFEO_FUZZ_ITERATIONS`.
private let iterations =
  ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 2_000

@Suite struct CellTests {
  private func read(
    _ text: String, _ change: (inout CSVOptions) -> Void
  ) throws(FormatError) -> Table {
    var options = CSVOptions()
    change(&options)
    return try CSVReader(bytes: Array(text.utf8), name: "t.csv", options: options).readAll()
  }

  @Test func missingValuesAreNaNOnRequest() throws {
    let text = "a,b\n1,2\n,4\nNA,n/a\nNaN,null\n\"\",5\n"
    let table = try read(text) { $0.acceptsMissing = true }
    #expect(table.column(0).map(\.isNaN) == [false, true, true, true, true])
    #expect(table.column(1).map(\.isNaN) == [false, false, true, true, false])
    #expect(table.line(ofRow: 4) == 6)
    let error = #expect(throws: FormatError.self) { try read(text) { _ in } }
    #expect(error?.description.hasPrefix("t.csv:3:1: an empty cell") == true)
    #expect(throws: FormatError.self) { try read("a\ninf\n") { $0.acceptsMissing = true } }
  }

  @Test func columnsThatAreNotNeededMayHoldAnything() throws {
    let table = try read("name,a\nM 31,2\n,3\n7,4\n") { $0.columns = ["a"] }
    #expect(table.columnNames == ["name", "a"])
    #expect(table.column(1) == [2, 3, 4])
    #expect(table[0, 0].isNaN && table[2, 0] == 7)
  }

  @Test func wordsAreNumbered() throws {
    let text = "type,n,x\nspiral,1,0.5\n elliptic ,2,1\nspiral,3,2\n,4,3\n"
    let table = try read(text) {
      $0.words = .found(in: ["type", "n"])
      $0.acceptsMissing = true
    }
    #expect(table.column(0)[..<3] == [0, 1, 0] && table[3, 0].isNaN)
    #expect(table.words(of: "type") == ["spiral", "elliptic"])
    #expect(table.words(of: "n") == nil && table.words(of: "x") == nil)
    #expect(table.column(1) == [1, 2, 3, 4])
  }

  @Test func wordsOfSeveralBatchesAreNumberedTogether() throws {
    var options = CSVOptions()
    options.words = .found(in: ["t"])
    let text = "t\n" + (0..<100).map { "w\($0 * $0 % 17)\n" }.joined()
    let reader = try CSVReader(bytes: Array(text.utf8), name: "t", options: options)
    var all = Table(columnNames: reader.columnNames)
    while let batch = try reader.nextBatch(maximumRows: 7) { all.append(batch) }
    let words = try #require(all.words(of: "t"))
    #expect(Set(words).count == words.count)
    #expect(all.values.enumerated().allSatisfy { words[Int($1)] == "w\($0 * $0 % 17)" })
  }

  @Test func knownWordsKeepTheirNumbers() throws {
    let known = CSVOptions.Words.known(["t": ["b", "a", "1"]])
    // Words that look like numbers are words.
    #expect(try read("t\na\n1\nb\n") { $0.words = known }.values == [1, 2, 0])
    let error = #expect(throws: FormatError.self) {
      try read("t\na\nc\n") { $0.words = known }
    }
    #expect(error?.description == "t.csv:3:1: 'c', expected one of 'b', 'a', '1' in column 't'")
  }

  @Test func tooManyWordsAreNoCategories() {
    let text = "t\n" + (0...1000).map { "w\($0)\n" }.joined()
    let error = #expect(throws: FormatError.self) {
      try read(text) { $0.words = .found(in: ["t"]) }
    }
    #expect(error?.description.contains("1002:1: 'w1000', expected at most 1000") == true)
  }

  @Test func anyBytesAreATableOrAnError() {
    var generator = SeededGenerator(seed: 31)
    let alphabet = Array("01.e-,,,\n\n\r\"\" abNAnul/\u{FEFF}é".utf8)
    var options = CSVOptions()
    options.acceptsMissing = true
    options.columns = ["a", "x1", "x2"]
    options.words = .found(in: ["a", "x1"])
    for round in 0..<iterations {
      if round == iterations / 2 { options.words = .known(["a": ["a", "b"], "x1": ["1"]]) }
      let bytes =
        Array("a,b\n".utf8)
        + (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
          alphabet.randomElement(using: &generator)!
        }
      do {
        let table = try CSVReader(bytes: bytes, name: "fuzz", options: options).readAll()
        let infinite = table.values.filter(\.isInfinite)
        #expect(infinite.isEmpty && table.rowCount > 0)
      } catch {
        #expect(error.reason == .badContent)
      }
    }
  }
}
