import Exact
import Foundation
import Testing

@testable import Symbolics

@Suite("Corpus reader")
struct LanguageCorpusTests {
  static let records: [CorpusRecord] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Examples/corpus/invertibility.json")
    return (try? CorpusReader.records(Data(contentsOf: file))) ?? []
  }()

  static func record(_ id: String) throws -> CorpusRecord {
    try #require(records.first { $0.id == id })
  }

  @Test func everyRecordParses() {
    #expect(Self.records.count == 146)
    for record in Self.records {
      #expect(throws: Never.self, "\(record.id)") {
        let problem = try CorpusReader.problem(record)
        #expect(problem.inputs == (1...record.dimension.n).map { Symbol("z", $0) })
        #expect(problem.outputs == (1...record.dimension.m).map { Symbol("x", $0) })
        #expect(problem.composedFormulas.count == record.dimension.m)
      }
    }
  }

  @Test func everyExpectedFormulaParses() throws {
    for record in Self.records {
      for text in (record.inverse ?? []) + (record.logAbsDet.map { [$0] } ?? []) {
        #expect(throws: Never.self, "\(record.id): \(text)") {
          _ = try Formula.parse(text, syntax: .corpus)
        }
      }
      for text in [record.condition, record.image].compactMap({ $0 }) {
        #expect(throws: Never.self, "\(record.id): \(text)") {
          _ = try Formula.parsePredicate(text, syntax: .corpus)
        }
      }
    }
  }

  @Test func formulasMeanTheSameInBothSyntaxes() throws {
    for record in Self.records {
      for formula in try CorpusReader.problem(record).composedFormulas {
        let again = try Formula.parse(formula.corpusText, syntax: .corpus)
        #expect(again.text == formula.text, "\(record.id)")
        #expect(try Formula.parse(formula.text).text == formula.text, "\(record.id)")
      }
    }
  }

  @Test func parameterSets() throws {
    let yeoJohnson = try CorpusReader.problem(Self.record("yeojohnson"))
    #expect(yeoJohnson.parameters == [Parameter(Symbol("L"), excluding: [0, 2])])
    let sheet = try CorpusReader.problem(Self.record("sheet-p5"))
    #expect(
      sheet.parameters
        == [Parameter(Symbol("K"), in: Interval(.closed(1), .plusInfinity), isInteger: true)])
    let radial = try CorpusReader.problem(Self.record("radial-par"))
    #expect(radial.parameters[0] == Parameter(Symbol("a"), in: .positive))
  }

  @Test func answersAreNotNeeded() throws {
    let json = """
      [{"id": "a", "dimension": {"n": 1, "m": 1}, "domain": "R where z1 != 0", "codomain": "R",
        "formulas": ["1/z1"], "parameters": {}}]
      """
    let records = try CorpusReader.records(Data(json.utf8))
    let problem = try CorpusReader.problem(records[0])
    #expect(problem.domain.predicate == .compare(.symbol("z1"), .unequal, 0))
    #expect(
      problem.stages[0].obligations == [Obligation(.symbol("z1"), .nonzero, source: "1/z1")])
    #expect(throws: CorpusFailure.self) { try CorpusReader.records(Data("{".utf8)) }
    #expect(throws: CorpusFailure.self) { try CorpusReader.records(Data("[{}]".utf8)) }
  }

  @Test func fieldsCannotBeginStatements() throws {
    let json = """
      [{"id": "a", "dimension": {"n": 1, "m": 1}, "domain": "R; param K", "codomain": "R",
        "formulas": ["z1"], "parameters": {}}]
      """
    let record = try CorpusReader.records(Data(json.utf8))[0]
    #expect(throws: ParseFailure.self) { try CorpusReader.problem(record) }
  }
}
