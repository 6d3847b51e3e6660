import Flows
import Tensors
import Testing

@testable import Learning

@Suite struct NormalMixtureTests {
  private static func batch(_ rows: Int, _ seed: UInt64, _ row: ([Double]) -> [Double]) -> Batch {
    let noise = RandomKey(seed: seed).normals(3 * rows)
    let all = (0..<rows).flatMap { row(Array(noise[3 * $0..<3 * $0 + 3])) }
    return Batch(features: all.count / rows, all)
  }

  @Test func choleskyFactorsAMatrix() throws {
    let lower = [2.0, 0, 0, -1, 3, 0, 0.5, 0.25, 0.125]
    var product = [Double](repeating: 0, count: 9)
    for (i, j, k) in (0..<27).map({ ($0 / 9, $0 / 3 % 3, $0 % 3) }) {
      product[3 * i + j] += lower[3 * i + k] * lower[3 * j + k]
    }
    let factor = try #require(Cholesky(product, size: 3))
    // What lies above the diagonal has no meaning.
    for place in [0, 3, 4, 6, 7, 8] {
      #expect((factor.factor[place] - lower[place]).magnitude < 1e-14)
    }
    #expect((factor.logDeterminant - 2 * UnaryFunction.logarithm.value(0.75)).magnitude < 1e-13)
    let back = factor.solveLower(factor.product([1, -2, 3]))
    for (a, b) in zip(back, [1.0, -2, 3]) { #expect((a - b).magnitude < 1e-13) }
    #expect(Cholesky([1, 1, 1, 1], size: 2) == nil)
  }

  /// One component is the normal distribution with the moments of the rows, whose mean log-likelihood is known.
  @Test func oneComponentIsTheBestNormal() throws {
    let rows = Self.batch(2000, 1) { [$0[0], 0.6 * $0[0] + 0.8 * $0[1] + 3] }
    let mixture = try #require(
      NormalMixture(fitting: rows, components: 1, key: RandomKey(seed: 0)))
    let logs = mixture.logDensity(of: rows)
    let mean = logs.reduce(0, +) / 2000
    // What is added to variances costs about (10⁻⁶)².
    #expect((mean - NormalLikelihood.largestMean(of: rows, given: nil)!).magnitude < 1e-9)
  }

  @Test func separatePartsAreFound() throws {
    let rows = Self.batch(3000, 2) { [$0[2] < 0.5244 ? $0[0] : 20 + 0.1 * $0[0], $0[1]] }
    let mixture = try #require(
      NormalMixture(fitting: rows, components: 2, key: RandomKey(seed: 0)))
    let parts = mixture.components.sorted { $0.mean[0] < $1.mean[0] }
    // P(Z < 0.5244) = 0.7; 5 standard errors of a share and of means.
    let weight = UnaryFunction.exponential.value(parts[0].logWeight)
    #expect((weight - 0.7).magnitude < 5 * 0.0084)
    #expect(parts[0].mean[0].magnitude < 0.11 && (parts[1].mean[0] - 20).magnitude < 0.02)
    #expect((parts[1].covariance[0] - 0.01).magnitude < 0.003)
  }

  private static let mixture = NormalMixture(components: [
    .init(
      logWeight: UnaryFunction.logarithm.value(0.3), mean: [0, 1, -1],
      covariance: [2, 0.5, 0.1, 0.5, 1, -0.3, 0.1, -0.3, 0.5])!,
    .init(
      logWeight: UnaryFunction.logarithm.value(0.7), mean: [3, 0, 0],
      covariance: [0.5, 0, 0.2, 0, 1, 0, 0.2, 0, 2])!,
  ])

  /// log p(x₁ | x₂) = log p(x₁, x₂) - log p(x₂)
  @Test func aConditionalIsAQuotient() throws {
    for (x, y, z) in [(0.0, 0.0, 0.0), (1, -2, 0.5), (4, 1, 3)] {
      let joint = Self.mixture.logDensity(of: Batch(features: 3, [x, y, z]))[0]
      let marginal = try #require(Self.mixture.marginal([1]))
      let conditional = try #require(Self.mixture.conditional([2, 0], given: [1], [y]))
      let quotient = joint - marginal.logDensity(of: Batch(features: 1, [y]))[0]
      let found = conditional.logDensity(of: Batch(features: 2, [z, x]))[0]
      #expect((found - quotient).magnitude < 1e-12)
    }
  }

  /// The mean of p/q over samples of p is 1 for any density q = p shifted within the support.
  @Test func samplesAreThoseOfTheDensity() {
    let count = 40_000
    let samples = Batch(features: 3, Self.mixture.samples(count, key: RandomKey(seed: 4)))
    // x, y and xz of a mixture: Σ w m and Σ w (Σ + m mᵀ).
    let x = (0..<count).reduce(0) { $0 + samples[$1].first! } / Double(count)
    let product =
      (0..<count).reduce(0) { $0 + samples[$1].first! * samples[$1].last! } / Double(count)
    // Deviations of x and xz are below 2 and 6.
    #expect((x - 2.1).magnitude < 5 * 2 / 200)
    #expect((product - (0.3 * 0.1 + 0.7 * 0.2)).magnitude < 5 * 6 / 200)
  }

  @Test func mixturesAreScoredOnRowsTheyHaveNotSeen() throws {
    let normal = Self.batch(4000, 5) { [10 + 2 * $0[0], $0[1]] }
    let found = try #require(MixtureLikelihood.crossValidatedMean(of: normal, given: 0))
    let best = try #require(NormalLikelihood.largestMean(of: normal, given: nil))
    // Ten components have 59 parameters, which costs 59/(2 · 2000) nats on other rows, twice that at worst.
    #expect(found < best + 0.01 && found > best - 0.06, "\(found) \(best)")
    let two = Self.batch(4000, 6) { [$0[0] < 0 ? -5 + 0.1 * $0[1] : 5 + 0.1 * $0[1]] }
    let better = try #require(MixtureLikelihood.crossValidatedMean(of: two, given: 0))
    // ½ (log 2πe + 2 log 0.1) + log 2 is the entropy of the two parts.
    #expect((better + 1.418_938_5 - 2.302_585_1 + 0.693_147_2).magnitude < 0.06, "\(better)")
    // p(y | x) of y = x + noise/2.
    let pair = Self.batch(4000, 7) { [$0[0] + 0.5 * $0[1], $0[0]] }
    let given = try #require(MixtureLikelihood.crossValidatedMean(of: pair, given: 1))
    #expect((given + 1.418_938_5 - 0.693_147_2).magnitude < 0.07, "\(given)")
    #expect(MixtureLikelihood.crossValidatedMean(of: normal.slice(0..<60), given: 0) == nil)
  }
}
