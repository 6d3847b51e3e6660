import Certificates
import Exact
import Symbolics
import Testing

@testable import Proofs

@Suite("Turns of the plane, and fractions that may cancel")
struct TurnTests {
  /// Thirds and halves of a turn.
  @Test(arguments: [
    "z in R^2; x = (z1^3 - 3 z1 z2^2, 3 z1^2 z2 - z2^3) in R^2",
    "z in R^3; x = (z1^2 - z2^2 + z3, 2 z1 z2, z3) in R^3",
  ])
  func refuted(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .notInjective && found.checked == .accepted, "\(text)\n\(found.tried)")
  }

  /// (a z + b)/(z - 1) is constant for a + b = 0, and misses a otherwise.
  @Test func fractionsThatMayCancel() throws {
    let found = try verdict("param a, b; z in R where z != 1; x = (a z + b)/(z - 1) in R")
    #expect(found.kind == .conditional && found.checked == .accepted, "\(found.tried)")
    let condition = try #require(found.condition)
    for (a, b) in [(1, 2), (1, -1), (0, 0), (0, 1)] {
      let values: [Symbol: Expression] = [
        Symbol("a"): Expression(Rational(a)), Symbol("b"): Expression(Rational(b)),
      ]
      let kind =
        try #require(condition.holds(at: values) as Bool?) ? found.kindIfTrue : found.kindIfFalse
      #expect(kind == (a + b == 0 ? .notInjective : .injectiveNotSurjective))
    }
  }
}
