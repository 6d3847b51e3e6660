import Flows
import Formats
import FormulaFits
import FormulaFlows
import Learning
import Tensors
import Testing

@Suite("Flows fitted to targets")
struct TargetTests {
  private func fit(
    _ text: String, _ kind: Architecture.Kind, steps: Int = 600
  ) throws -> LearnedDistribution {
    let target = try Target(formula: text, file: "target")
    var plan = FitPlan(
      targetOf: target.names.count, architecture: Architecture(kind, layers: 4, hidden: [32, 32]))
    plan.steps = steps
    return try TargetFit(target, plan: plan).run(pool: WorkerPool(count: 2))
  }

  private static let log = UnaryFunction.logarithm.value

  /// Six standard errors of the estimate: a chance of 2·10⁻⁹ to fail.
  private func check(
    _ learned: LearnedDistribution, _ logNormalizer: Double, share: Double,
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(learned.provenance.target)
    let error = (found.logNormalizer - logNormalizer).magnitude
    #expect(error <= 6 * found.logNormalizerError + 1e-9, "\(found)", sourceLocation: place)
    #expect(found.bound <= logNormalizer + 6 * found.boundError + 1e-9, sourceLocation: place)
    #expect(found.effectiveShare > share, "\(found)", sourceLocation: place)
  }

  @Test("find a normal target, its mean and its integral")
  func normal() throws {
    let learned = try fit(
      "z in R^2; logdensity = -(z1 - 1)^2/8 - (z2 + 2 - z1/2)^2/2", .normal, steps: 1500)
    // 2π times the deviations 2 and 1.
    try check(learned, Self.log(4 * .pi), share: 0.99)
    let samples = try learned.samples(4000, key: RandomKey(seed: 1))
    let first = try #require(samples.column(named: "z1"))
    #expect((first.mean - 1).magnitude < 0.2 && (first.deviation - 2).magnitude < 0.2)
  }

  @Test("find a banana", arguments: [Architecture.Kind.nsf, .realnvp])
  func banana(kind: Architecture.Kind) throws {
    let learned = try fit("z in R^2; logdensity = -z1^2/2 - 2 (z2 - z1^2)^2", kind, steps: 1500)
    // √(2π) √(π/2)
    try check(learned, Self.log(.pi), share: 0.5)
  }

  /// Γ(3), B(2, 3), and a mirrored exponential distribution of rate 2 at b = 1: e²/2.
  @Test(
    "keep to the intervals of their coordinates",
    arguments: [
      ("z in (0, inf); logdensity = 2 log(z) - z", 0.6931471805599453),
      ("z in (0, 1); logdensity = log(z) + 2 log(1 - z)", -2.4849066497880004),
      ("z in (-inf, 1); logdensity = 2 z", 2 - 0.6931471805599453),
    ])
  func intervals(text: String, logNormalizer: Double) throws {
    let learned = try fit(text, .nsfar)
    try check(learned, logNormalizer, share: 0.9)
    let target = try Target(formula: text, file: "target")
    let samples = try learned.samples(2000, key: RandomKey(seed: 2))
    #expect(samples.column(named: "z")!.allSatisfy(target.domain[0].contains))
    let weights = try learned.logWeights(of: samples, target: target)
    #expect(weights.count == 2000 && weights.allSatisfy(\.isFinite))
  }

  @Test("A file of such a model has the same weights")
  func file() throws {
    let learned = try fit("z in R; logdensity = -z^4", .nsfar, steps: 50)
    let back = try LearnedDistribution(learned.file, name: "m")
    #expect(back.provenance == learned.provenance)
    let samples = try learned.samples(100, key: RandomKey(seed: 3))
    let target = try Target(formula: back.provenance.target!.text, file: "m")
    #expect(
      try back.logWeights(of: samples, target: target)
        == learned.logWeights(of: samples, target: target))
  }

  @Test("The same seed and threads lead to the same model")
  func reproducible() throws {
    let text = "z in R; logdensity = -z^4"
    #expect(
      try fit(text, .nsfar, steps: 30).file.encoded == fit(text, .nsfar, steps: 30).file.encoded)
  }

  /// w = 1, 2, 3: Σw = 6, Σw² = 14.
  @Test("Evidence is made of weights as its formulas say")
  func evidence() throws {
    let logs = [1.0, 2, 3].map { Self.log($0) + 700 }
    let found = try #require(TargetEvidence(logWeights: logs, ofMixture: logs, text: ""))
    #expect(found.draws == 3)
    #expect((found.bound - 700 - Self.log(6) / 3).magnitude < 1e-12)
    #expect((found.logNormalizer - 700 - Self.log(2)).magnitude < 1e-12)
    // Logarithms near 700 are rounded by 10⁻¹³.
    #expect((found.effectiveShare - 36.0 / 42).magnitude < 1e-12)
    // The deviation of the weights' mean, 1/√3, by their mean, 2.
    #expect((found.logNormalizerError - 0.5 / 3.0.squareRoot()).magnitude < 1e-12)
    let half = try #require(
      TargetEvidence(logWeights: [0, 0], ofMixture: [0, -.infinity], text: ""))
    #expect((half.logNormalizer + Self.log(2)).magnitude < 1e-15)
    #expect(TargetEvidence(logWeights: [1, -.infinity], ofMixture: [0, 0], text: "") == nil)
    #expect(TargetEvidence(logWeights: [1, 1], ofMixture: [0, .nan], text: "") == nil)
  }

  @Test("What is no target is refused")
  func refusals() throws {
    func message(_ text: String) -> String {
      do {
        _ = try Target(formula: text, file: "target")
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(message("z in R; x = z in R").contains("there is no log-density"))
    #expect(message("param a; z in R; logdensity = a z").contains("a has no value"))
    #expect(
      message("z in R^2 where z1 < z2; logdensity = -z1^2").contains("no product of intervals"))
    #expect(throws: LearningError.flowForTarget("gmm")) {
      try fit("z in R; logdensity = -z^2", .gmm, steps: 1)
    }
    #expect(throws: LearningError.self) {
      try fit("z in R; logdensity = -z^2/0", .nsfar, steps: 40)
    }
  }
}
