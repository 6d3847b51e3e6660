import Certificates
import Exact
import Symbolics
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@testable import Densities

/// The density of several maps against their own samples and against quadrature.
@Suite("Total mass and samples")
struct MassTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let problem: Problem
    let verdict: Verdict
    /// Where to integrate, and the probability of that range by the base's distribution function.
    let range: ClosedRange<Double>
    let mass: Double
  }

  static let z = Expression.symbol("z")
  static let x = Expression.symbol("x")

  static func scalar(
    _ name: String, _ formula: Expression, _ inverse: Expression?, onto image: Interval = .reals,
    base: BaseDistribution, _ range: ClosedRange<Double>, _ mass: Double
  ) -> Case {
    let problem = Examples.problem([formula], inputs: 1, onto: [image], base: base)
    var verdict = Examples.bijective(inverse.map { [$0] })
    if inverse == nil {
      verdict.certificate = .triangular(
        TriangularEvidence(
          steps: [Examples.monotoneStep(formula, onto: image)], image: problem.codomain))
    }
    return Case(
      testDescription: name, problem: problem, verdict: verdict, range: range, mass: mass)
  }

  /// P(|z| < t) for a standard normal z.
  static func central(_ t: Double) -> Double { erf(t / 2.0.squareRoot()) }

  static let normal = Examples.standardNormal(1)
  static let cases: [Case] = [
    scalar("affine", 3 * z - 1, .rational(1, 3) * (x + 1), base: normal, -16...14, central(5)),
    scalar(
      "log-normal", .exp(z), .log(x), onto: .positive, base: normal, exp(-3)...exp(3), central(3)),
    scalar(
      "sinh of logistic", .call(.sinh, [.rational(1, 4) * z]), 4 * .call(.asinh, [x]),
      base: .logistic(location: [0], scale: [1]), sinh(-2)...sinh(2), tanh(4)),
    scalar("z + z³ without closed form", z + z.power(3), nil, base: normal, -10...10, central(2)),
    scalar(
      "two sigmoids", Expression.sum([z, 2 * z].map { .call(.sigmoid, [$0]) }),
      nil, onto: Interval(.open(0), .open(2)), base: .logistic(location: [0], scale: [1]),
      (sigmoid(-6) + sigmoid(-12))...(sigmoid(6) + sigmoid(12)), tanh(3)),
  ]

  static func sigmoid(_ u: Double) -> Double { 1 / (1 + exp(-u)) }

  /// ∫ p2 over the range is the base's probability of the preimage of the range. The rule's own error
  /// for these analytic integrands is far below 1e-9.
  @Test(arguments: cases)
  func massIsThatOfTheBase(test: Case) throws {
    let density = try NumericDensity(PushforwardDensity(test.problem, verdict: test.verdict))
    let (nodes, weights) = Quadrature.tanhSinh(over: test.range)
    let values = try density.logDensity([nodes])
    var mass = 0.0
    for (w, value) in zip(weights, values) { mass += w * Quadrature.exponential(value) }
    #expect((mass - test.mass).magnitude < 1e-9)
  }

  /// Counts of 50,000 samples in cells of equal width against the integral of the density over each
  /// cell, by χ² with the stated false-alarm rate.
  @Test(arguments: cases)
  func samplesFollowTheDensity(test: Case) throws {
    let rows = 50_000
    let map = try NumericMap(test.problem, verdict: test.verdict)
    let samples = try #require(try map.samples(rows: 0..<rows, seed: 99))[0]
    let density = try NumericDensity(PushforwardDensity(test.problem, verdict: test.verdict))
    let sorted = samples.sorted()
    // Cells between quantiles of a first half of the data would bias the test; fixed ones do not.
    let (low, high) = (sorted[rows / 50], sorted[rows - rows / 50])
    let edges = (0...40).map { low + (high - low) * Double($0) / 40 }.map {
      ($0 * 64).rounded() / 64
    }
    var observed: [Int] = []
    var expected: [Double] = []
    for (a, b) in zip(edges, edges.dropFirst()) where a < b {
      let (nodes, weights) = Quadrature.tanhSinh(over: a...b)
      let values = try density.logDensity([nodes])
      let share = zip(weights, values).reduce(0) { $0 + $1.0 * Quadrature.exponential($1.1) }
      guard share * Double(rows) >= 20 else { continue }
      observed.append(samples.filter { $0 >= a && $0 < b }.count)
      expected.append(share * Double(rows))
    }
    // The cells leave out a remainder, so that they are as many degrees of freedom.
    let deviate = Statistics.chiSquareDeviate(
      observed: observed, expected: expected, freedom: observed.count)
    #expect(observed.count >= 10)
    #expect(deviate < Statistics.deviateLimit)
  }

  /// ∫ p2 over a box around the support in R³ by Monte Carlo: its standard error is known, and five
  /// of them are exceeded with probability 6e-7.
  @Test func cubeRootInThreeDimensions() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try NumericDensity(PushforwardDensity(problem, verdict: verdict))
    let rows = 200_000
    let upper = [2.0, 2 * 7.39, 1.82]
    let box = BaseDistribution.uniform([
      Interval(.closed(0), .closed(2)), Interval(.closed(0), .closed(.rational(1478, 100))),
      Interval(.closed(0), .closed(.rational(182, 100))),
    ])
    let x = try BaseSampler(box).columns(rows: 0..<rows, seed: 4)
    let volume = upper.reduce(1, *)
    let values = try density.logDensity(x).map { volume * Quadrature.exponential($0) }
    let mean = values.reduce(0, +) / Double(rows)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
    let error = (square / Double(rows)).squareRoot()
    #expect((mean - 1).magnitude < 5 * error)
    #expect(error < 0.02)
  }
}
