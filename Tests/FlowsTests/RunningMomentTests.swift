import Foundation
import Tensors
import Testing

@testable import Flows

/// What follows the data goes on to do so wherever it stands.
@Suite("Running moments within other parts")
struct RunningMomentTests {
  private static let rows = 400
  private static let steps = 200
  private static let rate = 0.1

  /// Rows with mean (mean, -mean) and deviations (deviation, 1/deviation), about.
  private static func data(_ mean: Double, _ deviation: Double, seed: UInt64) -> Batch {
    Batch(
      features: 2,
      RandomKey(seed: seed).normals(2 * rows).enumerated().map {
        $0.offset.isMultiple(of: 2) ? mean + deviation * $0.element : $0.element / deviation - mean
      })
  }

  private static let first = data(3, 0.5, seed: 1)
  private static let second = data(-4, 2, seed: 2)

  /// Mean and variance of a column.
  private static func moments(_ batch: Batch, _ column: Int) -> (mean: Double, variance: Double) {
    let x = (0..<batch.rows).map { batch.values[$0 * batch.features + column] }
    let mean = x.reduce(0, +) / Double(x.count)
    return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count))
  }

  /// A model that began with the first data and has followed the second ones.
  private static func followed(_ bijector: any Bijector) throws -> Model {
    var model = Model(
      Flow(base: StandardNormal(2), bijector: bijector), key: RandomKey(seed: 3),
      precision: .double)
    // Steps of length 0 change nothing but what data set. Of the first moments 0.9²⁰⁰ = 7·10⁻¹⁰ is left, of the
    // squared way between the means, 7², the same: less than 10⁻⁶ of variances of 1/4 and more.
    try model.fit(first, Training(steps: 1, batch: rows, rate: 0), key: RandomKey(seed: 4))
    try model.fit(second, Training(steps: steps, batch: rows, rate: 0), key: RandomKey(seed: 4))
    return model
  }

  private static func one(_ features: Int) -> any Bijector { BatchNorm(features, rate: rate) }

  private static let maps: [(name: String, bijector: any Bijector)] = [
    ("itself", one(2)), ("the inverse", one(2).inverted),
    ("a chain", Chain([Identity(2), one(2)])),
    ("an inverted chain", Chain([Permutation.reverse(2), one(2)]).inverted),
    ("a concatenation", Concatenate([one(1), one(1).inverted])),
    ("a stack", Stack([one(1).inverted, one(1)])),
    ("a sandwich as its filling", Sandwich(Permutation.reverse(2), around: one(2))),
  ]

  @Test("data come out with mean 0 and variance 1", arguments: maps.indices)
  func normalised(number: Int) throws {
    let (name, bijector) = Self.maps[number]
    let map = try #require(FlowMap(try Self.followed(bijector)))
    let z = try map.inverse(Self.second)
    for column in 0..<2 {
      let (mean, variance) = Self.moments(z, column)
      expect(mean, 0, within: 1e-6, "\(name): mean")
      expect(variance, 1, within: 1e-6, "\(name): variance")
    }
  }

  @Test("around a sandwich they are those of the data that come to it", arguments: [false, true])
  func sandwich(isInverted: Bool) throws {
    let outer = isInverted ? Self.one(2).inverted : Self.one(2)
    let inner = Elementwise(SinhArcsinhTransform(), features: 2)
    let model = try Self.followed(Sandwich(outer, around: inner))
    for column in 0..<2 {
      let (mean, variance) = Self.moments(Self.second, column)
      let found = (
        mean: model.parameters["bijector.outer.mean"]![column],
        logVariance: model.parameters["bijector.outer.logVariance"]![column]
      )
      let expected =
        isInverted
        ? (mean: mean, logVariance: log(variance))
        : (mean: -mean / variance.squareRoot(), logVariance: -log(variance))
      expect(
        found.mean, expected.mean, within: 1e-6 * (1 + expected.mean.magnitude),
        "\(isInverted) mean")
      expect(found.logVariance, expected.logVariance, within: 1e-6, "\(isInverted) variance")
    }
  }

  @Test("a sandwich around them learns", arguments: [false, true])
  func learning(isInverted: Bool) throws {
    let outer: any Bijector = isInverted ? BatchNorm(2).inverted : BatchNorm(2)
    let coupling = Coupling(
      mask: [false, true], transform: AffineTransform(), network: Perceptron(hidden: [8]))
    let bijector = Chain([
      Elementwise(AffineTransform(), features: 2), Sandwich(outer, around: coupling),
    ])
    var model = Model(
      Flow(base: StandardNormal(2), bijector: bijector).standardized, key: RandomKey(seed: 5))
    let moons = TrainingTests.moons(500, seed: 1)
    let losses = try model.fit(
      moons, Training(steps: 400, batch: 100), key: RandomKey(seed: 6))
    #expect(losses.allSatisfy { $0.isFinite })
    #expect(losses.suffix(20).max()! < losses[0])
    // Standardised data have the variance 1, whose running mean stays about there.
    let logVariances = model.parameters["bijector.0.1.outer.logVariance"]!
    #expect(logVariances.allSatisfy { $0.magnitude < 0.7 }, "\(logVariances)")
  }
}
