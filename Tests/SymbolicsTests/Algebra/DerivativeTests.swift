import Exact
import Testing

@testable import Symbolics

@Suite("Derivatives")
struct DerivativeTests {
  static let z = Expression.symbol("z")
  static let y = Expression.symbol("y")

  /// The central difference of order 4 has an error near h⁴ = 10⁻¹² from the method and
  /// 2⁻⁵²/h ≈ 10⁻¹³ from rounding; the functions below magnify that by less than 10³.
  static let step = 1e-3
  static let tolerance = 1e-8

  static func slope(of f: (Double) -> Double, at u: Double) -> Double {
    let h = step
    return (f(u - 2 * h) - 8 * f(u - h) + 8 * f(u + h) - f(u + 2 * h)) / (12 * h)
  }

  static let oneArgument =
    Function.unary + [.realRoot(5), .lambertw(branch: 0), .lambertw(branch: -1)]

  @Test(arguments: oneArgument)
  func everyRuleAgreesWithDifferences(of function: Function) throws {
    let rule = try #require(DerivativeRule(for: function))
    var tried = 0
    for u in [-3.3, -0.71, -0.23, -0.19, -0.11, 0.27, 0.43, 0.82, 1.37, 2.1, 2.9] {
      let expected = Self.slope(of: { function.numericValue([$0]) }, at: u)
      if expected.isNaN { continue }
      let found = rule.derivative.numericValue([DerivativeRule.argument: u])
      #expect(
        abs(found - expected) <= Self.tolerance * max(1, abs(expected)), "\(function) at \(u)")
      tried += 1
    }
    #expect(tried >= 3)
  }

  @Test(arguments: [Function.atan2, .max, .min, .mod])
  func functionsOfSeveralArgumentsHaveNoRow(_ function: Function) {
    #expect(DerivativeRule(for: function) == nil)
  }

  static let formulas: [Expression] = [
    z.power(3) * y - 2 / z,
    .power(z, y), .power(y, z), .power(z, .rational(7, 3)), .power(z.power(2) + 1, z),
    .exp(-z - y) * z, .call(.atan2, [z * y, z - y]), .call(.atan2, [-z, -y]),
    .call(.max, [z.power(2), y * z, 1]), .call(.min, [z.power(2), y, .exp(-z)]),
    .call(.mod, [7 * z, y]), .abs(z - y), .cbrt(z - 3 * y),
    .piecewise([
      Branch(z.power(2), if: .compare(z, .less, y)), Branch(.log(z) + y, if: .always),
    ]),
    .finiteSum(
      .call(.sigmoid, [.symbol("k") * z * y]), over: Symbol("k"), from: 1, to: .symbol("n")),
    .log(.exp(z) + .call(.sin, [y * z]).power(2)),
  ]

  @Test(arguments: formulas)
  func formulasAgreeWithDifferences(_ formula: Expression) {
    let points: [[Symbol: Double]] = [
      [Symbol("z"): 0.83, Symbol("y"): 1.21, Symbol("n"): 5],
      [Symbol("z"): 2.13, Symbol("y"): 0.39, Symbol("n"): 1],
    ]
    for point in points {
      for symbol in [Symbol("z"), Symbol("y")] {
        let expected = Self.slope(
          of: { value in
            var moved = point
            moved[symbol] = value
            return formula.numericValue(moved)
          }, at: point[symbol]!)
        let found = formula.derivative(by: symbol).numericValue(point)
        #expect(abs(found - expected) <= Self.tolerance * max(1, abs(expected)))
      }
    }
  }

  @Test func boundIndicesAreNoVariables() {
    let k = Symbol("k")
    let sum = Expression.finiteSum(Expression(k).power(2), over: k, from: 1, to: .symbol("n"))
    #expect(sum.derivative(by: k) == 0)
    #expect((sum * Expression(k)).derivative(by: k) == sum)
  }

  @Test func sharedSubtreesAreDifferentiatedOnce() {
    var tower = Self.z
    for _ in 0..<60 { tower = .call(.sin, [tower]) + .call(.cos, [tower]) }
    #expect(tower.derivative(by: Symbol("y")) == 0)
    #expect(tower.derivative(by: Symbol("z")).contains(Symbol("z")))
  }
}
