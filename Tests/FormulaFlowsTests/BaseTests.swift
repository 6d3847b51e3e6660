import FormulaFlows
import Symbolics
import Tensors
import Testing

@testable import Flows

@Suite("Stated base distributions")
struct BaseTests {
  private static let count = 20_000
  /// The largest distance of 20000 samples' distribution from their own stays below 2.4/√n with a probability of
  /// 1 - 2·10⁻⁵ (Kolmogorov).
  private static let distance = 2.4 / 20_000.0.squareRoot()

  private func base(_ stated: String, domain: String = "R") throws -> any Distribution {
    try FormulaBase.distribution(of: problem("z in \(domain); x = z in \(domain); z ~ \(stated)"))
  }

  /// Samples and densities are made from different formulas.
  @Test(
    "have samples that the integral of their density spreads evenly",
    arguments: [
      ("normal(1, 2)", "R", -19.0, 21.0), ("logistic(-1, 1/2)", "R", -31, 29),
      ("laplace(2, 3)", "R", -100, 104), ("student_t(5)", "R", -400, 400),
      ("exponential(3)", "(0, inf)", 0, 15), ("beta(2, 3)", "(0, 1)", 0, 1),
      ("uniform([-1, 3])", "R", -1, 3),
    ])
  func samples(stated: String, domain: String, lower: Double, upper: Double) throws {
    let model = Model(try base(stated, domain: domain), key: RandomKey(seed: 1), precision: .double)
    let sorted = try model.samples(Self.count, key: RandomKey(seed: 2)).values.sorted()
    // The midpoint rule, on cells that resolve the tails' bulk.
    let cells = 200_000
    let width = (upper - lower) / Double(cells)
    let points = (0..<cells).map { lower + (Double($0) + 0.5) * width }
    let density = try model.logDensity(of: Batch(features: 1, points))
      .map { UnaryFunction.exponential.value($0) }
    #expect((density.reduce(0, +) * width - 1).magnitude < 1e-4)
    var (sum, next, farthest) = (0.0, 0, 0.0)
    for (point, value) in zip(points, density) {
      sum += value * width
      while next < sorted.count, sorted[next] < point + width / 2 { next += 1 }
      farthest = max(farthest, (Double(next) / Double(Self.count) - sum).magnitude)
    }
    #expect(farthest < Self.distance, "\(stated): \(farthest)")
  }

  @Test("with a covariance have samples of this covariance")
  func covariance() throws {
    let base = try FormulaBase.distribution(
      of: problem("z in R^2; x = z in R^2; z ~ normal((1, -2), cov: [[4, 1], [1, 2]])"))
    let model = Model(base, key: RandomKey(seed: 3), precision: .double)
    let rows = try model.samples(Self.count, key: RandomKey(seed: 4))
    var sums = [0.0, 0, 0, 0, 0]
    for row in 0..<Self.count {
      let (a, b) = (rows.values[2 * row] - 1, rows.values[2 * row + 1] + 2)
      for (k, value) in [a, b, a * a, a * b, b * b].enumerated() { sums[k] += value }
    }
    // Five deviations; that of a product is at most √2 times the variances' mean.
    let tolerance = 30 / Double(Self.count).squareRoot()
    for (sum, expected) in zip(sums, [0.0, 0, 4, 1, 2]) {
      let mean = sum / Double(Self.count)
      #expect((mean - expected).magnitude < tolerance)
    }
    // -½ log det(2πΣ) at the mean, det Σ = 7.
    let found = try model.logDensity(of: Batch(features: 2, [1, -2]))[0]
    let expected = -UnaryFunction.logarithm.value(2 * .pi * 7.0.squareRoot())
    #expect((found - expected).magnitude < 1e-14)
  }

  @Test("have density 0 outside of their support")
  func outside() throws {
    let model = Model(
      try base("exponential(1)", domain: "(0, inf)"), key: RandomKey(seed: 1), precision: .double)
    #expect(try model.logDensity(of: Batch(features: 1, [-1, 2])) == [-.infinity, -2])
  }

  @Test("are refused where the map is not defined, or with parameters")
  func refusals() throws {
    func message(_ text: String) throws -> String {
      do {
        _ = try FormulaBase.distribution(of: problem(text))
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(try message("z in (0, inf); x = log(z) in R").contains("state one, as in"))
    #expect(
      try message("z in (0, 1); x = z in (0, 1); z ~ exponential(1)").contains("points outside"))
    #expect(
      try message("learn m; z in R; x = z in R; z ~ normal(m, 1)").contains("depends on m; put"))
    #expect(try message("z in R; x = z in R; z ~ normal(0, -1)") != "accepted")
  }
}
