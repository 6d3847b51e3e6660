import Certificates
import Exact
import Symbolics
import Testing

@testable import Densities

@Suite("Densities at points")
struct PointDensityTests {
  typealias E = Expression

  @Test(arguments: [
    ([E(0), 1, .rational(1, 3)], E.rational(1, 24), "0.0416667"),
    ([0, 1, .rational(1, 2)], .rational(3, 32), "0.09375"),
    ([-1, 2, 1], 0, "0"),
    ([0, 2, 1], .rational(3, 8), "0.375"),
    ([1, E.e, E.cbrt(1 + .exp(-1))], nil, "0.700"),
  ])
  func cubeRootOfExercise(point: [Expression], exact: Expression?, decimal: String) throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try PushforwardDensity(problem, verdict: verdict)
    let result = try density.density(at: point)
    if let exact { #expect(result.exact == exact) }
    let digits = decimal.filter(\.isNumber).drop { $0 == "0" }.count
    if exact != nil {
      #expect(result.decimal(significantDigits: max(digits, 1)) == decimal)
    }
    #expect(result.preimages.count == 1)
  }

  @Test func boundariesAreDecidedExactly() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try PushforwardDensity(problem, verdict: verdict)
    let onBoundary = try density.density(at: [0, 1, .rational(1, 3)])
    #expect(onBoundary.remarks == [.onBoundary(Symbol("z1"), .closed(0))])
    let outside = try density.density(at: [-1, 2, 1])
    #expect(outside.logDecimal(significantDigits: 5) == nil)
    #expect(
      outside.remarks == [
        .outsideSupport(Symbol("z1"), .compare(-1, .less, 0)),
        .outsideSupport(Symbol("z2"), .compare(2 * .e, .greater, 2)),
      ])
    #expect(outside.remarks[1].text == "outside the support: z2 = 2 e > 2")
    #expect(outside.preimages[0].membership.map(\.isMember) == [false, false, true])
    // z2 = 2 e^(-x1)·e^(x1), on the boundary although no decimal shows it.
    let exact = try density.density(at: [.rational(1, 2), 2 * .exp(.rational(1, 2)), 1])
    #expect(exact.exact == .rational(3, 8))
  }

  @Test func whereTheMapIsNotSmoothTheInverseDecides() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try PushforwardDensity(problem, verdict: verdict)
    let result = try density.density(at: [0, 1, 0])
    #expect(result.exact == 0)
    #expect(result.remarks.contains(.valueByInverse(preimage: [0, 1, 0], isCertain: true)))
  }

  @Test func bothFormsAreDerivedAndAgree() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try PushforwardDensity(problem, verdict: verdict)
    guard case .branches(let branches, let exceptional) = density.preimages else {
      Issue.record("no formula")
      return
    }
    #expect(branches[0].formsAgree)
    #expect(exceptional == .never)
    let formula = try #require(try density.formula())
    #expect(
      formula.terms[0].value.isIdentical(to: .rational(3, 8) * Examples.x[2].power(2)))
  }

  @Test func criticalValuesHaveNoDensity() throws {
    let z = Expression.symbol("z")
    var verdict = Examples.bijective([.cbrt(.symbol("x"))])
    verdict.regularity = .bijectionNotSmooth(
      Verdict.SingularSet(points: .compare(z, .equal, 0), failure: .inverse))
    let problem = Examples.problem(
      [z.power(3)], inputs: 1, base: Examples.standardNormal(1))
    let density = try PushforwardDensity(problem, verdict: verdict)
    let critical = try density.density(at: [0])
    #expect(critical.outcome == .unassigned)
    #expect(critical.density == nil)
    #expect(critical.remarks == [.criticalValue(preimage: [0])])
    #expect(critical.remarks[0].text.contains("critical value"))
    // p2(8) = φ(2)/12
    let regular = try density.density(at: [8])
    let expected = Expression.exp(-2) / (12 * (2 * Expression.pi).squareRoot)
    #expect(try #require(regular.exact).isIdentical(to: expected))
  }

  @Test func kinksHaveNoDensityEither() throws {
    // f(z) = z + |z|/2 is a bijection whose slope jumps from 1/2 to 3/2.
    let (z, x) = (Expression.symbol("z"), Expression.symbol("x"))
    let inverse = Expression.piecewise([
      Branch(.rational(2, 3) * x, if: .compare(x, .greaterOrEqual, 0)),
      Branch(2 * x, if: .always),
    ])
    let problem = Examples.problem(
      [z + .rational(1, 2) * .abs(z)], inputs: 1, base: Examples.standardNormal(1))
    let density = try PushforwardDensity(problem, verdict: Examples.bijective([inverse]))
    #expect(try density.density(at: [0]).outcome == .unassigned)
    let value = try #require(try density.density(at: [3]).exact)
    let expected = Expression.exp(-2) * .rational(2, 3) / (2 * Expression.pi).squareRoot
    #expect(ExactConstant.areEqual(value, expected) == true)
  }

  @Test func pointsOutsideTheCodomain() throws {
    let (problem, verdict) = Examples.sigmoids(3)
    let density = try PushforwardDensity(problem, verdict: verdict)
    for x: Expression in [0, 3, -1] {
      let result = try density.density(at: [x])
      #expect(result.exact == 0)
      #expect(result.remarks == [.outsideCodomain])
    }
  }

  @Test func withoutClosedFormByCertifiedDigits() throws {
    let (problem, verdict) = Examples.sigmoids(3)
    let density = try PushforwardDensity(problem, verdict: verdict)
    let result = try density.density(at: [2], digits: 30)
    // mpmath: p2 = φ(z)/Σ k σ(kz)(1 - σ(kz))
    #expect(result.preimages[0].value == .numeric(["0.353507888627918492854791870852"]))
    #expect(result.decimal(significantDigits: 30) == "0.297943094084739947587446988627")
  }

  @Test func dimensionsMustAgree() {
    let z = Examples.z
    let tall = Examples.problem(
      [z[0], z[0] * z[1], z[1]], inputs: 2, base: Examples.standardNormal(2))
    #expect(throws: DensityError.dimensions(domain: 2, codomain: 3)) {
      try PushforwardDensity(tall, verdict: .undecided([]))
    }
  }

  @Test func wrongPointsAreRefused() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try PushforwardDensity(problem, verdict: verdict)
    #expect(throws: DensityError.pointDimension(found: 2, expected: 3)) {
      try density.density(at: [0, 1])
    }
  }
}
