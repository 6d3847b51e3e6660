import Exact
import Symbolics
import Testing

@testable import Densities

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite("Base samples")
struct BaseSamplerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let distribution: BaseDistribution
    let cdf: @Sendable (Double) -> Double
    let testDescription: String
  }

  /// Distribution functions written with the C library alone.
  static let cases: [Case] = [
    Case(
      distribution: .normal(mean: [1], deviation: [.rational(1, 2)]),
      cdf: { 0.5 * erfc(-($0 - 1) / 0.5 / 2.0.squareRoot()) }, testDescription: "normal"),
    Case(
      distribution: .uniform([Interval(.open(-1), .closed(3))]),
      cdf: { ($0 + 1) / 4 }, testDescription: "uniform"),
    Case(
      distribution: .logistic(location: [-2], scale: [3]),
      cdf: { 1 / (1 + exp(-($0 + 2) / 3)) }, testDescription: "logistic"),
    Case(
      distribution: .laplace(location: [2], scale: [3]),
      cdf: { x in
        let u = (x - 2) / 3
        return u < 0 ? 0.5 * exp(u) : 1 - 0.5 * exp(-u)
      }, testDescription: "laplace"),
    Case(
      distribution: .studentT(degreesOfFreedom: [1]),
      cdf: { 0.5 + atan($0) / .pi }, testDescription: "student_t(1)"),
    Case(
      distribution: .studentT(degreesOfFreedom: [3]),
      cdf: { x in
        let t = x / 3.0.squareRoot()
        return 0.5 + (atan(t) + t / (1 + t * t)) / .pi
      }, testDescription: "student_t(3)"),
    Case(
      distribution: .exponential(rate: [.rational(1, 4)]),
      cdf: { 1 - exp(-$0 / 4) }, testDescription: "exponential"),
    Case(
      distribution: .beta(a: [2], b: [3]),
      cdf: { $0 * $0 * (6 - 8 * $0 + 3 * $0 * $0) }, testDescription: "beta(2, 3)"),
    Case(
      distribution: .beta(a: [.rational(1, 2)], b: [.rational(1, 2)]),
      cdf: { 2 / .pi * asin($0.squareRoot()) }, testDescription: "beta(1/2, 1/2)"),
    Case(
      distribution: .beta(a: [.rational(1, 20)], b: [1]),
      cdf: { pow($0, 0.05) }, testDescription: "beta(1/20, 1)"),
    Case(
      distribution: .independent([.normal(mean: [0], deviation: [1])]),
      cdf: { 0.5 * erfc(-$0 / 2.0.squareRoot()) }, testDescription: "independent"),
  ]

  @Test(arguments: cases)
  func followsItsDistribution(test: Case) throws {
    let sampler = try BaseSampler(test.distribution)
    let sample = sampler.columns(rows: 0..<20_000, seed: 2024)[0]
    let probability = Statistics.kolmogorovProbability(sample, test.cdf)
    #expect(probability > Statistics.falseAlarmRate)
  }

  @Test func smallShapesStayInsideTheOpenInterval() throws {
    let sampler = try BaseSampler(
      .beta(a: [.rational(1, 1000), 1], b: [1, .rational(1, 1000)]))
    let sample = sampler.columns(rows: 0..<1000, seed: 3)
    for column in sample { #expect(column.allSatisfy { $0 > 0 && $0 < 1 }) }
  }

  @Test func multivariateNormalHasItsCovariance() throws {
    let rows = 40_000
    let sampler = try BaseSampler(
      .multivariateNormal(
        mean: [1, -2], covariance: [[2, .rational(6, 5)], [.rational(6, 5), 1]]))
    let z = sampler.columns(rows: 0..<rows, seed: 7)
    // Whitened by hand with L = ((√2, 0), (0.6√2, √0.28)), both coordinates are N(0, 1), and so is
    // their sum over √2.
    let a = z[0].map { ($0 - 1) / 2.0.squareRoot() }
    let b = zip(z[1], a).map { ($0 + 2 - 0.6 * 2.0.squareRoot() * $1) / 0.28.squareRoot() }
    let sum = zip(a, b).map { ($0 + $1) / 2.0.squareRoot() }
    for sample in [a, b, sum] {
      let p = Statistics.kolmogorovProbability(sample) { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
      #expect(p > Statistics.falseAlarmRate)
    }
  }

  @Test func rowsDependOnSeedAndNumberAlone() throws {
    let sampler = try BaseSampler(
      .independent([
        .normal(mean: [0], deviation: [1]), .beta(a: [2], b: [.rational(1, 2)]),
        .studentT(degreesOfFreedom: [5]),
      ]))
    let whole = sampler.columns(rows: 0..<600, seed: 5)
    let part = sampler.columns(rows: 250..<310, seed: 5)
    for k in 0..<3 { #expect(part[k] == Array(whole[k][250..<310])) }
    let other = sampler.columns(rows: 0..<600, seed: 6)
    for k in 0..<3 { #expect(zip(whole[k], other[k]).allSatisfy { $0 != $1 }) }
    #expect(whole[0] != whole[2])
  }
}
