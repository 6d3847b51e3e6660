import Foundation
import Tensors
import Testing

@testable import Flows

/// Intervals so narrow or far from 0 that `Float` rounds their ends, beside distributions and maps that end there.
@Suite("Narrow intervals")
struct NarrowIntervalTests {
  private static let sides = [
    Interval(1000, 1000.1), Interval(-1e6 - 0.7, -1e6), Interval(1e6, 1e6 + 0.5),
  ]

  private func model(_ distribution: any Distribution, _ precision: Precision) -> Model {
    Model(distribution, key: RandomKey(seed: 1), precision: precision)
  }

  @Test("a box has the volume of its sides", arguments: Precision.allCases)
  func volume(precision: Precision) throws {
    let middle = Self.sides.map { 0.5 * ($0.lower + $0.upper) }
    let found = try model(UniformBox(Self.sides), precision)
      .logDensity(of: Batch(features: 3, middle))[0]
    let expected = -Self.sides.reduce(0) { $0 + log($1.upper - $1.lower) }
    expect(
      found, expected, within: FlowTolerance.units * FlowTolerance.epsilon(precision), "volume")
  }

  @Test("samples lie within", arguments: sides, Precision.allCases)
  func samples(side: Interval, precision: Precision) throws {
    let width = side.upper - side.lower
    let map = FixedAffineTransform(scale: width, shift: side.lower, domain: .unit)
    let image = map.codomain
    let flows: [any Distribution] = [
      UniformBox([side]), Flow(base: UniformBox([side]), bijector: Identity(1)),
      Flow(base: UniformBox([.unit]), bijector: Elementwise(map, features: 1)),
    ]
    for flow in flows {
      let model = model(flow, precision)
      let samples = try model.samples(20_000, key: RandomKey(seed: 2))
      let areInside = samples.values.allSatisfy { side.contains($0) || image.contains($0) }
      #expect(areInside, "\(flow)")
      let areFinite = try model.logDensity(of: samples).allSatisfy(\.isFinite)
      #expect(areFinite, "\(flow)")
    }
  }

  /// P(1 - x < ε) is about (εb)ᵇ, of which nearly all should lie above all numbers of Double but the last.
  @Test("samples of Beta come as close to 1 as numbers do", arguments: Precision.allCases)
  func beta(precision: Precision) throws {
    let samples = try model(Beta(1, alpha: 2, beta: 0.05), precision)
      .samples(20_000, key: RandomKey(seed: 3)).values
    let last = precision == .float ? Double(Float(1).nextDown) : 1.0.nextDown
    #expect(samples.max() == last)
    #expect(samples.allSatisfy { 0 < $0 && $0 < 1 })
  }

  @Test("a power that Float does not hold is a logarithm", arguments: [1e-50, -1e-50, 0])
  func power(power: Double) {
    let trial = Trial(Elementwise(BoxCoxTransform(power: power), features: 1))
    let x = [0.25, 1, 4]
    for precision in Precision.allCases {
      let found = trial.run(trial.program(.forward), x, precision)
      let back = trial.run(trial.program(.inverse), x.map { log($0) }, precision)
      let unit = FlowTolerance.units * FlowTolerance.epsilon(precision)
      for (index, x) in x.enumerated() {
        expect(found[0][index], log(x), within: unit, "\(precision) value")
        expect(found[1][index], -log(x), within: unit, "\(precision) log-slope")
        expect(back[0][index], x, within: unit * x, "\(precision) inverse")
      }
    }
  }
}
