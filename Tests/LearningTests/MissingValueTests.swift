import Flows
import Formats
import Tensors
import Testing

@testable import Learning

@Suite struct MissingValueTests {
  /// a, b normal with means 1 and -1, deviations 2 and 1 and correlation 0.8; b is missing in most rows where a
  /// is above its mean, so that those that are observed are not like all; a in some others.
  private static func rows(_ count: Int) -> [(a: Double, b: Double)] {
    let noise = RandomKey(seed: 21).normals(2 * count)
    let uniforms = RandomKey(seed: 22).uniforms(count)
    return (0..<count).map { row in
      let (u, v) = (noise[2 * row], 0.8 * noise[2 * row] + 0.6 * noise[2 * row + 1])
      let isHidden = u > 0 && uniforms[row] < 0.8
      return (
        !isHidden && uniforms[row] < 0.1 ? .nan : 1 + 2 * u, isHidden ? .nan : v - 1
      )
    }
  }

  @Test func theLikeliestMomentsAreThoseOfTheFactoredLikelihood() {
    // With b missing only, the likelihood factors into that of a and that of b given a (Anderson 1957).
    let pairs = Self.rows(3000).filter { !$0.a.isNaN }
    let full = pairs.filter { !$0.b.isNaN }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let (centerA, centerB) = (mean(full.map(\.a)), mean(full.map(\.b)))
    let square = mean(full.map { ($0.a - centerA) * ($0.a - centerA) })
    let slope = mean(full.map { ($0.a - centerA) * ($0.b - centerB) }) / square
    let rest = mean(
      full.map {
        let e = $0.b - centerB - slope * ($0.a - centerA)
        return e * e
      })
    let meanA = mean(pairs.map(\.a))
    let variance = mean(pairs.map { ($0.a - meanA) * ($0.a - meanA) })
    let expected = [
      variance, slope * variance, slope * variance, slope * slope * variance + rest,
    ]
    let found = NormalImputation.likeliestMoments(
      Batch(features: 2, pairs.flatMap { [$0.a, $0.b] }))
    // The steps of EM end within a multiple of their tolerance 1e-4 of the limit, and the ridge is 1e-4.
    #expect((found.mean[0] - meanA).magnitude < 1e-9)
    #expect((found.mean[1] - centerB - slope * (meanA - centerA)).magnitude < 2e-3)
    for (a, b) in zip(found.covariance, expected) { #expect((a - b).magnitude < 3e-3) }
  }

  @Test func drawsHaveTheDensityOfTheMarginal() throws {
    // p is a standard normal distribution of three coordinates, of which q knows only poor moments; the mean of
    // p(y)/q over many draws must be the density of what is observed.
    let noise = RandomKey(seed: 23).normals(300)
    let rows = Batch(
      features: 3,
      (0..<100).flatMap { row -> [Double] in
        [noise[3 * row], .nan, row.isMultiple(of: 2) ? .nan : 0.5 * noise[3 * row + 2]]
      })
    let imputation = try #require(NormalImputation(rows))
    let draws = 40_000
    for row in [0, 1] {
      let more = RandomKey(seed: 24).normals(3 * draws)
      var (sum, squares) = (0.0, 0.0)
      for draw in 0..<draws {
        var y = Array(rows[row])
        let logQ = imputation.complete(&y, noise: more[3 * draw..<3 * draw + 3])
        let missing = rows[row].enumerated().filter { $0.element.isNaN }.map { y[$0.offset] }
        let logP = missing.reduce(0) { $0 - 0.5 * $1 * $1 - 0.5 * 1.837_877_066_409_345_5 }
        let ratio = UnaryFunction.exponential.value(logP - logQ)
        sum += ratio
        squares += ratio * ratio
      }
      let mean = sum / Double(draws)
      let error = (squares / Double(draws) - mean * mean).squareRoot() / Double(draws).squareRoot()
      // ∫ p(missing) = 1, within 5 standard errors.
      #expect((mean - 1).magnitude < 5 * error && error < 0.05, "\(mean) ± \(error)")
    }
  }

  @Test func aDistributionIsLearnedFromRowsWithMissingValues() throws {
    let pairs = Self.rows(6000)
    let table = Table(columnNames: ["a", "b"], values: pairs.flatMap { [$0.a, $0.b] })
    var roles = ColumnRoles(["a", "b"])
    roles.modelsMissing = true
    var plan = FitPlan(rows: 6000, features: 2, architecture: Architecture(.normal))
    plan.steps = 1500
    plan.rate = 0.02
    let learned = try TableFit(table, roles, plan: plan).run()
    let samples = try learned.samples(50_000, key: RandomKey(seed: 25))
    func moments(_ x: [Double], _ y: [Double]) -> Double {
      let (mx, my) = (x.reduce(0, +) / 50_000, y.reduce(0, +) / 50_000)
      return zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) } / 50_000
    }
    let (a, b) = (samples.column(0), samples.column(1))
    let (meanA, meanB) = (a.reduce(0, +) / 50_000, b.reduce(0, +) / 50_000)
    // About 4 standard errors from 6000 rows, and the noise of training.
    #expect((meanA - 1).magnitude < 0.15, "\(meanA)")
    #expect((meanB + 1).magnitude < 0.1, "\(meanB)")
    #expect((moments(a, a) - 4).magnitude < 0.35, "\(moments(a, a))")
    #expect((moments(b, b) - 1).magnitude < 0.12, "\(moments(b, b))")
    #expect((moments(a, b) - 1.6).magnitude < 0.2, "\(moments(a, b))")
    try checkMarginals(learned, meanA, moments(a, a).squareRoot())
    // The mean of the rows where b is observed is another one: about -1.45.
    let observed = pairs.map(\.b).filter { !$0.isNaN }
    #expect(observed.reduce(0, +) / Double(observed.count) < -1.3)
  }

  /// Where b is missing, the density is that of a alone: a normal distribution's, as all of the model is one.
  private func checkMarginals(
    _ learned: LearnedDistribution, _ mean: Double, _ deviation: Double
  ) throws {
    let points = [-4.0, -1, 1, 2.5, 6]
    let rows = Table(columnNames: ["a", "b"], values: points.flatMap { [$0, .nan] })
    let found = try learned.logDensity(of: rows)
    for (a, log) in zip(points, found) {
      let t = (a - mean) / deviation
      let expected =
        -0.5 * t * t - UnaryFunction.logarithm.value(deviation) - 0.5 * 1.837_877_066_409_345_5
      // Of ratios N(0, s²)/N(0, 2 s²) the square has the mean 4/√12, hence the deviation 0.39: 5 standard errors
      // of 256 draws; and those of the moments of 50 000 samples far out.
      #expect((log - expected).magnitude < 5 * 0.39 / 16 + 0.03, "\(a): \(log) against \(expected)")
    }
    #expect(try learned.logDensity(of: rows) == found)
    // The density of nothing is 1; two coordinates have the deviation √(16/12 - 1) = 0.58.
    let nothing = Table(columnNames: ["a", "b"], values: [.nan, .nan])
    #expect(try learned.logDensity(of: nothing)[0].magnitude < 5 * 0.58 / 16)
    let back = try LearnedDistribution(learned.file, name: "m")
    #expect(try back.logDensity(of: rows) == found)
  }
}
