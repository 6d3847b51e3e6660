import Tensors
import Testing

@testable import Flows

/// Parameters of a size of ten make bins of very different widths and slopes, where t in a bin may be rounded beyond 1.
@Suite("Splines of very different bins")
struct SteepSplineTests {
  private static let splines: [any ElementwiseTransform] = [
    LinearSplineTransform(), QuadraticSplineTransform(), CubicSplineTransform(),
    RationalQuadraticTransform(Spline(bins: 8, bound: 5, ends: .linear)),
  ]

  @Test("have values and log-slopes in both directions", arguments: splines.indices)
  func finite(number: Int) {
    let spline = Self.splines[number]
    let x = [-1e3, -5, 5, 5.000_001, 10, 1e3] + points(1000, in: -5...5)
    for seed in 0..<20 {
      let trial = Trial(Elementwise(spline, features: 1), deviation: 0)
      let steep = Trial(
        trial.bijector, trial.parameters.shaken(by: 10, seed: UInt64(seed)))
      for precision in Precision.allCases {
        for direction in SplineDirection.allCases {
          let found = steep.run(steep.program(direction), x, precision)
          let areFinite = found.joined().allSatisfy(\.isFinite)
          #expect(areFinite, "\(type(of: spline)) \(seed) \(precision) \(direction)")
        }
      }
    }
  }
}
