import Exact
import Symbolics
import Testing

@testable import Evaluation

/// Formulas of several operations against certified enclosures of 200 bits.
@Suite("Compositions against enclosures")
struct CompositionTests {
  static let x = Expression.symbol("x")
  static let y = Expression.symbol("y")

  static let formulas: [Expression] = [
    (x.power(2) + y.power(2)).squareRoot / (1 + x.power(2)),
    .exp(-x) * y - .exp(-2 * x) / 3,
    .log(1 + .exp(x) + y.power(2)),
    .call(.atan2, [y, x]) * .pi,
    .cbrt(x.power(3) - y) + .power(.abs(y), .rational(2, 7)),
    .call(.sigmoid, [3 * x]) * (1 - .call(.sigmoid, [3 * x])),
    .exp(x) / (1 + .exp(x)).power(3) + .exp(2 * x) * (1 + .exp(x)).power(-2),
    .call(.normcdf, [x - y]) * .call(.erf, [y / 4]),
    .call(.tanh, [x]) + .log(.call(.cosh, [x - 2 * y])),
    .finiteSum(.call(.sin, [.symbol("k") * x]) / .symbol("k"), over: Symbol("k"), from: 1, to: 100),
    .piecewise([
      Branch(x.power(2), if: .compare(x, .less, y)), Branch(.log(1 + x.power(2)), if: .always),
    ]),
    .call(.max, [x, y, .rational(1, 2)]) - .call(.mod, [x, 3]),
    (2 * Expression.pi).squareRoot * x + Expression.e.power(3) * y - .log(7),
    x.power(-3) * y.power(5) / 7,
    .power(1 + x.power(2) / 5, -3) * .rational(8, 3) / (Expression(5).squareRoot * .pi),
  ]

  static let points: [(Rational, Rational)] = {
    let values = ["-7.25", "-1", "-0.3", "0.001", "0.7", "1", "2.5", "11"].map { Rational($0)! }
    return values.enumerated().map { ($1, values[($0 * 3 + 2) % values.count]) }
  }()

  @Test(arguments: formulas)
  func agreesWithEnclosure(formula: Expression) throws {
    let compiled = try CompiledFormulas([formula], inputs: [Symbol("x"), Symbol("y")])
    for (x, y) in Self.points {
      // The nearest Doubles are the arguments, exactly.
      let (a, b) = (x.doubleValue, y.doubleValue)
      let value = try compiled.values(at: [a, b])[0]
      let reference = Self.value(formula, a, b)
      // What changing an argument by an ulp changes, and a few roundings of intermediate results.
      let sensitivity =
        (Self.value(formula, a + a.ulp, b) - reference).magnitude
        + (Self.value(formula, a, b + b.ulp) - reference).magnitude
      let allowed = 8 * sensitivity.doubleValue + 8 * reference.doubleValue.ulp
      let error = (Rational(exactly: value)! - reference).magnitude.doubleValue
      #expect(error <= allowed, "at (\(a), \(b)): \(value)")
    }
  }

  static func value(_ formula: Expression, _ x: Double, _ y: Double) -> Rational {
    let point = [Symbol("x"): Rational(exactly: x)!, Symbol("y"): Rational(exactly: y)!]
    return formula.ball(at: point, precision: 200).midpoint!
  }
}
