import CKernels
import Foundation

/// The rational-quadratic spline of Durkan, Bekasov, Murray and Papamakarios (2019) in Double, by equations 4 and 5 there;
/// its inverse by bisection.
struct SplineFormula {
  private let bound: Double
  private let ends: diffeo_spline_ends
  private var x: [Double]
  private var y: [Double]
  private var slopes: [Double]

  init(_ spline: diffeo_spline, _ parameters: [Double]) {
    let bins = spline.bins
    bound = spline.bound
    ends = spline.ends
    x = Self.knots(Array(parameters[0..<bins]), spline.bound, spline.min_width)
    y = Self.knots(Array(parameters[bins..<2 * bins]), spline.bound, spline.min_height)
    let shift = log(expm1(1 - spline.min_slope))
    let learned = parameters[(2 * bins)...].map { spline.min_slope + log1p(exp($0 + shift)) }
    switch ends {
    case DIFFEO_SPLINE_IDENTITY: slopes = [1] + learned + [1]
    case DIFFEO_SPLINE_LINEAR: slopes = learned
    default: slopes = learned + [learned[0]]
    }
  }

  private static func knots(_ unconstrained: [Double], _ bound: Double, _ least: Double) -> [Double]
  {
    let powers = unconstrained.map { exp($0) }
    let total = powers.reduce(0, +)
    var knots = [-bound]
    for power in powers {
      let share = least + (1 - Double(powers.count) * least) * power / total
      knots.append(knots[knots.count - 1] + 2 * bound * share)
    }
    return knots
  }

  /// f(x) and log f'(x).
  func value(_ argument: Double) -> (y: Double, logSlope: Double) {
    var turns = 0.0
    var inner = argument
    if ends == DIFFEO_SPLINE_CIRCULAR {
      turns = 2 * bound * ((argument + bound) / (2 * bound)).rounded(.down)
      inner -= turns
    } else if inner < -bound {
      return (-bound + slopes[0] * (inner + bound), log(slopes[0]))
    } else if inner > bound {
      return (bound + slopes[slopes.count - 1] * (inner - bound), log(slopes[slopes.count - 1]))
    }
    let k = (1..<x.count - 1).last { x[$0] <= inner } ?? 0
    let (width, height) = (x[k + 1] - x[k], y[k + 1] - y[k])
    let (s, d0, d1) = (height / width, slopes[k], slopes[k + 1])
    let xi = (inner - x[k]) / width
    let below = s + (d0 + d1 - 2 * s) * xi * (1 - xi)
    let above = height * (s * xi * xi + d0 * xi * (1 - xi))
    let slope =
      s * s * (d1 * xi * xi + 2 * s * xi * (1 - xi) + d0 * (1 - xi) * (1 - xi)) / (below * below)
    return (y[k] + above / below + turns, log(slope))
  }

  /// f⁻¹(y) and its log-slope.
  func inverse(_ value: Double) -> (x: Double, logSlope: Double) {
    let reach = 100 * bound
    var (low, high) = (-reach, reach)
    for _ in 0..<70 {
      let middle = 0.5 * (low + high)
      if self.value(middle).y < value { low = middle } else { high = middle }
    }
    return (high, -self.value(high).logSlope)
  }

  /// Whether a knot is close to an argument of the map or of its inverse.
  func isNearKnot(_ argument: Double, within distance: Double, inverse: Bool) -> Bool {
    (inverse ? y : x).contains { knot in
      let gap = abs(argument - knot)
      return min(gap, abs(gap - 2 * bound)) < distance
    }
  }

  /// The least width or height of a bin.
  var leastBin: Double {
    var least = Double.infinity
    for k in 1..<x.count { least = min(least, x[k] - x[k - 1], y[k] - y[k - 1]) }
    return least
  }

  /// The least and the greatest slope, from many points.
  var slopeRange: ClosedRange<Double> {
    var logSlopes = [value(-2 * bound).logSlope, value(2 * bound).logSlope]
    for k in 1..<x.count {
      for part in 0...8 {
        let position = x[k - 1] + (x[k] - x[k - 1]) * Double(part) / 8
        logSlopes.append(value(position).logSlope)
      }
    }
    return exp(logSlopes.min()!)...exp(logSlopes.max()!)
  }
}
