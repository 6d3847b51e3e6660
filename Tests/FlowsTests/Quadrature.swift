import Tensors

@testable import Flows

/// Points and weights of the trapezoidal rule in t for x = sinh t: dense near 0, and far out in the
/// tails.
struct Quadrature: Sendable {
  let points: [Double]
  let weights: [Double]
  /// The distance of points in t
  let step: Double

  /// t from -limit to limit in `2 count` steps.
  init(limit: Double, count: Int) {
    let step = limit / Double(count)
    let t = (-count...count).map { Double($0) * step }
    points = t.map(UnaryFunction.sinh.value)
    self.step = step
    weights = t.map { step * UnaryFunction.cosh.value($0) }
  }

  /// The probabilities around each point, or around each pair of points.
  func masses(of configuration: ModelConfiguration) throws -> [Double] {
    let model = configuration.model(.double)
    let isPlane = configuration.features == 2
    let x = isPlane ? points.flatMap { first in points.flatMap { [first, $0] } } : points
    let w = isPlane ? weights.flatMap { first in weights.map { first * $0 } } : weights
    let logDensities = try model.logDensity(
      of: Batch(features: configuration.features, x),
      given: configuration.sameContext(rows: w.count))
    return zip(logDensities, w).map { UnaryFunction.exponential.value($0) * $1 }
  }
}
