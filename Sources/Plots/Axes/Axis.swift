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
  /// Whether ticks stand at integers only.
  public var isOfIntegers = false

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
  /// a few numbers far out do not hide the others. Of heavy tails less is shown: no more than six times the distance of
  /// the quartiles beyond them, but always what lies between the quantiles of 2.5 % and 97.5 %.
  ///
  /// - Parameters:
  ///   - label: the quantity.
  ///   - values: any numbers; those that are not finite are left out.
  ///   - margin: the share, 0 or more.
  ///   - bounds: where numbers can lie: the axis does not go beyond.
  ///   - isLabelled: whether numbers and label are written.
  public init(
    _ label: String, around values: [Double], margin: Double,
    within bounds: ClosedRange<Double> = -Double.infinity...Double.infinity,
    isLabelled: Bool = true
  ) {
    let (lower, upper) = Self.bulk(of: values.filter(\.isFinite).sorted())
    let room = margin * (upper - lower)
    self.init(
      label, from: max(lower - room, bounds.lowerBound), to: min(upper + room, bounds.upperBound),
      isLabelled: isLabelled)
  }

  /// What is to be seen of sorted numbers.
  private static func bulk(of sorted: [Double]) -> (lower: Double, upper: Double) {
    guard let last = sorted.indices.last else { return (0, 1) }
    func quantile(_ share: Double) -> Double { sorted[Int(share * Double(last))] }
    let cut = sorted.count / 1000
    let (first, third) = (quantile(0.25), quantile(0.75))
    let reach = 6 * (third - first)
    return (
      max(sorted[cut], min(first - reach, quantile(0.025))),
      min(sorted[last - cut], max(third + reach, quantile(0.975)))
    )
  }

  /// The label with the share of numbers that lie beyond the ends, where it is so large that it should be known.
  ///
  /// - Parameter values: what is shown.
  /// - Returns: as in `mass (3.2 % outside)`.
  public func label(hiding values: [Double]) -> String {
    let known = values.count { !$0.isNaN }
    let hidden = values.count { $0 < lower || $0 > upper }
    let permille = (1000 * Double(hidden) / Double(max(1, known))).rounded()
    guard permille > 4 else { return label }
    return "\(label) (\(Int(permille) / 10).\(Int(permille) % 10) % outside)"
  }

  /// From the lower to the upper end
  public var interval: ClosedRange<Double> { lower...upper }

  /// Where a number is on the axis: 0 at its lower end, 1 at its upper one.
  func share(_ value: Double) -> Double { (value - lower) / (upper - lower) }
}
