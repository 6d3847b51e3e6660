import Certificates
import Evaluation
import Exact
import Proofs
import Symbolics
import Tensors
import Testing

@testable import Densities

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite("Densities of many rows")
struct NumericDensityTests {
  /// p2 = 3 x3²/8 on the image of the box, written by hand.
  static func cubeRootDensity(_ x: [Double]) -> Double {
    let z = [x[0], x[1] * exp(-x[0]), (x[2] * x[2] * x[2] - x[0] * x[0]) * exp(x[0])]
    return z.allSatisfy { $0 >= 0 && $0 <= 2 } ? 3 * x[2] * x[2] / 8 : 0
  }

  @Test(arguments: [1, 255, 256, 257, 600])
  func cubeRootRowByRow(rows: Int) throws {
    let (problem, verdict) = Examples.cubeRoot()
    let density = try NumericDensity(PushforwardDensity(problem, verdict: verdict))
    let x: [[Double]] = [31, 38, 45].map { (stride: Int) -> [Double] in
      (0..<rows).map { row in Double((row * stride) % 97) / 40 - 0.2 }
    }
    let values = try density.logDensity(x)
    for row in 0..<rows {
      let expected = log(Self.cubeRootDensity(x.map { $0[row] }))
      #expect(
        values[row] == expected
          || (values[row] - expected).magnitude <= 4 * max(1, expected.magnitude).ulp)
    }
    #expect(rows < 255 || values.contains { $0 > -.infinity })
  }

  /// Rows on both sides of a piece's size, and odd ones.
  @Test(arguments: [1, 1023, 1024, 1025, 5000], [2, 3, 8])
  func answersDoNotDependOnThreads(rows: Int, threads: Int) throws {
    let pool = WorkerPool(count: threads)
    for (problem, verdict) in [Examples.cubeRoot(), Examples.sigmoids(3)] {
      let density = try NumericDensity(PushforwardDensity(problem, verdict: verdict))
      let map = try NumericMap(problem, verdict: verdict)
      let samples = try #require(try map.samples(rows: 7..<7 + rows, seed: 5))
      #expect(try map.samples(rows: 7..<7 + rows, seed: 5, on: pool) == samples)
      #expect(samples.allSatisfy { $0.count == rows })
      let alone = try density.logDensity(samples)
      #expect(try density.logDensity(samples, on: pool) == alone)
      #expect(alone.count == rows && alone.allSatisfy(\.isFinite))
    }
  }

  @Test func roundTripsAndLogDeterminants() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let map = try NumericMap(problem, verdict: verdict)
    let z = try #require(map.baseSamples(rows: 0..<600, seed: 11))
    let x = try map.forward(z)
    let back = try #require(try map.inverse(x))
    let logDet = try #require(try map.logAbsDet(z))
    for row in 0..<600 {
      // Cancellation in x3³ - x1² is magnified by e^x1 < 8.
      for k in 0..<3 { #expect((back[k][row] - z[k][row]).magnitude <= 64 * 8.0.ulp) }
      // log|det Df| = -log(3 x3²)
      #expect((logDet[row] + log(3 * x[2][row] * x[2][row])).magnitude <= 16 * 4.0.ulp)
    }
  }

  @Test func withoutClosedForm() throws {
    let (problem, verdict) = Examples.sigmoids(3)
    let exact = try PushforwardDensity(problem, verdict: verdict)
    let density = try NumericDensity(exact)
    let points: [Expression] = [.rational(1, 100), .rational(3, 2), 2, .rational(299, 100)]
    let outside: [Double] = [0, 3, -1, 5]
    let values = try density.logDensity([points.map { $0.rationalValue!.doubleValue } + outside])
    for (row, point) in points.enumerated() {
      let expected = try #require(try exact.density(at: [point]).logDensity)
      #expect((values[row] - expected).magnitude <= 64 * max(1, expected.magnitude).ulp)
    }
    #expect(values.suffix(4).allSatisfy { $0 == -.infinity })
  }

  @Test func nothingUnderflows() throws {
    // x = e^z z' has densities far below the smallest Double in the tails.
    let z = Expression.symbol("z")
    let problem = Examples.problem([2 * z], inputs: 1, base: Examples.standardNormal(1))
    let verdict = Examples.bijective([.rational(1, 2) * .symbol("x")])
    let density = try NumericDensity(PushforwardDensity(problem, verdict: verdict))
    let value = try density.logDensity([[200]])[0]
    let expected = -5000 - 0.5 * log(2 * .pi) - log(2)
    #expect((value - expected).magnitude <= expected.ulp)
    #expect(try density.logDensity([[.nan]])[0].isNaN)
  }

  @Test func stagesAreChained() throws {
    // h = (2 z1, z2 - z1²), x = (h1 + h2, h2).
    let z = Examples.z
    let h = [Expression.symbol("h1"), .symbol("h2")]
    let x = Examples.x
    var problem = Examples.problem(
      [h[0] + h[1], h[1]], inputs: 2, base: Examples.standardNormal(2))
    let hs = [Symbol("h1"), Symbol("h2")]
    let first = Examples.problem(
      [2 * z[0], z[1] - z[0].power(2)], inputs: 2, base: Examples.standardNormal(2))
    var firstStage = first.stages[0]
    firstStage.codomain = .space(hs)
    problem.stages[0].inputs = hs
    var second = problem
    second.domain = .space(hs)
    problem.stages = [firstStage] + problem.stages
    var verdict = Examples.bijective(nil)
    var firstProblem = first
    firstProblem.stages = [firstStage]
    verdict.stages = [
      StageVerdict(
        stage: firstProblem,
        verdict: Examples.bijective([
          .rational(1, 2) * h[0], h[1] + .rational(1, 4) * h[0].power(2),
        ])),
      StageVerdict(stage: second, verdict: Examples.bijective([x[0] - x[1], x[1]])),
    ]
    let map = try NumericMap(problem, verdict: verdict)
    let points = [[0.5, -1.0, 2.0], [1.0, 0.25, -3.0]]
    let images = try map.forward(points)
    #expect(images[1] == [0.75, -0.75, -7])
    #expect(images[0] == [1.75, -2.75, -3])
    #expect(try map.inverse(images) == points)
    #expect(try map.logAbsDet(points) == [log(2), log(2), log(2)])
    let density = try NumericDensity(PushforwardDensity(problem, verdict: verdict))
    let values = try density.logDensity(images)
    for row in 0..<3 {
      let square = points[0][row] * points[0][row] + points[1][row] * points[1][row]
      let expected = -square / 2 - log(2 * .pi) - log(2)
      #expect((values[row] - expected).magnitude <= 4 * expected.ulp)
    }
  }

  @Test func samplesAreReproducible() throws {
    let (problem, verdict) = Examples.cubeRoot()
    let map = try NumericMap(problem, verdict: verdict)
    let first = try #require(try map.samples(rows: 0..<300, seed: 1))
    let again = try #require(try map.samples(rows: 100..<300, seed: 1))
    #expect(first.map { Array($0[100...]) } == again)
    let density = try NumericDensity(PushforwardDensity(problem, verdict: verdict))
    // Rounding may take a sample at the very edge out of the support, but hardly one of 300.
    #expect(try density.logDensity(first).filter { $0 == -.infinity }.count <= 1)
  }

  /// Where a formula leaves the range of Double the exact value is taken (values from mpmath).
  @Test(arguments: [
    ("z in R; x = softplus(z) in (0, inf); z ~ normal(0, 1)", 800.0, -320000.9189385332),
    ("z in R; x = sinh(z) in R; z ~ normal(0, 1)", 1e160, -68489.23345247601),
    ("z in R; x = z + exp(z) in R; z ~ student_t(3)", 1e3, -13.554252514024391),
    ("z in R; x = z + exp(z) in R; z ~ student_t(3)", 1e20, -60.17725218365784),
  ])
  func beyondTheRangeOfDouble(text: String, x: Double, expected: Double) throws {
    let problem = try FlowParser.parse(text, file: "test")[0]
    let density = try PushforwardDensity(problem, verdict: Prover.verdict(for: problem))
    let value = try NumericDensity(density).logDensity([[x]])[0]
    #expect((value - expected).magnitude <= 4 * expected.ulp)
  }
}
