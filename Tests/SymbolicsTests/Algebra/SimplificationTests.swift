import Exact
import Testing

@testable import Symbolics

@Suite("Simplification")
struct SimplificationTests {
  static func symbols(_ stem: String) -> [Expression] {
    (0...3).map { .symbol("\(stem)\($0)") }
  }
  static let z = symbols("z")
  static let x = symbols("x")
  static let k = Expression.symbol("K")
  static let u = Expression.symbol("u")
  static func call(_ function: Function, _ u: Expression) -> Expression { .call(function, [u]) }

  /// What comes out of determinants, inverses and sums, and how it should read.
  static let displayed: [(Expression, String)] = [
    (2 * .exp(z[1]) * .exp(-z[1] - z[2]), "2 e^(-z2)"),
    (.exp(-x[1]) * (3 * x[3].power(2) * .exp(x[1])), "3 x3^2"),
    (x[3].power(3) * .exp(x[1]) - x[1].power(2) * .exp(x[1]), "e^x1 (x3^3 - x1^2)"),
    (.finiteSum(.symbol("k") / 4, over: Symbol("k"), from: 1, to: k), "K (K + 1)/8"),
    (.finiteSum(call(.sigmoid, 0 * k), over: Symbol("k"), from: 1, to: k), "K/2"),
    (call(.sin, u).power(2) + call(.cos, u).power(2), "1"),
    (u * call(.cos, z[1]).power(2) + u * call(.sin, z[1]).power(2), "u"),
    (call(.tanh, u) + 1 - 1, "tanh(u)"),
    ((u.power(2) - 1) / (u - 1), "u + 1"),
    (u + 1 / u, "u + 1/u"),
    (1 / (1 + u) + 1 / (1 - u), "-2/(u^2 - 1)"),
    (call(.sigmoid, u) * (1 - call(.sigmoid, u)), "sigmoid(u) (1 - sigmoid(u))"),
    (.power(u + 1, 5), "(u + 1)^5"),
    (.cbrt(.exp(-z[1]) * (.exp(z[1]) * (u - z[1].power(2))) + z[1].power(2)), "cbrt(u)"),
    (.log(.exp(u) * u) - .log(u), "u"),
  ]

  @Test(arguments: displayed)
  func simplifiedFormsReadWell(_ formula: Expression, _ text: String) {
    #expect(formula.simplified().text == text)
  }

  static let logarithms: [(Expression, String)] = [
    (2 * .exp(-z[2]), "log(2) - z2"),
    (x[1] * x[2] - x[3], "log(|x1 x2 - x3|)"),
    (-3 * u.power(2), "2 log(|u|) + log(3)"),
    (1 / (1 + u.power(2)), "-log(u^2 + 1)"),
    (.exp(u) / .cbrt(z[1]), "u - log(|z1|)/3"),
    (.one, "0"),
    ((u - 1).power(4) + 3, "log((u - 1)^4 + 3)"),
    (2 * ((u - 1).power(2) + 1) * u, "log(2) + log((u - 1)^2 + 1) + log(|u|)"),
    (x[1] * (x[2] - x[3]) + x[2] * (x[3] + u), "log(|x1 (x2 - x3) + x2 (x3 + u)|)"),
  ]

  @Test(arguments: logarithms)
  func logarithmsOfDeterminantsAreSums(_ formula: Expression, _ text: String) {
    #expect(logAbs(of: formula).text == text)
  }

  @Test func signsAreUsed() {
    let positive = Assumptions().adding(Symbol("u"), in: .positive)
    #expect(Self.u.power(2).squareRoot.simplified(under: positive) == Self.u)
    #expect(logAbs(of: 3 * Self.u, under: positive) == .log(3) + .log(Self.u))
    let negative = Assumptions().adding(.compare(Self.u, .less, 0))
    #expect(logAbs(of: Self.u, under: negative) == .log(-Self.u))
  }

  @Test func factorsAndExpansions() {
    let u = Self.u
    let cubic = u.power(3) - u
    #expect(cubic.factored() == u * (u - 1) * (u + 1))
    #expect(cubic.factored().expanded() == cubic)
    #expect(((u + 1) * (u - 1)).expanded() == u.power(2) - 1)
  }
}
