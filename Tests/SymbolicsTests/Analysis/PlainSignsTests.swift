import Symbolics
import Testing

@Suite("Sign conditions in plain terms")
struct PlainSignsTests {
  /// Both predicates hold at the same points of a grid.
  @Test(arguments: [
    "x1/cbrt(x2) > 0", "x1/cbrt(x2) >= 0", "x1/x2 != 0", "x1 x2^(-2) <= 0", "sqrt(x1/x2) > 0",
    "sqrt(x1) >= 0", "x2 sqrt(x1) < 0", "log1p(x1) < 0", "asin(x1) >= 0", "exp(x2) x1^3 > 0",
    "-x1 sinh(x2) > 0", "1/x1 <= 0", "x1^2 x2 > 0",
  ])
  func theSetStaysTheSame(text: String) throws {
    let predicate = try Formula.parsePredicate(text)
    let plain = predicate.plainSigns(under: Assumptions())
    for a in [-8, -2, -1, 0, 1, 2, 8] {
      for b in [-8, -1, 1, 27] {
        let point = [Symbol("x1"): Expression.rational(a, 2), Symbol("x2"): .rational(b)]
        let before = predicate.holds(at: point) ?? false
        let after = plain.holds(at: point) ?? false
        #expect(before == after, "\(text) and \(plain.text) at x1 = \(a)/2, x2 = \(b)")
      }
    }
  }

  @Test(arguments: [
    ("x2 != 0 and x1 x2 >= 0 or x1 == 0 and x2 == 0", "x1 x2 > 0 or x1 == 0"),
    ("x1 > 0 and x2 > 0 or x1 < 0 and x2 < 0", "x1 x2 > 0"),
    ("x1 >= 0 and x2 >= 0", "x1 >= 0 and x2 >= 0"),
    ("x1 > 0 or x1 < 0", "x1 != 0"),
    ("x1^2 x2 >= 0 or x2 < 0", "1 > 0"),
  ])
  func unionsByTheTableOfSigns(text: String, cover: String) throws {
    let predicate = try Formula.parsePredicate(text)
    let symbols = [Symbol("x1"), Symbol("x2")]
    let found = predicate.signCover(of: symbols, under: Assumptions())
    #expect(
      found == (try Formula.parsePredicate(cover)).folded, "\(text): \(found?.text ?? "none")")
  }

  /// What signs do not determine, or what is not defined everywhere, has no such cover.
  @Test(arguments: ["x1 > 1", "x1 - x2 > 0", "x1/x2 > 0", "sqrt(x1) >= 0"])
  func noCover(text: String) throws {
    let predicate = try Formula.parsePredicate(text)
    #expect(predicate.signCover(of: predicate.freeSymbols, under: Assumptions()) == nil)
  }

  @Test func productsAreReadable() throws {
    let predicate = try Formula.parsePredicate("x1/cbrt(x2) > 0")
    #expect(predicate.plainSigns(under: Assumptions()).text == "x1 x2 > 0")
  }
}
