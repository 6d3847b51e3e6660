import Tensors

/// A density of one number x on a grid, with its integral: what is asked of a posterior.
///
/// The grid is one of y, x = g⁻¹(m + s y) being the column's scaling; between its points densities are linear in y.
public struct DensityCurve: Hashable, Sendable {
  /// Values of x, increasing
  public let points: [Double]
  /// log p(x) there
  public let logDensities: [Double]
  /// P(X ≤ x) there, from 0 to 1
  public let cumulative: [Double]
  /// ∫ x p(x) dx
  public let mean: Double
  /// √∫ (x - mean)² p(x) dx
  public let deviation: Double

  private let scaling: ColumnScaling
  /// y of each point
  private let scaled: [Double]

  /// The normalised density of a result of quadrature, without the ends that hold nothing.
  init(_ result: AdaptiveDensity.Result, scaling: ColumnScaling) {
    let exp = UnaryFunction.exponential.value
    let peak = result.logs.max()!
    let masses = zip(result.weights, result.logs).map { $0 * exp($1 - peak) }
    let total = masses.reduce(0, +)
    let log = peak + UnaryFunction.logarithm.value(total)
    let x = result.points.map(scaling.inverse)
    let average = zip(x, masses).reduce(0) { $0 + $1.0 * $1.1 / total }
    let variance = zip(x, masses).reduce(0) { sum, entry in
      let difference = entry.0 - average
      return sum + difference * difference * entry.1 / total
    }
    self.scaling = scaling
    mean = average
    deviation = variance.squareRoot()
    let sums = DensityCurve.cumulative(result, shift: log)
    // What is left of the first ones and right of the last ones is less than rounding.
    let lower = (sums.lastIndex { $0 < 1e-12 } ?? 0)
    let upper = max(lower + 1, sums.firstIndex { $0 > 1 - 1e-12 } ?? sums.count - 1)
    let used = lower...upper
    scaled = Array(result.points[used])
    points = Array(x[used])
    logDensities = used.map { result.logs[$0] - log + scaling.logSlope(x[$0]) }
    cumulative = used.map { $0 == lower ? 0 : $0 == upper ? 1 : sums[$0] }
  }

  /// The integral up to each point: of the parabola through the three points of each pair of intervals.
  private static func cumulative(
    _ result: AdaptiveDensity.Result, shift: Double
  ) -> [Double] {
    let f = result.logs.map { UnaryFunction.exponential.value($0 - shift) }
    var sums = [0.0]
    for index in stride(from: 0, to: f.count - 2, by: 2) {
      let width = result.points[index + 2] - result.points[index]
      let whole = width / 6 * (f[index] + 4 * f[index + 1] + f[index + 2])
      let half = width / 24 * (5 * f[index] + 8 * f[index + 1] - f[index + 2])
      let start = sums[sums.count - 1]
      sums.append(start + min(max(half, 0), whole))
      sums.append(start + whole)
    }
    let total = sums[sums.count - 1]
    return sums.map { $0 / total }
  }

  /// The x with P(X ≤ x) = p.
  ///
  /// - Parameter p: from 0 to 1.
  public func quantile(_ p: Double) -> Double {
    let right = min(max(cumulative.countBelow(p), 1), cumulative.count - 1)
    let left = right - 1
    let mass = cumulative[right] - cumulative[left]
    guard mass > 0 else { return points[left] }
    let share = min(max((p - cumulative[left]) / mass, 0), 1)
    // Where the integral of a line from 1 to r has reached this share: 2 t + (r - 1) t² = (1 + r) share.
    let ratio = ratio(left, right)
    let t = share * (1 + ratio) / (1 + (1 + (ratio * ratio - 1) * share).squareRoot())
    return scaling.inverse(scaled[left] + min(t, 1) * (scaled[right] - scaled[left]))
  }

  /// P(X ≤ x)
  ///
  /// - Parameter x: any number.
  public func probability(upTo x: Double) -> Double {
    guard x > points[0] else { return 0 }
    guard x < points[points.count - 1] else { return 1 }
    let right = max(points.countBelow(x), 1)
    let left = right - 1
    let t = (scaling.forward(x) - scaled[left]) / (scaled[right] - scaled[left])
    let ratio = ratio(left, right)
    let share = (2 * t + (ratio - 1) * t * t) / (1 + ratio)
    return cumulative[left] + (cumulative[right] - cumulative[left]) * min(max(share, 0), 1)
  }

  /// The density of y at one point over that at another.
  private func ratio(_ left: Int, _ right: Int) -> Double {
    let logs = [left, right].map { logDensities[$0] - scaling.logSlope(points[$0]) }
    let difference = logs[1] - logs[0]
    return difference.isNaN
      ? 1 : UnaryFunction.exponential.value(min(max(difference, -300), 300))
  }

  /// log p(x): linear in between of the points, -∞ beyond the grid.
  ///
  /// - Parameter x: any number.
  public func logDensity(at x: Double) -> Double {
    guard let first = points.first, let last = points.last, first <= x, x <= last else {
      return -.infinity
    }
    let right = min(max(points.countBelow(x), 1), points.count - 1)
    let width = points[right] - points[right - 1]
    let share = width > 0 ? (x - points[right - 1]) / width : 0
    let (a, b) = (logDensities[right - 1], logDensities[right])
    return a == -.infinity || b == -.infinity ? (share < 0.5 ? a : b) : a + share * (b - a)
  }

  /// The x with the largest density: the vertex of the parabola through log p at three points.
  public var mode: Double {
    let top = logDensities.indices.max { logDensities[$0] < logDensities[$1] }!
    guard top > 0, top < points.count - 1 else { return points[top] }
    let (a, b) = (scaled[top] - scaled[top - 1], scaled[top + 1] - scaled[top])
    let (rise, fall) = (
      logDensities[top] - logDensities[top - 1], logDensities[top] - logDensities[top + 1]
    )
    let curvature = rise * b + fall * a
    guard curvature > 0, curvature.isFinite else { return points[top] }
    let shift = 0.5 * (rise * b * b - fall * a * a) / curvature
    return scaling.inverse(scaled[top] + min(max(shift, -a), b))
  }

  /// The shortest interval that holds this mass.
  ///
  /// - Parameter mass: in (0, 1).
  public func shortestInterval(holding mass: Double) -> (lower: Double, upper: Double) {
    func width(_ p: Double) -> Double { quantile(min(1, p + mass)) - quantile(p) }
    let rest = 1 - mass
    let starts = [0] + cumulative.filter { $0 > 0 && $0 < rest } + [rest]
    let best = starts.indices.min { width(starts[$0]) < width(starts[$1]) }!
    // Between the neighbours of the best start, widths fall and rise again.
    var (low, high) = (starts[max(0, best - 1)], starts[min(starts.count - 1, best + 1)])
    for _ in 0..<60 {
      let (first, second) = (low + (high - low) / 3, high - (high - low) / 3)
      if width(first) <= width(second) { high = second } else { low = first }
    }
    let start = 0.5 * (low + high)
    return (quantile(start), quantile(min(1, start + mass)))
  }
}
