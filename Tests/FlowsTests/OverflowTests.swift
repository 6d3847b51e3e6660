import Foundation
import Tensors
import Testing

@testable import Flows

/// Numbers so large or small that squares or products of them leave the number format.
@Suite("Overflow")
struct OverflowTests {
  @Test(
    "quantiles of the least numbers",
    arguments: [(Precision.float, 1e-40), (.double, 1e-300 * 1e-10)])
  func quantiles(precision: Precision, least: Double) {
    // One component with its first parameters: x = Φ⁻¹(y).
    let trial = Trial(
      Elementwise(MixtureCDFTransform(components: 1), features: 1), deviation: 0)
    let found = trial.run(trial.program(.inverse), [least], precision)
    let x = found[0][0]
    // log Φ(x), whose slope is about -x.
    let unit = FlowTolerance.units * FlowTolerance.epsilon(precision)
    let spacing =
      precision == .float ? Double(Float.leastNonzeroMagnitude) : Double.leastNonzeroMagnitude
    expect(
      log(0.5 * erfc(-x / 2.squareRoot())), log(least),
      within: unit * x * x + spacing / least, "Φ(\(x))")
    expect(
      found[1][0], 0.5 * (x * x + log(2 * Double.pi)), within: unit * x * x, "log-slope")
  }

  @Test("Student's t, whose squares overflow", arguments: Precision.allCases)
  func student(precision: Precision) throws {
    let model = Model(StudentT(1), key: RandomKey(seed: 1), precision: precision)
    let sizes = precision == .float ? [1e8, 1e19, 1e25, 1e38] : [1e8, 1e155, 1e200, 1e300]
    let found = try model.logDensity(of: Batch(features: 1, sizes))
    // p falls as |x|^-(n + 1), n = 5 at first.
    for (x, value) in zip(sizes, found) {
      let expected = found[0] - 6 * log(x / sizes[0])
      expect(
        value, expected,
        within: FlowTolerance.units * FlowTolerance.epsilon(precision) * expected.magnitude, "\(x)")
    }
  }

  @Test("round trips of a circle keep all digits", arguments: Precision.allCases)
  func circle(precision: Precision) {
    let trial = Trial(Elementwise(CircularShiftTransform(), features: 1))
    let x = [Double.pi - 1e-9, -Double.pi + 1e-9, 3.1, -3.1, 0]
    let there = trial.run(trial.program(.forward), x, precision)
    let back = trial.run(trial.program(.inverse), there[0], precision)
    for (a, b) in zip(x, back[0]) {
      let distance = UnaryFunction.sine.value(0.5 * (a - b))
      expect(
        2 * distance, 0, within: 16 * FlowTolerance.epsilon(precision), "\(precision) \(a) \(b)")
    }
  }

  @Test("log-slopes of the map to logistic numbers", arguments: Precision.allCases)
  func hazard(precision: Precision) {
    let trial = Trial(Elementwise(NormalToLogisticTransform(), features: 1))
    let x = [8, 15, 15.99, 16, 17, 20, 25, 30]
    let found = trial.run(trial.program(.forward), x, precision)
    for (z, logSlope) in zip(x, found[1]) {
      // φ/(Φ(z) Φ(-z)), while Φ(-z) is a number of the format.
      let (low, high) = (0.5 * erfc(-z / 2.squareRoot()), 0.5 * erfc(z / 2.squareRoot()))
      let expected = -0.5 * (z * z + log(2 * Double.pi)) - log(low) - log(high)
      expect(
        logSlope, expected,
        within: FlowTolerance.units
          * (FlowTolerance.epsilon(precision) * (z < 16 ? z * z : 4) + Double.ulpOfOne * z * z),
        "\(precision) \(z)")
    }
  }

  private static let zoo =
    Registry.zoo + [
      DistributionCase("deep iaf") { Flow.iaf(features: $0, context: $1) },
      DistributionCase("deep maf") { Flow.maf(features: $0, context: $1) },
      DistributionCase("deep gaussianization") { Flow.gaussianization(features: $0, context: $1) },
    ]

  /// A flow makes -∞ of what overflows; up to 10⁶ nothing does in `Double`.
  @Test("no density is NaN, whatever the context or the parameters", arguments: zoo)
  func noNaN(entry: DistributionCase) throws {
    let sizes = [0, 1, 30, 1e3, 1e4, 1e6]
    for context in [0, 2] {
      let distribution = entry.make(8, context)!
      var model = Model(distribution, key: RandomKey(seed: 1))
      let count = 60
      let x = Batch(
        features: 8,
        RandomKey(seed: 2).normals(8 * count).enumerated().map {
          $0.element * sizes[$0.offset / 8 % sizes.count]
        })
      let given =
        context == 0
        ? nil
        : Batch(
          features: context,
          RandomKey(seed: 3).normals(context * count).map { 1e4 * $0 })
      for deviation in [0, 0.4] {
        model.parameters = model.parameters.shaken(by: deviation)
        let found = try model.logDensity(of: x, given: given)
        let hasWrong = found.contains { $0.isNaN || $0 == .infinity }
        #expect(!hasWrong, "\(entry), C = \(context), \(deviation): \(found)")
        let exact = try model.inDouble.logDensity(of: x, given: given)
        let areFinite = exact.allSatisfy(\.isFinite)
        #expect(areFinite, "\(entry), C = \(context), \(deviation): \(exact)")
      }
    }
  }
}

extension Model {
  /// The same parameters, with all computations in `Double`.
  fileprivate var inDouble: Model {
    var model = Model(distribution, key: RandomKey(seed: 1), precision: .double)
    model.parameters = parameters
    return model
  }
}
