import Tensors
import Testing

@testable import Flows

@Suite("Orthogonal matrices of many features")
struct OrthogonalTests {
  private static let features = 100
  private static let maps: [any Bijector] = [
    Rotation(features: features), Cayley(features: features), Householder(features: features),
  ]

  /// A unit vector's image is off by what products of sums of D terms round, some √D ε (Higham and Mary 2019).
  @Test("are orthogonal to rounding, in Float too", arguments: maps.indices, Precision.allCases)
  func orthogonal(number: Int, precision: Precision) throws {
    let map = Self.maps[number]
    let model = Model(
      Flow(base: StandardNormal(Self.features), bijector: map), key: RandomKey(seed: 1),
      precision: precision)
    let unit = (0..<Self.features).map { $0 == 3 ? 1.0 : 0 }
    let flowMap = FlowMap(model)!
    let image = try flowMap.forward(Batch(features: Self.features, unit))
    let back = try flowMap.inverse(image)
    let tolerance = FlowTolerance.units * FlowTolerance.epsilon(precision)
    let square = image.values.reduce(0) { $0 + $1 * $1 }
    expect(square, 1, within: tolerance, "\(type(of: map)) \(precision), the length")
    for (a, b) in zip(back.values, unit) {
      expect(a, b, within: tolerance, "\(type(of: map)) \(precision), there and back")
    }
  }
}
