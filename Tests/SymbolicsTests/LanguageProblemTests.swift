import Exact
import Foundation
import Testing

@testable import Symbolics

/// The one problem of a text.
func problem(_ text: String) throws -> Problem {
  try #require(try FlowParser.parse(text, file: "test.flow").first)
}

@Suite("Problems from text")
struct LanguageProblemTests {
  static let z1 = Expression.symbol("z1")
  static let z2 = Expression.symbol("z2")
  static let z3 = Expression.symbol("z3")

  /// A one-dimensional variable goes by two names; neither is one for a codomain or a density.
  @Test(arguments: [
    "z in R; x = tanh(z) in (-1, z)", "z in R; x = tanh(z) in (-1, z1)",
    "z1 in R; x = tanh(z1) in (-1, z)", "z in R^1; x = tanh(z) in (-1, z)",
    "z in R; x = exp(z); z ~ normal(0, 1); claim density = 1/x^z1",
    "z in R; x = exp(z); z ~ normal(0, 1); claim density = 1/x^z",
    "z in R^2; x = z in R^2 where x1 < z", "z in R^2; x = z; claim inverse z",
  ])
  func variablesWhereTheyDoNotBelong(text: String) throws {
    #expect(throws: ParseFailure.self) { try FlowParser.parse(text, file: "test.flow") }
  }

  @Test func theWholeInterfaceExample() throws {
    let text = """
      problem P4                       # starts a problem
      param K : integer >= 1           # parameters
      param a, b
      param s > 0
      param A in R^(2x2), c in R^2     # each with its own set
      learn w, t > 0                   # like param
      z in R^3                         # domain
      h = (z1, exp(z1) z2, exp(-z1) z3)  # a stage
      x = (h1, h2, cbrt(h3 + h1^2)) in R^3
      z ~ uniform([0, 2]^3)
      prove invertible
      density at (0, 1, 1/3), (-1, 2, 1)
      claim inverse (x1, x2 exp(-x1), (x3^3 - x1^2) exp(x1))
      claim density at (0, 1, 1/3) = 1/24
      """
    let p = try problem(text)
    #expect(p.name == "P4")
    #expect(
      p.parameters.map(\.symbol.name)
        == ["K", "a", "b", "s", "a11", "a12", "a21", "a22", "c1", "c2", "w", "t"])
    #expect(p.parameters[0].isInteger)
    #expect(p.parameters[0].interval == Interval(.closed(1), .plusInfinity))
    #expect(p.parameters[3].interval == .positive)
    #expect(p.parameters.filter(\.isLearned).map(\.symbol.name) == ["w", "t"])
    #expect(p.stages.count == 2)
    #expect(p.stages[1].inputs == p.stages[0].outputs)
    #expect(p.stages[0].source == ["z1", "exp(z1) z2", "exp(-z1) z3"])
    #expect(p.stages[1].isCodomainStated)
    let (z1, z2, z3) = (Self.z1, Self.z2, Self.z3)
    #expect(
      p.composedFormulas
        == [z1, .exp(z1) * z2, .cbrt(.exp(-z1) * z3 + z1.power(2))])
    #expect(
      p.base == .uniform(Array(repeating: Interval(.closed(0), .closed(2)), count: 3)))
    #expect(p.questions.count == 2)
    #expect(p.claims.count == 2)
    #expect(
      p.claims[1].statement == .density(at: [0, 1, .rational(1, 3)], equals: .rational(1, 24)))
  }

  /// Vectors with one entry and 1×1 matrices are numbers wherever numbers are wanted.
  @Test(arguments: [
    ("param A in R^(1x1), b in R^1; z in R; x = A z + b", ["a11*z+b1"]),
    ("param A in R^(1x1), b in R^1; z in R^1; x = A z + b in R^1", ["a11*z+b1"]),
    ("param A in R^(1x1), b in R^1; z in R; x = 2 A^2 (z - b) + 1", ["2*a11**2*(z-b1)+1"]),
    ("param A in R^(2x1), b in R^2; z in R; x = A z + b", ["a11*z+b1", "a21*z+b2"]),
    ("param A in R^(1x2), b in R^1; z in R^2; x = A z + b", ["a11*z1+a12*z2+b1"]),
    ("param b in R^1; z in R; x = exp(b) norm(z) + dot(b, z)", ["exp(b1)*abs(z)+b1*z"]),
  ])
  func oneDimensionalAlgebra(text: String, formulas: [String]) throws {
    let expected = try formulas.map { try Formula.parse($0, syntax: .corpus) }
    #expect(try problem(text).composedFormulas == expected, "\(text)")
  }

  @Test(arguments: [
    "param A in R^(2x2), b in R^1; z in R^2; x = A z + b",
    "param A in R^(1x1); z in R^2; x = A z",
    "param b in R^3; z in R^2; x = z + b",
  ])
  func shapesThatDoNotFit(text: String) {
    #expect(throws: ParseFailure.self) { try problem(text) }
  }

  /// A power in front of a product is no matrix shape.
  @Test(arguments: [
    ("R^2 x (0, inf)", "R x R x (0, inf)"), ("R^2 x R", "R^3"),
    ("[0, 2]^2 x (0, inf)", "[0, 2] x [0, 2] x (0, inf)"), ("R^{2} x [0, 1]", "R x R x [0, 1]"),
    ("R^1 x R^2", "R^3"),
  ])
  func productsOfPowers(text: String, same: String) throws {
    #expect(
      try problem("z in \(text); x = z").domain == problem("z in \(same); x = z").domain, "\(text)")
  }

  @Test func sheetProblemsParse() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Examples/exercise-sheet")
    for number in 1...5 {
      let file = folder.appending(path: "problem-\(number).flow")
      let text = try String(contentsOf: file, encoding: .utf8)
      let problems = try FlowParser.parse(text, file: file.path)
      #expect(problems.count == 1)
      #expect(problems[0].name == "problem-\(number)")
    }
  }

  @Test func oneLine() throws {
    let p = try problem("z in R; x = z^3 in R; prove invertible")
    #expect(p.inputs == [Symbol("z")])
    #expect(p.outputs == [Symbol("x")])
    #expect(p.composedFormulas == [Expression.symbol("z").power(3)])
    #expect(try problem("z in R; x = z1^3").composedFormulas == p.composedFormulas)
  }

  @Test func latex() throws {
    let text = #"""
      f : \mathbb{R}^3 \to \mathbb{R}^3
      f(z) = \begin{bmatrix}
        2 z_1 \\
        e^{z_1} z_2 \\
        e^{-z_1 - z_2} z_3
      \end{bmatrix}
      z \sim \mathcal{N}(0, I)
      """#
    let p = try problem(text)
    let (z1, z2, z3) = (Self.z1, Self.z2, Self.z3)
    #expect(p.composedFormulas == [2 * z1, .exp(z1) * z2, .exp(-z1 - z2) * z3])
    #expect(p.stages[0].isCodomainStated)
    #expect(p.base == .normal(mean: [0, 0, 0], deviation: [1, 1, 1]))
    let sum = try problem(
      #"param K : integer >= 1; z \in \mathbb{R}; x = \sum_{k=1}^{K} \sigma(kz) in (0, K)"#)
    let plain = try problem(
      "param K : integer >= 1; z in R; x = sum(k in 1..K, sigmoid(k z)) in (0, K)")
    #expect(sum.composedFormulas == plain.composedFormulas)
    #expect(sum.codomain == plain.codomain)
    let root = try problem(
      #"z \in R^2; x = \begin{pmatrix} \sqrt[3]{\frac{z_1}{2} - \cos z_2} \\ z_2 \end{pmatrix}"#)
    #expect(
      root.composedFormulas == [.cbrt(z1 / 2 - .call(.cos, [z2])), z2])
    let unicode = try problem("z ∈ ℝ²; x = (2z₁, e^{z₁}·z₂²) ∈ ℝ²")
    #expect(unicode.composedFormulas == [2 * z1, .exp(z1) * z2.power(2)])
  }

  @Test func affineMapsOfMatrices() throws {
    let p = try problem("param A in R^(2x2), b in R^2; z in R^2; x = A z + b in R^2")
    let formulas = try problem(
      "param a11, a12, a21, a22, b1, b2; z in R^2; x = (a11 z1 + a12 z2 + b1, a21 z1 + a22 z2 + b2)"
    ).composedFormulas
    #expect(p.composedFormulas == formulas)
    let planar = try problem("param u in R^2, w in R^2, c; z in R^2; x = z + u tanh(w^T z + c)")
    let dot = try problem("param u in R^2, w in R^2, c; z in R^2; x = z + tanh(dot(w, z) + c) u")
    #expect(planar.composedFormulas == dot.composedFormulas)
  }

  @Test func stagesThatUseOlderVariablesAreMerged() throws {
    let p = try problem(
      """
      z in R^2 where z1 > 0 and z2 > 0
      r = sqrt(z1^2 + z2^2)
      y = (z1/r, log(r))
      x = (exp(y1), y2) in R^2
      """)
    #expect(p.stages.count == 2)
    #expect(p.stages[0].inputs == p.inputs)
    #expect(p.stages[1].inputs == p.stages[0].outputs)
    let r = (Self.z1.power(2) + Self.z2.power(2)).squareRoot
    #expect(p.stages[0].formulas == [Self.z1 / r, .log(r)])
    #expect(
      p.stages[0].obligations.map(\.source) == ["z1/r", "log(r)"])
  }
}
