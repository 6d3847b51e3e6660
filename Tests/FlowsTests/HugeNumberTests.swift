import Tensors
import Testing

@testable import Flows

/// All finite numbers are numbers: where the exact log-density is none of the format, it is -∞.
@Suite("Densities of huge numbers")
struct HugeNumberTests {
  @Test("are never NaN", arguments: Registry.distributions, Precision.allCases)
  func huge(entry: DistributionCase, precision: Precision) throws {
    for (features, context) in [(1, 0), (1, 2), (5, 0), (5, 2)] {
      guard let distribution = entry.make(features, context) else { continue }
      var model = Model(distribution, key: RandomKey(seed: 1), precision: precision)
      let x = Self.rows(features, precision)
      let given = model.contextFeatures == 0 ? nil : Self.context(x.rows, precision)
      for deviation in [0, 0.4] {
        model.parameters = model.parameters.shaken(by: deviation)
        let found = try model.logDensity(of: x, given: given)
        #expect(
          !found.contains { $0.isNaN || $0 == .infinity },
          "\(entry), D = \(features), C = \(context), \(deviation): \(found)")
      }
    }
  }

  /// Far out the sigmoid with the least slope decides, whatever the size of x.
  @Test("of sums of sigmoids have the slope of their straight ends", arguments: [1, 3])
  func straightEnds(terms: Int) {
    let trial = Trial(Elementwise(SigmoidSumTransform(terms: terms), features: 1))
    let program = trial.program(.forward)
    let expected = trial.run(program, [-1000, 1000])[1]
    for size in [1e3, 1e5, 1e6, 1e30] {
      let found = trial.run(program, [-size, size], .float)[1]
      for (a, b) in zip(found, expected) {
        #expect((a - b).magnitude <= 4 * Double(Float(b).ulp), "\(a), not \(b), at \(size)")
      }
    }
  }

  /// Numbers whose squares, or whose sums, overflow, of both signs, beside small ones.
  private static func rows(_ features: Int, _ precision: Precision) -> Batch {
    let sizes = precision == .float ? [1e18, 1e19, 1e30, 1e37] : [1e150, 1e155, 1e300]
    let all = sizes + [precision.largest]
    let uniforms = RandomKey(seed: 2).uniforms(features * 4 * all.count)
    return Batch(
      features: features,
      uniforms.enumerated().map { index, uniform in
        uniform < 0.2 ? 1 : all[index / features % all.count] * (uniform < 0.6 ? 1 : -1)
      })
  }

  private static func context(_ rows: Int, _ precision: Precision) -> Batch {
    Batch(
      features: 2,
      RandomKey(seed: 3).uniforms(2 * rows).map { precision.largest * (2 * $0 - 1) })
  }
}
