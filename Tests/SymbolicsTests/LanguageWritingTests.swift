import Exact
import Testing

@testable import Symbolics

@Suite("Writing formulas")
struct WritingTests {
  static let x1 = Expression.symbol("x1")
  static let x2 = Expression.symbol("x2")
  static let z1 = Expression.symbol("z1")
  static let z2 = Expression.symbol("z2")
  static let z3 = Expression.symbol("z3")
  static let K = Expression.symbol("K")

  static let samples: [(Expression, text: String, corpus: String, latex: String)] = [
    (.exp(-x1 / 2) * x2, "e^(-x1/2) x2", "exp(-x1/2)*x2", "e^{-x_1/2} x_2"),
    (2 * z1, "2 z1", "2*z1", "2 z_1"),
    (6 * z1 * z2.power(3), "6 z1 z2^3", "6*z1*z2**3", "6 z_1 z_2^3"),
    (
      .symbol("x3").power(3) - x1.power(2), "x3^3 - x1^2", "x3**3-x1**2", "x_3^3 - x_1^2"
    ),
    (
      .cbrt(.exp(-z1) * z3 + z1.power(2)), "cbrt(z1^2 + e^(-z1) z3)", "cbrt(z1**2+exp(-z1)*z3)",
      "\\sqrt[3]{z_1^2 + e^{-z_1} z_3}"
    ),
    (1 - z1, "1 - z1", "1-z1", "1 - z_1"),
    (.log(2) - z2, "log(2) - z2", "log(2)-z2", "\\log(2) - z_2"),
    (
      8 / ((2 * .pi).squareRoot * K * (K + 1)), "8/(sqrt(2 pi) K (K + 1))",
      "8/(sqrt(2*pi)*K*(K+1))", "\\frac{8}{\\sqrt{2 \\pi} K (K + 1)}"
    ),
    (
      .exp(-(z1 + z2.power(2)) / 2) / (6 * .pi), "e^(-(z1 + z2^2)/2)/(6 pi)",
      "exp(-(z1+z2**2)/2)/(6*pi)", "\\frac{e^{-(z_1 + z_2^2)/2}}{6 \\pi}"
    ),
    (.rational(-3, 4), "-3/4", "-3/4", "-\\frac{3}{4}"),
    (.exp(1), "e", "e", "e"),
    (
      .call(.lambertw(branch: -1), [x1]), "lambertw(x1, -1)", "lambertw(x1, -1)", "W_{-1}(x_1)"
    ),
    (.abs(z1).power(3), "|z1|^3", "abs(z1)**3", "\\left|z_1\\right|^3"),
    (
      (-2 * .log(z1)).squareRoot, "sqrt(-2 log(z1))", "sqrt(-2*log(z1))", "\\sqrt{-2 \\log(z_1)}"
    ),
    (
      .call(.realRoot(5), [z1]), "root(z1, 5)", "abs(z1)**(1/5)*sign(z1)", "\\sqrt[5]{z_1}"
    ),
    (
      .piecewise([
        Branch(z1, if: .compare(z1, .greater, 0)), Branch(.exp(z1) - 1, if: .always),
      ]),
      "piecewise(z1 if z1 > 0, e^z1 - 1 otherwise)", "piecewise((z1, z1 > 0), (exp(z1)-1, True))",
      "\\begin{cases} z_1 & \\text{if } z_1 > 0 \\\\ e^{z_1} - 1 & \\text{otherwise} \\end{cases}"
    ),
    (
      .finiteSum(
        .call(.sigmoid, [.symbol("k") * z1]), over: Symbol("k"), from: 1, to: K),
      "sum(k in 1..K, sigmoid(k z1))", "sum(sigmoid(k*z1), k, 1, K)",
      "\\sum_{k=1}^{K} \\sigma(k z_1)"
    ),
  ]

  @Test(arguments: samples.indices) func threeNotations(_ index: Int) {
    let sample = Self.samples[index]
    #expect(sample.0.text == sample.text)
    #expect(sample.0.corpusText == sample.corpus)
    #expect(sample.0.latex == sample.latex)
  }

  @Test func termsStandInTheUsualOrder() {
    let (z, a, b) = (Expression.symbol("z"), Expression.symbol("a"), Expression.symbol("b"))
    #expect((1 + z.power(2) - 2 * z).text == "z^2 - 2 z + 1")
    #expect((b * z + z.power(3) + a * z.power(2)).text == "z^3 + a z^2 + b z")
    #expect((-Self.z1 - Self.z2).text == "-z1 - z2")
    #expect((z + .exp(z)).text == "z + e^z")
  }

  /// √q/π^(k/2) as people write it, where that leaves no larger number above; read, it is the same.
  @Test(arguments: [
    ("1/(2 pi)^(3/2)", "1/(2 pi)^(3/2)"), ("sqrt(2)/(4 pi^(3/2))", "1/(2 pi)^(3/2)"),
    ("z1 sqrt(2)/(8 pi^(5/2))", "z1/(2 pi)^(5/2)"),
    ("3 sqrt(2)/(16 pi^(3/2))", "3/(4 * (2 pi)^(3/2))"),
    ("sqrt(3)/pi^(3/2)", "sqrt(3)/pi^(3/2)"), ("sqrt(2)/pi", "sqrt(2)/pi"),
  ])
  func powersOfPiWithRoots(formula: String, text: String) throws {
    let expression = try Formula.parse(formula)
    #expect(expression.text == text)
    #expect(try Formula.parse(text) == expression)
  }

  @Test func predicatesAndRegions() {
    let p = Predicate.any([
      .compare(Self.x2, .unequal, 0),
      .all([.compare(Self.x1, .greater, 0), .not(.compare(Self.x2, .less, Self.x1))]),
    ])
    #expect(p.text == "x2 != 0 or x1 > 0 and not (x2 < x1)")
    #expect(p.corpusText == "x2 != 0 or x1 > 0 and not (x2 < x1)")
    let box = Region(
      coordinates: [Symbol("z1"), Symbol("z2")],
      intervals: [Interval(.closed(0), .closed(2)), Interval(.closed(0), .closed(2))])
    #expect(box.text == "[0, 2]^2")
    #expect(box.corpusText == "[0,2]^2")
    let strip = Region(
      coordinates: [Symbol("z1"), Symbol("z2")], intervals: [.positive, .reals],
      where: .compare(Self.z1, .less, Self.z2))
    #expect(strip.text == "(0, inf) x R where z1 < z2")
    #expect(
      strip.latex == "\\{ (z_1, z_2) \\in (0, \\infty) \\times \\mathbb{R} : z_1 < z_2 \\}")
  }
}
