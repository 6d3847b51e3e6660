import Evaluation
import Exact
import Symbolics
import Testing

@testable import Densities

@Suite("Base densities")
struct BaseDensityTests {
  static let z = Symbol("z")
  static let s = Symbol("s")

  static func density(
    _ distribution: BaseDistribution, _ assumptions: Assumptions = Assumptions()
  ) throws -> BaseDensity {
    try BaseDensity(distribution, coordinates: [z], assumptions: assumptions)
  }

  /// Values from Tests/Reference/base_densities.py.
  @Test(arguments: [
    (BaseDistribution.normal(mean: [1], deviation: [2]), 0.3, 0.18762017345846894),
    (.logistic(location: [1], scale: [2]), 0.3, 0.12124869751125005),
    (.laplace(location: [1], scale: [2]), 0.3, 0.17617202242967836),
    (.studentT(degreesOfFreedom: [1]), 0.3, 0.29202741851723915),
    (.studentT(degreesOfFreedom: [4]), 1.7, 0.0963015309319949),
    (.studentT(degreesOfFreedom: [5]), -2.5, 0.033326238887022831),
    (.exponential(rate: [.rational(3, 2)]), 0.3, 0.95644222743265996),
    (.beta(a: [2], b: [3]), 0.3, 1.764),
    (.beta(a: [.rational(1, 2)], b: [.rational(5, 2)]), 0.3, 0.90762258090933267),
    (.beta(a: [.rational(13, 10)], b: [3]), 0.3, 1.684564285579492),
    (.uniform([Interval(.closed(-1), .open(3))]), 0.3, 0.25),
  ])
  func agreesWithTables(distribution: BaseDistribution, z: Double, expected: Double) throws {
    let base = try Self.density(distribution)
    let values = try CompiledFormulas(
      [base.density, .exp(base.logDensity)], inputs: [Self.z]
    ).values(at: [z])
    #expect((values[0] - expected).magnitude <= 8 * expected.ulp)
    #expect((values[1] - expected).magnitude <= 16 * expected.ulp)
  }

  @Test func multivariateNormal() throws {
    let covariance: [[Expression]] = [[2, .rational(6, 5)], [.rational(6, 5), 1]]
    let base = try BaseDensity(
      .multivariateNormal(mean: [1, -2], covariance: covariance),
      coordinates: [Symbol("z1"), Symbol("z2")], assumptions: Assumptions())
    let values = try CompiledFormulas(
      [base.density, base.logDensity], inputs: base.coordinates
    ).values(at: [0.5, -1])
    #expect((values[0] - 0.0097711123904005136).magnitude <= 32 * values[0].ulp)
    #expect((values[1] - -4.628324961640017).magnitude <= 8 * values[1].ulp)
  }

  @Test func gammaFunctionHasClosedForms() {
    #expect(GammaFunction.value(5) == 24)
    #expect(
      GammaFunction.value(Rational(7, over: 2)) == .rational(15, 8) * Expression.pi.squareRoot)
    #expect(GammaFunction.value(Rational(1, over: 3)) == nil)
    #expect(GammaFunction.value(-1) == nil)
    #expect(GammaFunction.value(1_000_000) == nil)
    let a = Expression.symbol("a")
    #expect(GammaFunction.beta(a, 3) == 2 / (a * (a + 1) * (a + 2)))
    #expect(GammaFunction.beta(.rational(1, 2), .rational(1, 2)) == .pi)
  }

  @Test func supportIsAsWritten() throws {
    let box = Interval(.closed(-1), .open(3))
    #expect(try Self.density(.uniform([box])).support.intervals == [box])
    #expect(try Self.density(.exponential(rate: [2])).support.intervals == [.nonnegative])
    let beta = try Self.density(.beta(a: [1], b: [2]))
    #expect(beta.support.intervals == [Interval(.closed(0), .open(1))])
  }

  @Test func badParametersAreRefused() throws {
    let s = Expression(Self.s)
    #expect(throws: DistributionError.notPositive(quantity: "standard deviation", value: -2)) {
      try Self.density(.normal(mean: [0], deviation: [-2]))
    }
    #expect(throws: DistributionError.signUnknown(quantity: "scale", value: s)) {
      try Self.density(.logistic(location: [0], scale: [s]))
    }
    let positive = Assumptions().adding(Self.s, in: .positive)
    #expect(throws: Never.self) { try Self.density(.logistic(location: [0], scale: [s]), positive) }
    #expect(throws: DistributionError.unboundedBox(coordinate: Self.z)) {
      try Self.density(.uniform([.nonnegative]))
    }
    #expect(throws: DistributionError.emptyBox(coordinate: Self.z, lower: 2, upper: 1)) {
      try Self.density(.uniform([Interval(.closed(2), .closed(1))]))
    }
    #expect(throws: DistributionError.dimension(found: 2, expected: 1)) {
      try Self.density(.exponential(rate: [1, 2]))
    }
    #expect(
      throws: DistributionError.noClosedForm(distribution: "student_t", value: .rational(1, 3))
    ) { try Self.density(.studentT(degreesOfFreedom: [.rational(1, 3)])) }
  }

  /// What is said to have a closed form has one, and the value named has none.
  @Test func theErrorNamesWhatHasNoClosedForm() throws {
    let half = Expression.rational(1, 2)
    let third = Expression.rational(1, 3)
    for (a, b) in [(half, third), (third, half)] {
      #expect(throws: DistributionError.noClosedForm(distribution: "beta", value: third)) {
        try Self.density(.beta(a: [a], b: [b]))
      }
    }
    let refused = DistributionError.noClosedForm(distribution: "student_t", value: .rational(3, 2))
    #expect("\(refused)".contains("whole numbers up to 1000 "))
    for degrees in [1, 2, 999, 1000] {
      let value = Expression(Rational(degrees))
      #expect(throws: Never.self) { try Self.density(.studentT(degreesOfFreedom: [value])) }
    }
  }

  @Test func badCovariancesAreRefused() {
    func normal(_ covariance: [[Expression]]) throws {
      _ = try BaseDensity(
        .multivariateNormal(mean: [0, 0], covariance: covariance),
        coordinates: [Symbol("z1"), Symbol("z2")], assumptions: Assumptions())
    }
    #expect(throws: DistributionError.covarianceShape(rows: 1, dimension: 2)) { try normal([[1]]) }
    #expect(throws: DistributionError.covarianceNotSymmetric(row: 1, column: 2)) {
      try normal([[1, 2], [0, 1]])
    }
    #expect(throws: DistributionError.covarianceNotPositiveDefinite(minor: -3)) {
      try normal([[1, 2], [2, 1]])
    }
    #expect(throws: DistributionError.covarianceNotPositiveDefinite(minor: 0)) {
      try normal([[1, 1], [1, 1]])
    }
  }
}
