import Tensors

/// The open interval (lower, upper); either end may be infinite.
public struct Interval: Hashable, Sendable, CustomStringConvertible {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// (lower, upper)
  ///
  /// - Parameters:
  ///   - lower: the lower end, or -∞.
  ///   - upper: the upper end, or ∞.
  public init(_ lower: Double, _ upper: Double) {
    require(lower < upper, "an interval from \(lower) to \(upper) is empty")
    self.lower = lower
    self.upper = upper
  }

  /// ℝ
  public static let line = Interval(-.infinity, .infinity)
  /// (0, ∞)
  public static let positive = Interval(0, .infinity)
  /// (0, 1)
  public static let unit = Interval(0, 1)

  /// Whether `other` lies within.
  ///
  /// - Parameter other: another interval.
  /// - Returns: whether all of its points are points of this one.
  public func contains(_ other: Interval) -> Bool {
    lower <= other.lower && other.upper <= upper
  }

  /// Whether `x` lies within.
  ///
  /// - Parameter x: a number.
  /// - Returns: whether lower < x < upper.
  public func contains(_ x: Double) -> Bool { lower < x && x < upper }

  /// A point of the interval, 0 where that is one.
  package var interior: Double {
    if lower < 0 && 0 < upper { return 0 }
    if lower.isFinite && upper.isFinite { return 0.5 * (lower + upper) }
    // 1 further on, or as far as numbers of Float differ there.
    return lower.isFinite
      ? lower + max(1, 0x1p-20 * lower.magnitude) : upper - max(1, 0x1p-20 * upper.magnitude)
  }

  /// As written in messages.
  public var description: String { "(\(lower), \(upper))" }
}
