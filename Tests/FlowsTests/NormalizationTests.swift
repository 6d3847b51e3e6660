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
        expect(
          model.parameters["bijector.\(part).logScale"]![feature], 0.5 * log(expected.1),
          within: unit, "scale \(part)")
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

  /// What a layer begins with for one feature: mean and standard deviation.
  private static let layers: [(layer: any Bijector, names: (String, String), isVariance: Bool)] = [
    (ActNorm(1), ("shift", "logScale"), false),
    (Standardization(1), ("shift", "logScale"), false),
    (BatchNorm(1), ("mean", "logVariance"), true),
  ]

  private static func begun(_ number: Int, with values: [Double]) throws -> (Double, Double) {
    let (layer, names, isVariance) = layers[number]
    var model = Model(
      Flow(base: StandardNormal(1), bijector: layer), key: RandomKey(seed: 2), precision: .double)
    model.begin(with: Batch(features: 1, values), given: nil)
    let logScale = model.parameters["bijector.\(names.1)"]![0]
    return (model.parameters["bijector.\(names.0)"]![0], isVariance ? 0.5 * logScale : logScale)
  }

  @Test("a constant feature is shifted only", arguments: layers.indices)
  func constant(number: Int) throws {
    for value in [7, 0.1, -1.7e9, 1e-30, 0] {
      let found = try Self.begun(number, with: Array(repeating: value, count: 1001))
      #expect(found == (value, 0))
    }
  }

  @Test("a small spread far from 0 is seen", arguments: layers.indices)
  func offset(number: Int) throws {
    let noise = RandomKey(seed: 7).normals(2000)
    for (center, spread) in [(1.7e9, 1000.0), (1.7e9, 1e-3), (-3e5, 1e-6), (1e-3, 1e3)] {
      let values = noise.map { center + spread * $0 }
      // Differences from the first number are exact, or nearly so.
      let (mean, variance) = Self.moments(values.map { $0 - values[0] })
      let found = try Self.begun(number, with: values)
      let unit = 8 * Double.ulpOfOne
      expect(found.0, values[0] + mean, within: unit * (center.magnitude + spread), "mean")
      expect(found.1, 0.5 * log(variance), within: 100 * unit, "scale")
    }
  }

  @Test(
    "numbers whose squares are none are scaled like others",
    arguments: layers.indices, [1e-300, 1e-170, 1e155, 1e300])
  func anySize(number: Int, size: Double) throws {
    let values = Self.column(Self.data, 0)
    let found = try Self.begun(number, with: values.map { size * $0 })
    let expected = try Self.begun(number, with: values)
    let unit = FlowTolerance.units * Double.ulpOfOne
    expect(found.0 / size, expected.0, within: unit * expected.0, "mean")
    expect(
      found.1, expected.1 + log(size), within: unit * (1 + log(size).magnitude), "scale")
  }

  @Test("one ulp is no constant", arguments: layers.indices)
  func ulp(number: Int) throws {
    let values = (0..<1000).map { $0 == 500 ? (1.7e9).nextUp : 1.7e9 }
    let (_, logScale) = try Self.begun(number, with: values)
    let variance = pow((1.7e9).ulp, 2) * 0.001 * 0.999
    // The mean is rounded to half an ulp.
    #expect(exp(2 * logScale) >= 0.9 * variance && exp(2 * logScale) <= 1.1 * variance)
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

  @Test("named flows see data of any units alike", arguments: Registry.zoo)
  func units(entry: DistributionCase) throws {
    func logDensities(scale: Double, shift: Double) throws -> [Double] {
      let flow = entry.make(2, 0)!
      var model = Model(flow, key: RandomKey(seed: 2), precision: .double)
      let data = Batch(features: 2, Self.data.values.map { scale * $0 + shift })
      try model.fit(data, Self.still, key: RandomKey(seed: 3))
      return try model.logDensity(of: data).map { $0 + 2 * log(scale) }
    }
    let expected = try logDensities(scale: 1, shift: 0)
    for (scale, shift) in [(1e-6, 0.0), (1e-3, 1e-2), (100, 0), (1e6, -1e6)] {
      let found = try logDensities(scale: scale, shift: shift)
      // Numbers are about 200 deviations from 0 at the most.
      let unit = FlowTolerance.units * Double.ulpOfOne * 1000
      for (a, b) in zip(found, expected) {
        expect(a, b, within: unit * (1 + b.magnitude), "\(entry) \(scale)")
      }
    }
  }

  @Test("training does not change the standardisation")
  func standardisation() throws {
    var model = Model(
      Flow.realNVP(features: 2, layers: 2), key: RandomKey(seed: 2), precision: .double)
    try model.fit(Self.data, Training(steps: 20, rate: 0.1), key: RandomKey(seed: 3))
    for feature in 0..<2 {
      let (mean, variance) = Self.moments(Self.column(Self.data, feature))
      expect(model.parameters["bijector.1.shift"]![feature], mean, within: 1e-13 * mean, "mean")
      expect(
        model.parameters["bijector.1.logScale"]![feature], 0.5 * log(variance), within: 1e-13,
        "scale")
    }
    let plain = Model(
      Flow.realNVP(features: 2, layers: 2).unstandardized, key: RandomKey(seed: 2))
    let own = Set(plain.parameters.arrays.map { "bijector.0" + $0.name.dropFirst(8) })
    #expect(
      Set(model.parameters.arrays.map(\.name))
        == own.union(["shift", "logScale", "hasBegun"].map { "bijector.1." + $0 }))
  }

  @Test("a normalised flow is fitted the same way twice, and restored")
  func reproducible() throws {
    let flow = Flow(
      base: StandardNormal(2),
      bijector: Chain([
        BatchNorm(2),
        Autoregressive(AffineTransform(), features: 2, network: Perceptron(hidden: [8])).inverted,
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
