import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Normalisation")
struct NormalizationTests {
  private static let rows = 500
  private static let data = Batch(
    features: 2,
    RandomKey(seed: 1).normals(2 * rows).enumerated().map {
      $0.offset.isMultiple(of: 2) ? 3 + 0.5 * $0.element : 100 - 20 * $0.element
    })

  private static func column(_ batch: Batch, _ number: Int) -> [Double] {
    (0..<batch.rows).map { batch[$0].dropFirst(number).first! }
  }

  private static func moments(_ x: [Double], around center: Double? = nil) -> (Double, Double) {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + pow($1 - (center ?? mean), 2) } / Double(x.count)
    return (mean, variance)
  }

  /// A step that changes nothing but what data sets.
  private static let still = Training(steps: 1, batch: rows, rate: 0)

  @Test("actnorm begins with the moments of what reaches it", arguments: Precision.allCases)
  func actNorm(precision: Precision) throws {
    let flow = Flow(
      base: StandardNormal(2),
      bijector: Chain([
        ActNorm(2), Elementwise(SinhArcsinhTransform(), features: 2), ActNorm(2),
      ]))
    var model = Model(flow, key: RandomKey(seed: 2), precision: precision)
    // d = 1 and e = 1: z ↦ sinh(arsinh z + 1), whose inverse is sinh(arsinh x - 1).
    for feature in 0..<2 { model.parameters.values[4 + feature] = 1 }
    #expect(model.parameters.arrays[2].name == "bijector.1.parameters")
    try model.fit(Self.data, Self.still, key: RandomKey(seed: 3))
    let skew = 4 * tanh(1.0 / 4)
    for feature in 0..<2 {
      let x = Self.column(Self.data, feature)
      let outer = Self.moments(x)
      let middle = x.map { sinh(asinh(($0 - outer.0) / sqrt(outer.1)) - skew) }
      let inner = Self.moments(middle)
      for (part, expected) in [("2", outer), ("0", inner)] {
        let unit = FlowTolerance.units * FlowTolerance.epsilon(precision)
        expect(
          model.parameters["bijector.\(part).shift"]![feature], expected.0,
          within: unit * (1 + expected.0.magnitude), "shift \(part)")
        // Squares of means are subtracted, in Double.
        expect(
          model.parameters["bijector.\(part).logScale"]![feature], 0.5 * log(expected.1),
          within: unit + 1e-12 * expected.0 * expected.0 / expected.1, "scale \(part)")
      }
    }
  }

  @Test("actnorm begins once")
  func once() throws {
    let flow = Flow(base: StandardNormal(2), bijector: ActNorm(2))
    var model = Model(flow, key: RandomKey(seed: 2))
    try model.fit(Self.data, Self.still, key: RandomKey(seed: 3))
    let before = model.parameters
    try model.fit(Batch(features: 2, [5, 6, 7, 9]), Self.still, key: RandomKey(seed: 3))
    #expect(model.parameters == before)
  }

  @Test("an inverted actnorm normalises what goes forward")
  func inverted() throws {
    let flow = Flow(base: StandardNormal(2), bijector: ActNorm(2).inverted)
    var model = Model(flow, key: RandomKey(seed: 2), precision: .double)
    try model.fit(Self.data, Self.still, key: RandomKey(seed: 3))
    for feature in 0..<2 {
      let (mean, variance) = Self.moments(Self.column(Self.data, feature))
      let scale = model.parameters["bijector.logScale"]![feature]
      expect(scale, -0.5 * log(variance), within: 1e-10, "scale")
      expect(
        model.parameters["bijector.shift"]![feature], -mean / sqrt(variance), within: 1e-8, "shift")
    }
  }

  @Test("a constant feature is shifted only")
  func constant() throws {
    let flow = Flow(base: StandardNormal(1), bijector: ActNorm(1))
    var model = Model(flow, key: RandomKey(seed: 2))
    try model.fit(Batch(features: 1, [7, 7, 7]), Self.still, key: RandomKey(seed: 3))
    #expect(model.parameters["bijector.logScale"] == [0])
    #expect(model.parameters["bijector.shift"] == [7])
  }

  @Test("running moments follow their rule, whatever the optimiser does to parameters")
  func running() throws {
    let norm = BatchNorm(1, rate: 0.1)
    var model = Model(
      Flow(base: StandardNormal(1), bijector: norm), key: RandomKey(seed: 2), precision: .double)
    let first = Batch(features: 1, Self.column(Self.data, 0))
    let second = Batch(features: 1, Self.column(Self.data, 1))
    try model.fit(first, Self.still, key: RandomKey(seed: 3))
    var (mean, variance) = Self.moments(first.values)
    // All rows are one step, which does not move the moments of the same rows.
    expect(model.parameters["bijector.mean"]![0], mean, within: 1e-13, "first mean")
    let training = Training(
      steps: 7, batch: Self.rows, rate: 0.01, optimizer: .adam(decay: 0.5))
    try model.fit(second, training, key: RandomKey(seed: 3))
    for _ in 0..<7 {
      let (batchMean, batchVariance) = Self.moments(second.values, around: mean)
      variance += 0.1 * (batchVariance - variance)
      mean += 0.1 * (batchMean - mean)
    }
    expect(model.parameters["bijector.mean"]![0], mean, within: 1e-11 * mean.magnitude, "mean")
    expect(
      model.parameters["bijector.logVariance"]![0], log(variance), within: 1e-11, "variance")
    #expect(model.parameters["bijector.logGain"]![0] != 0)
  }

  @Test("a normalised flow is fitted the same way twice, and restored")
  func reproducible() throws {
    let flow = Flow(
      base: StandardNormal(2),
      bijector: Chain([
        BatchNorm(2),
        Autoregressive(AffineTransform(), features: 2, network: .perceptron(hidden: [8])).inverted,
        ActNorm(2),
      ]))
    func fitted() throws -> Model {
      var model = Model(flow, key: RandomKey(seed: 4))
      try model.fit(Self.data, Training(steps: 30, batch: 64), key: RandomKey(seed: 5))
      return model
    }
    let model = try fitted()
    #expect(try fitted().parameters == model.parameters)
    var restored = Model(flow, key: RandomKey(seed: 6))
    try restored.parameters.restore(model.parameters.arrays)
    #expect(
      try restored.logDensity(of: Self.data) == model.logDensity(of: Self.data))
  }
}
