import Certificates
import Evaluation
import Exact
import Symbolics
import Testing

@testable import Densities

@Suite("Maps with several preimages")
struct FibreDensityTests {
  typealias E = Expression
  static let z = Examples.z

  static func density(
    _ formulas: [Expression], from domain: [Interval]? = nil, base: BaseDistribution? = nil
  ) throws -> PushforwardDensity {
    let n = formulas.count
    let problem = Examples.problem(
      formulas, inputs: n, from: domain, base: base ?? Examples.standardNormal(n))
    var verdict = Verdict(kind: .notInjective, injective: .no, surjective: .no, strategy: "stated")
    verdict.regularity = nil
    return try PushforwardDensity(problem, verdict: verdict)
  }

  /// x = (z1² z2, z2³): two preimages where x1 x2 > 0.
  static func squareAndCube() throws -> PushforwardDensity {
    try density([z[0].power(2) * z[1], z[1].power(3)])
  }

  @Test(arguments: [([E(1), 1], "0.0195166"), ([-1, -1], "0.0195165"), ([2, 8], "0.000895")])
  func bothPreimagesCount(point: [Expression], decimal: String) throws {
    let result = try Self.squareAndCube().density(at: point)
    #expect(result.preimages.count == 2)
    let r = point[0] / Expression.cbrt(point[1])
    let s = Expression.cbrt(point[1])
    let expected =
      Expression.exp(.rational(-1, 2) * (r + s.power(2)))
      / (6 * .pi * r.squareRoot * Expression.abs(s).power(3))
    let exact = try #require(result.exact)
    #expect(ExactConstant.areEqual(exact, expected) == true)
    if point == [1, 1] { #expect(result.decimal(significantDigits: 6) == decimal) }
  }

  /// The support cuts preimages off: pieces of which one applies, against sums over the preimages by hand.
  @Test(
    arguments: [
      ("uniform([-1, 1])", "z^2", [0.25, 0.9, 1.1], [1, 0.52704627669472988, 0]),
      (
        "uniform([-1, 2])", "z^2", [0.25, 2.25, 4.1], [0.66666666666666667, 0.11111111111111111, 0]
      ),
      ("exponential(1)", "abs(z)", [1, -1], [0.36787944117144233, 0]),
      (
        "uniform([-2, 1])", "abs(z)", [0.5, 1.5, 2.5],
        [0.66666666666666667, 0.33333333333333333, 0]
      ),
    ] as [(String, String, [Double], [Double])])
  func piecesOfTheSupport(base: String, map: String, points: [Double], values: [Double]) throws {
    let density = try EndToEndTests.density("z in R; x = \(map) in R; z ~ \(base)")
    let formula = try #require(try density.formula())
    #expect(formula.isDisjoint(under: density.assumptions.adding(density.problem.codomain)))
    #expect(!formula.terms.contains { $0.condition == .never })
    let program = try CompiledFormulas([formula.expression], inputs: density.problem.outputs)
    for (x, expected) in zip(points, values) {
      let value = try program.values(at: [x])[0]
      #expect((value - expected).magnitude <= 4 * expected.ulp, "\(map), \(base) at \(x)")
    }
  }

  @Test func criticalSetsAreNamedOnce() throws {
    let density = try EndToEndTests.density(
      "z in R^2; x = (z1^2 z2, z2^2) in R^2; z ~ normal(0, I)")
    let exceptional = try #require(try density.formula()).exceptional
    #expect(
      Set(exceptional.disjuncts) == [
        .compare(.symbol("x1"), .equal, 0), .compare(.symbol("x2"), .equal, 0),
      ])
  }

  @Test func conditionsAreSolvedForX() throws {
    let density = try EndToEndTests.density("z in R; x = z^2 in R; z ~ uniform([-1, 2])")
    let terms = try #require(try density.formula()).terms
    let x = Expression.symbol("x")
    #expect(
      Set(terms.map(\.condition)) == [
        .all([.compare(x, .greater, 0), .compare(x, .lessOrEqual, 1)]),
        .all([.compare(x, .lessOrEqual, 4), .compare(x, .greater, 1)]),
      ])
  }

  @Test func theFormulaSumsBothPreimages() throws {
    let density = try Self.squareAndCube()
    let formula = try #require(try density.formula())
    let (r, s) = (Expression.symbol("r"), Expression.symbol("s"))
    let expected =
      Expression.exp(.rational(-1, 2) * (r + s.power(2)))
      / (6 * .pi * r.squareRoot * Expression.abs(s).power(3))
    let value = try CompiledFormulas([formula.expression], inputs: [Symbol("x1"), Symbol("x2")])
    let reference = try CompiledFormulas([expected], inputs: [Symbol("r"), Symbol("s")])
    for (r, s) in [(1.0, 1.0), (0.3, -0.7), (2.5, 0.1), (4, 2)] {
      let computed = try value.values(at: [r * s, s * s * s])[0]
      let wanted = try reference.values(at: [r, s])[0]
      #expect((computed - wanted).magnitude <= 64 * wanted.ulp)
    }
    #expect(try value.values(at: [-1, 1]) == [0])
  }

  @Test func noPreimageMeansNoDensity() throws {
    let result = try Self.squareAndCube().density(at: [-1, 1])
    #expect(result.exact == 0)
    #expect(result.remarks == [.noPreimage])
  }

  @Test(arguments: [[E(0), 1], [0, 0], [1, 0], [0, -8]])
  func criticalValuesAreNotAssigned(point: [Expression]) throws {
    let result = try Self.squareAndCube().density(at: point)
    #expect(result.outcome == .unassigned)
    #expect(result.density == nil)
    let text = try #require(result.remarks.last).text
    #expect(text.hasPrefix("critical value"))
  }

  @Test func rowsAgreeWithExactPoints() throws {
    let exact = try Self.squareAndCube()
    let numeric = try NumericDensity(exact)
    let points: [[Expression]] = [
      [1, 1], [-1, 1], [.rational(-3, 4), -2], [5, .rational(1, 8)],
    ]
    let columns = (0..<2).map { k in points.map { $0[k].rationalValue!.doubleValue } }
    let values = try numeric.logDensity(columns)
    for (row, point) in points.enumerated() {
      let expected = try exact.density(at: point).logDensity ?? -.infinity
      #expect(
        values[row] == expected
          || (values[row] - expected).magnitude <= 16 * max(1, expected.magnitude).ulp)
    }
  }

  /// x = z² for a uniform z on [-1, 2]: two preimages up to x = 1, one beyond.
  @Test(arguments: [
    (E.rational(1, 4), E.rational(2, 3)), (.rational(9, 4), .rational(1, 9)), (5, 0), (-1, 0),
    // z = ±1: the left preimage is on the closed boundary.
    (1, .rational(1, 3)),
  ])
  func preimagesOutsideTheSupportDoNotCount(x: Expression, exact: Expression) throws {
    let base = BaseDistribution.uniform([Interval(.closed(-1), .closed(2))])
    let density = try Self.density([Expression.symbol("z").power(2)], base: base)
    #expect(try density.density(at: [x]).exact == exact)
  }

  @Test func incompleteFibresGiveNoNumber() throws {
    let z = Expression.symbol("z")
    // Infinitely many preimages, which no list holds.
    let density = try Self.density([.call(.sin, [z]) + .rational(1, 10) * z * .call(.cos, [z])])
    #expect(throws: DensityError.self) { try density.formula() }
    let result = try density.density(at: [.rational(1, 2)])
    guard case .incomplete = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(result.density == nil)
    #expect(throws: DensityError.self) { try NumericDensity(density) }
  }

  @Test func pushedPointsOfMapsWithSeveralPreimages() throws {
    let pushed = try Self.squareAndCube().push([-1, 1])
    #expect(pushed.map.image == [-1 * -1 * 1, 1])
    #expect(pushed.map.determinant == -6)
    #expect(pushed.density.decimal(significantDigits: 6) == "0.0195166")
  }
}
