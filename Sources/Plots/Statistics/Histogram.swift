import Tensors

/// Columns of equal width: heights h₁ … hₙ over [a + (i-1) w, a + i w].
public struct Histogram: Hashable, Sendable {
  /// a
  public let lower: Double
  /// w > 0
  public let width: Double
  /// h₁ … hₙ
  public let heights: [Double]

  /// Columns of these heights between `lower` and `upper`.
  public init(from lower: Double, to upper: Double, heights: [Double]) {
    precondition(
      lower < upper && !heights.isEmpty, "\(heights.count) bins from \(lower) to \(upper)")
    self.lower = lower
    self.heights = heights
    width = (upper - lower) / Double(heights.count)
  }

  /// The density of numbers: hᵢ = (numbers in bin i)/(w · all numbers), those outside of the interval included in
  /// all, so that two histograms of one interval compare; those that are NaN are not.
  ///
  /// - Parameters:
  ///   - values: any numbers.
  ///   - lower: a
  ///   - upper: a + n w
  ///   - bins: n ≥ 1
  public init(densityOf values: [Double], from lower: Double, to upper: Double, bins: Int) {
    var counts = [Double](repeating: 0, count: bins)
    for value in values where value >= lower && value <= upper {
      counts[min(bins - 1, Int((value - lower) / (upper - lower) * Double(bins)))] += 1
    }
    let scale = Double(bins) / (upper - lower) / Double(max(1, values.count { !$0.isNaN }))
    self.init(from: lower, to: upper, heights: counts.map { $0 * scale })
  }

  /// a + n w
  public var upper: Double { lower + Double(heights.count) * width }

  /// The corners of the outline, from (a, 0) to (a + n w, 0).
  var outline: [Point] {
    var points = [Point(lower, 0)]
    for (index, height) in heights.enumerated() {
      points.append(Point(lower + Double(index) * width, height))
      points.append(Point(lower + Double(index + 1) * width, height))
    }
    return points + [Point(upper, 0)]
  }

  /// A number of bins for numbers between `lower` and `upper`: widths as Freedman and Diaconis (1981) have them,
  /// 2 (q₇₅ - q₂₅)/∛n, but not fewer than √n/2, as those of several separate parts would be, and 8 to 60 bins.
  public static func bins(for values: [Double], from lower: Double, to upper: Double) -> Int {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard sorted.count > 3 else { return 8 }
    let count = Double(sorted.count)
    let spread = sorted[3 * (sorted.count - 1) / 4] - sorted[(sorted.count - 1) / 4]
    let bins = (upper - lower) * UnaryFunction.cubeRoot.value(count) / (2 * spread)
    let least = max(8, min(30, count.squareRoot() / 2))
    return bins.isFinite ? Int(min(max(bins, least), 60)) : 60
  }
}
