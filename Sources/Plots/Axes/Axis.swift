/// A linear axis.
public struct Axis: Hashable, Sendable {
  /// The quantity, with its unit
  public var label: String
  /// The numbers at the ends
  public let lower, upper: Double
  /// Whether numbers and the label are written.
  public var isLabelled: Bool
  /// Whether there are ticks.
  public var hasTicks: Bool

  /// An axis from `lower` to `upper`, within ±10³⁰⁰. Where these are equal, or not finite, an interval around them is
  /// shown.
  ///
  /// - Parameters:
  ///   - label: the quantity.
  ///   - lower: the number at the left or lower end.
  ///   - upper: the number at the other end.
  ///   - isLabelled: whether numbers and label are written.
  ///   - hasTicks: whether there are ticks.
  public init(
    _ label: String, from lower: Double, to upper: Double, isLabelled: Bool = true,
    hasTicks: Bool = true
  ) {
    // Differences of larger numbers overflow.
    func bounded(_ value: Double) -> Double { min(max(value, -1e300), 1e300) }
    let lower = bounded(lower.isFinite ? lower : 0)
    let upper = bounded(upper.isFinite ? upper : lower)
    let (low, high) = (min(lower, upper), max(lower, upper))
    // Wide enough that ticks differ by more than their rounding.
    let least = max(1e-9 * max(low.magnitude, high.magnitude), 1e-300)
    let widening = high - low > least ? 0 : max(least, low == 0 ? 1 : 0.1 * low.magnitude)
    self.label = label
    self.lower = low - widening
    self.upper = high + widening
    self.isLabelled = isLabelled
    self.hasTicks = hasTicks
  }

  /// An axis from the 0.1 % quantile of numbers to that of 99.9 %, and a share of this length more on each side, so that
  /// a few numbers far out do not hide the others.
  ///
  /// - Parameters:
  ///   - label: the quantity.
  ///   - values: any numbers; those that are not finite are left out.
  ///   - margin: the share, 0 or more.
  ///   - isLabelled: whether numbers and label are written.
  public init(
    _ label: String, around values: [Double], margin: Double, isLabelled: Bool = true
  ) {
    let sorted = values.filter(\.isFinite).sorted()
    let cut = sorted.count / 1000
    let lower = sorted.isEmpty ? 0 : sorted[cut]
    let upper = sorted.isEmpty ? 1 : sorted[sorted.count - 1 - cut]
    let room = margin * (upper - lower)
    self.init(label, from: lower - room, to: upper + room, isLabelled: isLabelled)
  }

  /// From the lower to the upper end
  public var interval: ClosedRange<Double> { lower...upper }

  /// Where a number is on the axis: 0 at its lower end, 1 at its upper one.
  func share(_ value: Double) -> Double { (value - lower) / (upper - lower) }
}
