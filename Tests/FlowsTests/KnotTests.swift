import Tensors
import Testing

@testable import Flows

@Suite("Splines at knots")
struct KnotTests {
  private static let bound = 2.0
  private static let bins = 4

  /// Transforms with knots at -2, -1, 0, 1 and 2 where parameters of widths and heights are 0, and the
  /// number of these parameters.
  private static let splines: [(transform: any ElementwiseTransform, fixed: Int)] =
    SplineEnds.allCases.map { ends in
      (
        RationalQuadraticTransform(Spline(bins: bins, bound: bound, ends: ends)), 2 * bins
      )
    } + [
      (LinearSplineTransform(SplineForm(bins: bins, bound: bound)), bins),
      (
        RationalQuadraticTransform(Spline(bins: bins, bound: bound, ends: .linear)).heavyTailed,
        2 * bins
      ),
      (QuadraticSplineTransform(SplineForm(bins: bins, bound: bound)).heavyTailed, bins),
      (QuadraticSplineTransform(SplineForm(bins: bins, bound: bound)), bins),
      (CubicSplineTransform(SplineForm(bins: bins, bound: bound)), bins),
      (BernsteinTransform(degree: 5, bound: bound), 0),
      (SumOfSquaresTransform(bound: bound), 0),
    ]

  /// A transform with knots at these numbers and other parameters at random.
  private static func spline(_ index: Int) -> (any ElementwiseTransform, Trial) {
    let (transform, fixed) = splines[index]
    let trial = Trial(Elementwise(transform, features: 1), deviation: 0.8)
    var parameters = trial.parameters
    parameters.values.replaceSubrange(0..<fixed, with: Array(repeating: 0.0, count: fixed))
    return (transform, Trial(trial.bijector, parameters))
  }

  @Test("A heavy tail begins with the slope that the spline has there")
  func slopesOfTails() {
    for index in Self.splines.indices where Self.splines[index].transform is HeavyTailTransform {
      let (_, trial) = Self.spline(index)
      let program = trial.program(.forward) { x, value, _ in
        [("slope", value.gradients(of: [x])[0]!)]
      }
      let outputs = trial.run(program, [-Self.bound, Self.bound])
      for (logSlope, slope) in zip(outputs[1], outputs[2]) {
        let expected = UnaryFunction.exponential.value(logSlope)
        #expect((slope - expected).magnitude <= 1e-12 * expected)
      }
    }
  }

  /// Two points at a distance of 2·10⁻⁹: values may differ by the slope times that, and logarithms of
  /// slopes by their derivatives, of some hundreds at most, times that.
  @Test("slopes are continuous, but for piecewise linear functions", arguments: splines.indices)
  func continuous(index: Int) {
    let (transform, trial) = Self.spline(index)
    let isLinear = transform is LinearSplineTransform
    let isCircle = transform.domain != .line
    let distance = 1e-9
    for knot in stride(from: isCircle ? -1 : -Self.bound, through: isCircle ? 1 : Self.bound, by: 1)
    {
      let values = trial.run(trial.program(.forward), [knot - distance, knot + distance])
      let slope = UnaryFunction.exponential.value(max(values[1][0], values[1][1]))
      expect(
        values[0][0], values[0][1], within: 3 * distance * slope,
        "\(type(of: transform)) at \(knot)")
      guard !isLinear else { continue }
      expect(values[1][0], values[1][1], within: 1e-6, "\(type(of: transform)) slope at \(knot)")
    }
  }

  /// Values in `Float` for consecutive numbers of that format about each knot.
  @Test("values do not fall by more than rounding", arguments: splines.indices)
  func monotone(index: Int) {
    let (transform, trial) = Self.spline(index)
    let isCircle = transform.domain != .line
    for knot in stride(from: -Self.bound, through: Self.bound, by: 1) {
      let x = (-30...30).map { knot + Double($0) * Double(Float(Self.bound).ulp) }
        .filter { !isCircle || $0.magnitude < Self.bound }
      for direction in SplineDirection.allCases {
        let values = trial.run(trial.program(direction), x, .float)
        // Rounding of the value's own sums.
        let unit = 8 * Double(Float(max(Self.bound, values[0][0].magnitude)).ulp)
        for index in values[0].indices.dropFirst() {
          let (a, b) = (values[0][index - 1], values[0][index])
          // An inverse without a formula solves f(x) = y as exactly as f's own sums are rounded: what that leaves
          // open in x is more by the slope of the inverse.
          let slope = UnaryFunction.exponential.value(max(0, values[1][index]))
          let allowed = direction == .inverse ? unit * slope : unit
          #expect(b >= a - allowed, "\(type(of: transform)) \(direction) at \(knot): \(a), \(b)")
        }
        let isFinite = values[1].allSatisfy(\.isFinite)
        #expect(isFinite, "\(type(of: transform)) \(direction) at \(knot)")
      }
    }
  }
}
