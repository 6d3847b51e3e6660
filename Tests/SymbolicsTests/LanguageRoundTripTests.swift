import Exact
import Testing

@testable import Symbolics

@Suite("Problems written and read back")
struct LanguageRoundTripTests {
  static let texts = [
    "problem A; param K : integer >= 1; z in R; x = sum(k in 1..K, sigmoid(k z)) in (0, K)",
    "param L in R \\ {0, 2}, t in (0, 1]; learn w in R^2; z in R^2; x = w^T z (z1, z2)",
    "z in R^2 where z1 < z2; h = (z1 + z2, z1 z2); x = (h1/2, cbrt(h2)) in R^2 where x1 != 0",
    "z in (0, 1) x R; x = (log(z1)/z1, z2) in (-inf, 0) x R; z ~ uniform([0, 1] x [2, 3])",
    "z in R; x = piecewise(z if z > 0, z/2 otherwise); z ~ student_t(3); sample 10",
    "z in R^2; x = z; z1 ~ normal(0, 2); z2 ~ beta(1, 2); density at (0, 1), (1/2, 1/3)",
    "z in R^2; x = 2 z; z ~ normal((1, 2), cov: ((2, 1), (1, 2))); claim inverse (x1/2, x2/2)",
    "z in R; x = exp(z); z ~ logistic(0, 1); density; push 0; claim density = 1/(1 + x)^2",
    "(u, v) in R^2; (a, b) = (u + v, u - v); inverse; jacobian; claim not invertible",
    "param a; z in R; x = a z in (0, sqrt(a)); claim det a; claim logdet log(|a|)",
  ]

  /// Everything of a problem but the places its pieces come from.
  static func content(_ problem: Problem) -> Problem {
    var result = problem
    for position in result.stages.indices {
      result.stages[position].source = []
      result.stages[position].obligations = result.stages[position].obligations.map {
        Obligation(
          $0.subject, $0.requirement, if: $0.guardCondition, source: "", indices: $0.indices)
      }
    }
    result.claims = result.claims.map { Claim($0.statement, source: "") }
    return result
  }

  @Test(arguments: texts) func readsBack(_ text: String) throws {
    let first = try problem(text)
    let second = try problem(first.flowText)
    #expect(Self.content(first) == Self.content(second), "\(first.flowText)")
  }

  @Test func corpusProblemsReadBack() throws {
    for record in LanguageCorpusTests.records {
      let first = try CorpusReader.problem(record)
      let second = try problem(first.flowText)
      #expect(Self.content(first) == Self.content(second), "\(first.flowText)")
    }
  }

  @Test func cancelledPolesAreKept() throws {
    var p = try problem("z in R; x = z/z + z")
    p.stages[0].source = []
    #expect(p.flowText.contains("x = piecewise(z + 1 if z != 0)"))
    let again = try problem(p.flowText)
    #expect(again.stages[0].obligations.count == 1)
  }

  @Test func stacking() throws {
    let a = try problem(
      "param s > 0; z in R^2; x = (s z1, exp(z2)) in R x (0, inf); z ~ normal(0, I)")
    let b = try problem(
      "param s; z in R x (0, inf); h = (z1 + s, z2); x = (h1, log(h2)) in R^2; prove invertible")
    let stacked = try b.stacked(on: a)
    #expect(stacked.stages.count == 3)
    #expect(stacked.parameters.map(\.symbol.name) == ["s", "sb"])
    #expect(stacked.base == a.base)
    let (z1, z2) = (Expression.symbol("z1"), Expression.symbol("z2"))
    #expect(
      stacked.composedFormulas
        == [Expression.symbol("s") * z1 + .symbol("sb"), z2])
    let again = try problem(stacked.flowText)
    #expect(Self.content(again) == Self.content(stacked))
    #expect(throws: StackingFailure.self) { try b.stacked(on: b) }
  }

  @Test func stackingChecksTheFit() throws {
    let line = try problem("z in R; x = z")
    let plane = try problem("z in R^2; x = z")
    let half = try problem("z in (0, inf); x = log(z)")
    #expect(throws: StackingFailure.self) { try line.stacked(on: plane) }
    #expect(throws: StackingFailure.self) { try half.stacked(on: line) }
    let positive = try problem("z in R; x = exp(z) in (0, inf)")
    #expect(try half.stacked(on: positive).composedFormulas == [.symbol("z")])
  }
}
