import Tensors
import Exact
import Symbolics
import Testing

@testable import Evaluation

@Suite("Functions in Double")
struct FunctionTests {
  /// The error allowed, in ulps: those of the C library, and those of the argument as a rounded
  /// number, which the condition number magnifies.
  static let ulps = 3.0
  static let argumentUlps = 1.0

  @Test(arguments: Set(FunctionReference.all.map(\.function)).sorted { $0.name < $1.name })
  func agreesWithReference(function: Function) throws {
    let references = FunctionReference.all.filter { $0.function == function }
    let formulas = try CompiledFormulas(
      [.call(function, [.symbol("u")])], inputs: [Symbol("u")])
    let values = try formulas.values(columns: [references.map(\.argument)])[0]
    for (reference, value) in zip(references, values) {
      let error = (value - reference.value).magnitude / reference.value.ulp
      let allowed = Self.ulps + Self.argumentUlps * reference.condition
      #expect(
        error <= allowed,
        "\(function)(\(reference.argument)) = \(value), not \(reference.value): \(error) ulps")
    }
  }

  @Test func everyUnaryFunctionHasReferences() {
    let exact: Set<Function> = [.abs, .sign, .floor]
    let covered = Set(FunctionReference.all.map(\.function))
    #expect(covered.union(exact).isSuperset(of: Function.unary))
  }

  @Test func exactFunctions() throws {
    let u = Expression.symbol("u")
    let calls = [Function.abs, .sign, .floor].map { Expression.call($0, [u]) }
    let formulas = try CompiledFormulas(
      calls + [.call(.mod, [u, 3]), .call(.max, [u, 2, -1]), .call(.min, [u, 2, -1])],
      inputs: [Symbol("u")])
    #expect(try formulas.values(at: [-2.5]) == [2.5, -1, -3, 0.5, 2, -2.5])
    #expect(try formulas.values(at: [4]) == [4, 1, 4, 1, 4, -1])
  }

  /// log Φ has no name in the language; its asymptotic expansion is independent of how it is computed.
  @Test(arguments: [-40.0, -100, -1e4, -1e10])
  func logarithmOfTheTail(x: Double) {
    let t = 1 / (x * x)
    let series = 1 - t + 3 * t * t - 15 * t * t * t + 105 * t * t * t * t
    let expected =
      -0.5 * x * x - Elementary.log(-x) - 0.5 * Elementary.log(2 * .pi) + Elementary.log(series)
    #expect((StandardNormal.logCdf(x) - expected).magnitude <= 4 * expected.ulp)
  }

  @Test(arguments: [24.0, 24.999999, 25, 25.000001, 26])
  func scaledErfcIsContinuousWhereTheMethodChanges(x: Double) {
    // d/dx erfcx = 2x·erfcx - 2/√π, so that neighbours 1e-6 apart differ by about 1e-6/x².
    let (a, b) = (StandardNormal.scaledErfc(x), StandardNormal.scaledErfc(x * (1 + 0x1p-40)))
    let slope = 2 * x * a - 1.128_379_167_095_512_6
    #expect((b - a - slope * x * 0x1p-40).magnitude <= 8 * a.ulp)
  }

  @Test(arguments: [
    (Expression.rational(1, 3), 1e300), (.rational(2, 3), 1e-300), (.rational(-5, 7), 1e200),
    (.rational(22, 7), 1e90),
  ])
  func rationalPowersKeepTheirExponent(exponent: Expression, x: Double) throws {
    // (x^(p/q))^q·x^(-p) = 1 up to q roundings, whatever the size of x.
    let power = try CompiledFormulas([.power(.symbol("x"), exponent)], inputs: [Symbol("x")])
    let value = try power.values(at: [x])[0]
    let rational = exponent.rationalValue!
    let (p, q) = (rational.numerator.asInt!, rational.denominator.asInt!)
    let logarithm = Double(q) * Elementary.log(value) - Double(p) * Elementary.log(x)
    #expect(logarithm.magnitude <= 4 * (Double(p) * Elementary.log(x)).ulp)
  }
}
