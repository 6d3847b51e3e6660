import Tensors
import Testing

@testable import Flows

@Suite("Training")
struct TrainingTests {
  /// Two half circles that interlock, with normal noise.
  static func moons(_ rows: Int, seed: UInt64) -> Batch {
    let key = RandomKey(seed: seed)
    let angles = key.split(0).uniforms(rows)
    let noise = key.split(1).normals(2 * rows)
    let values = (0..<rows).flatMap { row -> [Double] in
      let angle = Double.pi * angles[row]
      let (x, y) = (UnaryFunction.cosine.value(angle), UnaryFunction.sine.value(angle))
      let centre = row.isMultiple(of: 2) ? (x, y - 0.25) : (1 - x, 0.25 - y)
      return [
        centre.0 - 0.5 + 0.1 * noise[2 * row], centre.1 + 0.1 * noise[2 * row + 1],
      ]
    }
    return Batch(features: 2, values)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static let (train, test) = (moons(4000, seed: 1), moons(2000, seed: 2))

  /// The likelihood of held-out moons under a normal distribution fitted to others.
  private static let normalScore = Result {
    var model = Model(Flow.fullNormal(features: 2), key: RandomKey(seed: 1))
    try model.fit(train, Training(steps: 600, batch: 512, rate: 0.05), key: RandomKey(seed: 2))
    return try mean(model.logDensity(of: test))
  }

  /// A mixture has few parameters, each of which has far to go.
  private static func rate(_ entry: DistributionCase) -> Double {
    entry.name == "Gaussian mixture" ? 0.05 : 5e-3
  }

  private static let network = Perceptron(hidden: [32, 32])

  private static let flows: [DistributionCase] = [
    DistributionCase("realNVP") { features, _ in Flow.realNVP(features: features, network: network)
    },
    DistributionCase("spline coupling") { features, _ in
      Flow.splineCoupling(features: features, network: network)
    },
    DistributionCase("maf") { features, _ in Flow.maf(features: features, network: network) },
    DistributionCase("spline autoregressive") { features, _ in
      Flow.splineAutoregressive(features: features, network: network)
    },
    DistributionCase("Gaussian mixture") { features, _ in Flow.gaussianMixture(features: features)
    },
    DistributionCase("glow") { features, _ in Flow.glow(features: features, network: network) },
    DistributionCase("naf") { features, _ in Flow.naf(features: features, network: network) },
    DistributionCase("block naf") { features, _ in Flow.blockNAF(features: features) },
    DistributionCase("bernstein") { features, _ in
      Flow.bernstein(features: features, network: network)
    },
    DistributionCase("sum of squares") { features, _ in
      Flow.sumOfSquares(features: features, network: network)
    },
    DistributionCase("gaussianization") { features, _ in Flow.gaussianization(features: features) },
  ]

  @Test("two moons are learned better than by a normal distribution", arguments: flows)
  func twoMoons(entry: DistributionCase) throws {
    var model = Model(entry.make(2, 0)!, key: RandomKey(seed: 3))
    let before = try Self.mean(model.logDensity(of: Self.test))
    try model.fit(
      Self.train, Training(steps: 600, batch: 256, rate: Self.rate(entry)),
      key: RandomKey(seed: 4))
    let after = try Self.mean(model.logDensity(of: Self.test))
    let normal = try Self.normalScore.get()
    #expect(after > before)
    #expect(after > normal + 0.3, "\(entry.name): \(after) against \(normal)")
    let samples = try model.samples(500, key: RandomKey(seed: 5))
    #expect(try Self.mean(model.logDensity(of: samples)) > normal)
  }

  @Test("the maximum of a normal likelihood is the mean and covariance")
  func normal() throws {
    let data = Self.moons(1000, seed: 7)
    var model = Model(Flow.fullNormal(features: 2), key: RandomKey(seed: 1), precision: .double)
    try model.fit(
      data, Training(steps: 1500, batch: 1000, rate: 0.02), key: RandomKey(seed: 2))
    let columns = (0..<2).map { column in (0..<data.rows).map { data[$0][2 * $0 + column] } }
    let means = columns.map(Self.mean)
    let shift = model.parameters["bijector.0.shift"]!
    let logDiagonal = model.parameters["bijector.0.logDiagonal"]!
    let lower = model.parameters["bijector.0.lower"]![0]
    let center = model.parameters["bijector.1.shift"]!
    let units = model.parameters["bijector.1.logScale"]!.map(UnaryFunction.exponential.value)
    let scale = logDiagonal.map(UnaryFunction.exponential.value)
    let covariance = [
      [scale[0] * scale[0], lower * scale[0]],
      [lower * scale[0], lower * lower + scale[1] * scale[1]],
    ]
    for i in 0..<2 {
      expect(units[i] * shift[i] + center[i], means[i], within: 1e-6, "mean \(i)")
      for j in 0..<2 {
        let expected = Self.mean(
          zip(columns[i], columns[j]).map { ($0 - means[i]) * ($1 - means[j]) })
        expect(
          units[i] * units[j] * covariance[i][j], expected, within: 1e-6, "covariance \(i) \(j)")
      }
    }
  }

  @Test("the same keys give the same parameters")
  func reproducible() throws {
    func fitted() throws -> Model {
      var model = Model(Flow.maf(features: 2, network: Self.network), key: RandomKey(seed: 3))
      try model.fit(
        Self.moons(500, seed: 1), Training(steps: 20, batch: 64), key: RandomKey(seed: 4))
      return model
    }
    #expect(try fitted().parameters == fitted().parameters)
  }

  @Test("a conditional flow learns how the context moves the data")
  func conditional() throws {
    // x = 2 c + noise/2
    let rows = 2000
    let context = Batch(features: 1, RandomKey(seed: 1).normals(rows))
    let noise = RandomKey(seed: 2).normals(rows)
    let data = Batch(features: 1, zip(context.values, noise).map { 2 * $0 + 0.5 * $1 })
    var model = Model(
      Flow.diagonalNormal(features: 1, context: 1, network: Self.network),
      key: RandomKey(seed: 3))
    try model.fit(
      data, given: context, Training(steps: 500, batch: 256, rate: 1e-2), key: RandomKey(seed: 4))
    let found = try Self.mean(model.logDensity(of: data, given: context))
    // The entropy of a normal with deviation 1/2; a likelihood's mean deviates by √(1/2n).
    let entropy = 0.5 * UnaryFunction.logarithm.value(2 * Double.pi * 0.25) + 0.5
    expect(found, -entropy, within: 5 * (1 / Double(2 * rows)).squareRoot(), "likelihood")
  }
}
