import CKernels
import Foundation
import Testing

@Suite("Rational-quadratic splines")
struct SplineTests {
  @Test("value and log-slope against the published formula in Double", arguments: Level.available)
  func forward(_ level: Level) {
    for test in SplineCase.all {
      SplineRun<Float>(test).checkValues(level)
      SplineRun<Double>(test).checkValues(level)
    }
  }

  @Test("the inverse undoes the map", arguments: Level.available)
  func inverse(_ level: Level) {
    for test in SplineCase.all {
      SplineRun<Float>(test).checkInverse(level)
      SplineRun<Double>(test).checkInverse(level)
    }
  }

  @Test("pullbacks against differences of the formula", arguments: Level.available)
  func pullbacks(_ level: Level) {
    for test in SplineCase.all where test.rows < 10 {
      for inverse in [false, true] {
        SplineRun<Float>(test).checkPullback(level, inverse: inverse)
        SplineRun<Double>(test).checkPullback(level, inverse: inverse)
      }
    }
  }
}

/// The shape of a spline and how many rows go through it.
struct SplineCase {
  var spline: diffeo_spline
  var rows: Int

  /// Awkward numbers of features, bins and rows, with each kind of ends.
  static let all: [SplineCase] = {
    var cases: [SplineCase] = []
    for (index, rows) in [1, 7, 15, 16, 17, 33, 65].enumerated() {
      for bins in [2, 3, 5, 8, 16, 33] {
        for ends in [DIFFEO_SPLINE_IDENTITY, DIFFEO_SPLINE_LINEAR, DIFFEO_SPLINE_CIRCULAR] {
          let spline = diffeo_spline(
            features: 1 + (index + bins) % 3, bins: bins, bound: 3, min_width: 1e-3,
            min_height: 1e-3, min_slope: 1e-3, ends: ends)
          cases.append(SplineCase(spline: spline, rows: rows))
        }
      }
    }
    return cases
  }()

  var parameters: Int {
    switch spline.ends {
    case DIFFEO_SPLINE_IDENTITY: 3 * spline.bins - 1
    case DIFFEO_SPLINE_LINEAR: 3 * spline.bins + 1
    default: 3 * spline.bins
    }
  }
}

/// Random parameters and arguments, inside and outside the bound.
private struct SplineRun<T: KernelScalar> {
  let test: SplineCase
  let parameters: Tile<T>
  let x: Tile<T>

  init(_ test: SplineCase) {
    self.test = test
    var generator = SplitMix64(seed: UInt64(test.rows * 100 + test.spline.bins))
    parameters = Tile(features: test.spline.features * test.parameters, rows: test.rows) { _, _ in
      generator.symmetric(1)
    }
    x = Tile(features: test.spline.features, rows: test.rows) { _, _ in generator.symmetric(3.5) }
  }

  private func tile() -> Tile<T> { Tile(features: test.spline.features, rows: test.rows) }

  private func curve(_ d: Int, _ row: Int) -> SplineFormula {
    SplineFormula(
      test.spline, (0..<test.parameters).map { parameters[d * test.parameters + $0, row] })
  }

  /// A knot is a sum of at most K bins, each of the size of the interval times a softmax with a few roundings.
  private var knotError: Double {
    roundoff(of: T.self) * Double(test.spline.bins + 8) * 2 * test.spline.bound
  }

  func checkValues(_ level: Level) {
    let k = level.kernels(T.format)
    var spline = test.spline
    let (y, slope) = (tile(), tile())
    diffeo_run_spline(
      k, &spline, 0, test.rows, x.ld, parameters.start, x.start, y.start, slope.start)
    var worst = 0.0
    for d in 0..<spline.features {
      for row in 0..<test.rows {
        let curve = curve(d, row)
        let (value, logSlope) = curve.value(x[d, row])
        let steepest = curve.slopeRange.upperBound
        worst = worse(worst, abs(y[d, row] - value) / (knotError * (1 + steepest)))
        // Each of position, secant and slopes is off by the knots' error over the bin's size.
        worst = worse(worst, abs(slope[d, row] - logSlope) / (8 * knotError / curve.leastBin))
      }
    }
    #expect(worst <= 1, "\(T.self), \(test)")
  }

  func checkInverse(_ level: Level) {
    let k = level.kernels(T.format)
    var spline = test.spline
    let (y, slope, back, opposite) = (tile(), tile(), tile(), tile())
    diffeo_run_spline(
      k, &spline, 0, test.rows, x.ld, parameters.start, x.start, y.start, slope.start)
    diffeo_run_spline(
      k, &spline, 1, test.rows, x.ld, parameters.start, y.start, back.start, opposite.start)
    var worst = 0.0
    for d in 0..<spline.features {
      for row in 0..<test.rows {
        let curve = curve(d, row)
        let slopes = curve.slopeRange
        let bound = 2 * knotError * (1 + slopes.upperBound) * (1 + 1 / slopes.lowerBound)
        worst = worse(worst, abs(back[d, row] - x[d, row]) / bound)
        let sum = abs(slope[d, row] + opposite[d, row])
        worst = worse(worst, sum / (16 * bound / curve.leastBin))
      }
    }
    #expect(worst <= 1, "\(T.self), \(test)")
  }

  /// dx and dparameters for random dy and dlog-slope: the gradient of dy f(x) + dlog-slope log f'(x).
  func checkPullback(_ level: Level, inverse: Bool) {
    let k = level.kernels(T.format)
    var spline = test.spline
    var generator = SplitMix64(seed: 77)
    let count = test.parameters
    let (dy, dslope) = (
      Tile<T>(features: spline.features, rows: test.rows) { _, _ in generator.symmetric(1) },
      Tile<T>(features: spline.features, rows: test.rows) { _, _ in generator.symmetric(1) }
    )
    let dx = tile()
    let dparameters = Tile<T>(features: spline.features * count, rows: test.rows)
    diffeo_run_spline_pullback(
      k, &spline, inverse ? 1 : 0, test.rows, x.ld, parameters.start, x.start, dy.start,
      dslope.start, dx.start, dparameters.start)
    var worst = 0.0
    for d in 0..<spline.features {
      for row in 0..<test.rows {
        let u = (0..<count).map { parameters[d * count + $0, row] }
        let curve = SplineFormula(spline, u)
        let value = { (u: [Double], x: Double) in
          let curve = SplineFormula(test.spline, u)
          let (y, slope) = inverse ? curve.inverse(x) : curve.value(x)
          return dy[d, row] * y + dslope[d, row] * slope
        }
        // A step at which the third derivative and the rounding count alike; next to a knot the difference is one-sided.
        let step = 1e-5
        if curve.isNearKnot(x[d, row], within: 2e-4, inverse: inverse) { continue }
        let slopes = curve.slopeRange
        let rough = 1 + (1 + slopes.upperBound + 1 / slopes.lowerBound) / curve.leastBin
        let bound = rough * rough * (8 * knotError + step * step * rough + 0x1p-50 / step)
        let change = (value(u, x[d, row] + step) - value(u, x[d, row] - step)) / (2 * step)
        worst = worse(worst, abs(dx[d, row] - change) / bound)
        for j in 0..<count {
          var (above, below) = (u, u)
          above[j] += step
          below[j] -= step
          let change = (value(above, x[d, row]) - value(below, x[d, row])) / (2 * step)
          worst = worse(worst, abs(dparameters[d * count + j, row] - change) / bound)
        }
      }
    }
    #expect(worst <= 1, "\(T.self), inverse: \(inverse), \(test)")
  }
}
