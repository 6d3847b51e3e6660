import Exact
import Symbolics
import Testing

@testable import Evaluation

/// Formulas of closed inverses whose parts cancel near one end of the image, against ball arithmetic with
/// 200 bits at the same numbers.
@Suite("Differences that cancel")
struct CancellationTests {
  @Test(arguments: [
    "sqrt(1 + x) - 1", "log(sqrt(1 + x) - 1)", "(sqrt(1 + 4 x) - 1)/2", "3 - 2 sqrt(9/4 + x)",
    "cbrt(1 + x) - 1", "log(cbrt(1 + x) - 1)", "2 cbrt(1 - x) - 2", "acosh(1 + x)",
    "log(acosh(1 + x))", "log(sqrt(4 exp(x) - 3) - 1)", "2/(4 x - sqrt(4 x + 1) + 1)",
    "1 + x - sqrt(1 + x)", "sqrt(1/4 + x) - 2 x - 1/2",
  ])
  func keepsAllDigits(text: String) throws {
    let formula = try Formula.parse(text)
    let program = try CompiledFormulas([formula], inputs: [Symbol("x")])
    for x in [1e-300, 3.4278168630840288e-15, 1e-8, 0.001, 0.3] {
      let value = try program.values(at: [x])[0]
      let exact = formula.substituting(Symbol("x"), by: Expression(Rational(exactly: x)!))
        .ball(precision: 2400).midpointDouble
      #expect((value - exact).magnitude <= 8 * exact.ulp, "\(text) at \(x): \(value), not \(exact)")
    }
  }

  /// Far from where anything cancels.
  @Test(arguments: [
    ("sqrt(x) - 3", 1e300), ("cbrt(x) - 2", -1e300), ("cbrt(x) - 2", -8), ("acosh(x - 1)", 1e300),
    ("sqrt(x) - 3", 0), ("acosh(x + 2)", 0.25), ("cbrt(x) - 2", 0),
    ("lambertw(exp(x))", 1000), ("lambertw(3 exp(2 x))", 1e6), ("lambertw(exp(x))", -1000),
    ("lambertw(-exp(x))", -3), ("x - lambertw(exp(x))", 1e6), ("x - lambertw(exp(x))", 2),
    ("x - lambertw(exp(x))", -40), ("3 x + 1 - lambertw(2 exp(6 x - 1))/2", 1e5),
  ])
  func elsewhere(text: String, x: Double) throws {
    let formula = try Formula.parse(text)
    let value = try CompiledFormulas([formula], inputs: [Symbol("x")]).values(at: [x])[0]
    let exact = formula.substituting(Symbol("x"), by: Expression(Rational(exactly: x)!))
      .ball(precision: 2400).midpointDouble
    #expect((value - exact).magnitude <= 8 * exact.ulp, "\(text) at \(x): \(value), not \(exact)")
  }
}
