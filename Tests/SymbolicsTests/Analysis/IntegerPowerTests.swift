import Symbolics
import Testing

/// Powers whose exponent is an integer symbol: defined for negative bases too.
@Suite("Powers with an integer symbol as exponent")
struct IntegerPowerTests {
  private let known = Assumptions()
    .adding(Symbol("K"), in: Interval(.closed(1), .plusInfinity), isInteger: true)
    .adding(Symbol("m"), in: .reals, isInteger: true)

  @Test(arguments: [
    ("z^K", []), ("z^(K - 1)", []), ("z^(2 K)", []), ("z^m", ["z != 0"]),
    ("z^(K - 2)", ["z != 0"]), ("z^(K/2)", ["z >= 0"]), ("z^a", ["z > 0"]),
    ("sum(k in 1..K, z^k)", []), ("sum(k in 1..K, z^(k - 2))", ["z != 0"]),
  ])
  func requirements(text: String, expected: [String]) throws {
    let formula = try Formula.parse(text)
    let found = formula.definednessObligations(under: known).compactMap(\.predicate)
      .filter { $0.freeSymbols.contains(Symbol("z")) }
    #expect(found == (try expected.map { try Formula.parsePredicate($0) }), "\(text)")
  }
}
