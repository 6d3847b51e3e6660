import Certificates
import Exact
import Proofs
import Symbolics
import Testing

@testable import Densities

/// From the text of a problem to its density: parser, prover and densities together.
@Suite("Problems from text")
struct EndToEndTests {
  typealias E = Expression

  static func density(_ text: String) throws -> PushforwardDensity {
    let problem = try #require(try FlowParser.parse(text, file: "test").first)
    return try PushforwardDensity(problem, verdict: Prover.verdict(for: problem))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let point: [Expression]
    /// By hand; nil at a critical value.
    let density: Expression?
    var testDescription: String { "\(text) at \(point.map(\.text))" }
  }

  static let box = "z in R^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2)) in R^3; "
  static let collapse = "z in R^2; x = (z1^2 z2, z2^3) in R^2; z ~ normal(0, I)"
  static let rootTwoPi = (2 * Expression.pi).squareRoot

  static let cases: [Case] = [
    Case(
      text: box + "z ~ uniform([0, 2]^3)", point: [0, 1, .rational(1, 3)], density: .rational(1, 24)
    ),
    Case(
      text: box + "z ~ uniform([0, 2]^3)", point: [0, 1, .rational(1, 2)], density: .rational(3, 32)
    ),
    Case(text: box + "z ~ uniform([0, 2]^3)", point: [-1, 2, 1], density: 0),
    // The same point in an open box, whose boundary carries nothing.
    Case(text: box + "z ~ uniform((0, 2)^3)", point: [0, 1, .rational(1, 3)], density: 0),
    Case(text: collapse, point: [1, 1], density: .exp(-1) / (6 * .pi)),
    Case(text: collapse, point: [-1, 1], density: 0),
    Case(text: collapse, point: [0, 1], density: nil),
    Case(text: collapse, point: [1, 0], density: nil),
    Case(
      text: "z in R; x = sum(k in 1..7, sigmoid(k z)) in (0, 7); z ~ normal(0, 1)",
      point: [.rational(7, 2)], density: 1 / (7 * rootTwoPi)),
    Case(
      text: "z in R^3; x = (2 z1, exp(z1) z2, exp(-z1 - z2) z3) in R^3; z ~ normal(0, I)",
      point: [0, 1, 1],
      density: .exp(.rational(1, 2) - .rational(1, 2) * .e.power(2)) / (2 * rootTwoPi.power(3))),
    Case(
      text: "param A in R^(2x2), b in R^2; z in R^2; x = A z + b; z ~ normal(0, I)",
      point: [.symbol("b1"), .symbol("b2")],
      density: 1
        / (2 * .pi
          * .abs(.symbol("a11") * .symbol("a22") - .symbol("a12") * .symbol("a21")))),
    Case(text: "z in R; x = z^3; z ~ normal(0, 1)", point: [0], density: nil),
    Case(
      text: "z in R; x = z^3; z ~ normal(0, 1)", point: [8], density: .exp(-2) / (12 * rootTwoPi)),
    Case(
      text: "z in R; x = exp(z) in (0, inf); z ~ normal(0, 1)", point: [1], density: 1 / rootTwoPi),
    Case(text: "z in R; x = exp(z) in (0, inf); z ~ normal(0, 1)", point: [-1], density: 0),
    Case(
      text: "z in R; x = z^2; z ~ normal(0, 1)", point: [1],
      density: .exp(.rational(-1, 2)) / rootTwoPi),
    Case(
      text: "z in R; x = abs(z); z ~ laplace(0, 2)", point: [1], density: .exp(.rational(-1, 2)) / 2
    ),
    Case(
      text: "z in (0, 1); x = -log(z) in (0, inf); z ~ beta(2, 3)", point: [1],
      density: 12 * .exp(-2) * (1 - .exp(-1)).power(2)),
    Case(
      text: "z in R^2; x = (z1 + z2, z1 - z2); z ~ normal((0, 1), cov: ((2, 1), (1, 2)))",
      point: [1, 1], density: .exp(-1) / (4 * .pi * Expression(3).squareRoot)),
    Case(
      text:
        "z in R^2; h = (z1, z2 + z1^2); x = (exp(h1), h2 + h1) in (0, inf) x R; z ~ normal(0, I)",
      point: [1, 1], density: .exp(.rational(-1, 2)) / (2 * .pi)),
    Case(
      text: "z in R^2; x = (z2, 3 z1 + z2^2); z1 ~ exponential(2); z2 ~ logistic(0, 1)",
      point: [0, 3], density: .exp(-2) / 6),
    Case(
      text: "z in R; x = z + z^3 + exp(z); z ~ normal(0, 1)", point: [1],
      density: 1 / (2 * rootTwoPi)),
  ]

  @Test(arguments: cases)
  func densityAtPoint(test: Case) throws {
    let result = try Self.density(test.text).density(at: test.point)
    guard let expected = test.density else {
      #expect(result.outcome == .unassigned)
      return
    }
    #expect(try #require(result.exact).isIdentical(to: expected))
  }

  /// Both forms agree in every branch, and the formula at a point is the value at that point.
  @Test(arguments: [
    (collapse, [E(2), 3]), (box + "z ~ normal(0, I)", [E(1), 2, 3]),
    ("z in R; x = z^2; z ~ student_t(3)", [E(2)]), ("z in R; x = abs(z); z ~ normal(1, 1)", [E(2)]),
    ("z in R^2; x = (sinh(z1), z2 exp(z1)); z ~ normal(0, I)", [E(1), 2]),
  ])
  func formsAgree(text: String, point: [Expression]) throws {
    let density = try Self.density(text)
    guard case .branches(let branches, _) = density.preimages else {
      Issue.record("no formula")
      return
    }
    for branch in branches { #expect(branch.formsAgree, "\(branch.forwardForm.text)") }
    let formula = try #require(try density.formula())
    let values = Dictionary(uniqueKeysWithValues: zip(density.problem.outputs, point))
    let exact = try #require(try density.density(at: point).exact)
    #expect(ExactConstant.areEqual(formula.expression.substituting(values), exact) == true)
  }

  @Test func termsAreMergedAndConditionsTidy() throws {
    let formula = try #require(try Self.density(Self.collapse).formula())
    let (x1, x2) = (Expression.symbol("x1"), Expression.symbol("x2"))
    #expect(formula.terms.map(\.condition) == [.compare(x1 * x2, .greater, 0)])
    #expect(
      Set(formula.exceptional.disjuncts)
        == [.compare(x1, .equal, 0), .compare(x2, .equal, 0)])
  }

  @Test func infinitelyManyPreimagesGiveNoNumber() throws {
    let density = try Self.density("z in R; x = sin(z); z ~ normal(0, 1)")
    guard case .incomplete = try density.density(at: [.rational(1, 2)]).outcome else {
      Issue.record("a number without all preimages")
      return
    }
  }
}
