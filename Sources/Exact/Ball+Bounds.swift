import CFlint

extension Ball {
  /// Whether the interval has ends at all.
  public var isFinite: Bool { ends != nil }

  /// Whether the interval is one point.
  public var isExact: Bool {
    guard let ends else { return false }
    return arf_equal(ends.lower, ends.upper) == 1
  }

  /// -1, 0 or 1 when every number of the interval has this sign; nil when they differ or the ball
  /// is indeterminate.
  public var certifiedSign: Int? {
    guard let ends else { return nil }
    let (low, high) = (Int(arf_sgn(ends.lower)), Int(arf_sgn(ends.upper)))
    return low == high ? low : nil
  }

  /// Whether every number of this ball is below every number of `other`; false when indeterminate.
  public func certainlyLess(than other: Ball) -> Bool {
    guard let ends, let otherEnds = other.ends else { return false }
    return arf_cmp(ends.upper, otherEnds.lower) < 0
  }

  /// Whether no number of this ball is above any of `other`; false when indeterminate.
  public func certainlyAtMost(_ other: Ball) -> Bool {
    guard let ends, let otherEnds = other.ends else { return false }
    return arf_cmp(ends.upper, otherEnds.lower) <= 0
  }

  /// Whether the two intervals have a number in common; true when either is indeterminate.
  public func overlaps(_ other: Ball) -> Bool {
    !certainlyLess(than: other) && !other.certainlyLess(than: self)
  }

  /// Whether a number may be `value`: true also for an indeterminate ball.
  public func contains(_ value: Rational) -> Bool {
    guard let ends else { return true }
    return compare(ends.lower, value) <= 0 && compare(ends.upper, value) >= 0
  }

  /// Whether every number of `other` lies in this ball; an indeterminate ball contains everything.
  public func contains(_ other: Ball) -> Bool {
    guard let ends else { return true }
    guard let otherEnds = other.ends else { return false }
    return arf_cmp(ends.lower, otherEnds.lower) <= 0 && arf_cmp(otherEnds.upper, ends.upper) <= 0
  }

  /// A rational number not above any number of the interval: the lower end exactly, except that one
  /// within 2^-`Rational.bitLimit` of 0 is moved down to 0 or to -2^-`Rational.bitLimit`.
  ///
  /// nil when the ball is indeterminate or the end exceeds 2^`Rational.bitLimit`.
  public var lowerBound: Rational? {
    guard let ends else { return nil }
    return bound(ends.lower, tinyBecomes: arf_sgn(ends.lower) < 0 ? -Ball.tiny : .zero)
  }

  /// A rational number not below any number of the interval; otherwise as `lowerBound`.
  public var upperBound: Rational? {
    guard let ends else { return nil }
    return bound(ends.upper, tinyBecomes: arf_sgn(ends.upper) > 0 ? Ball.tiny : .zero)
  }

  /// At least half the width of the interval; nil when either bound is nil.
  public var radius: Rational? {
    guard let lowerBound, let upperBound else { return nil }
    return (upperBound - lowerBound) / 2
  }

  /// (lower + upper)/2 between the rational bounds; nil when either bound is nil.
  public var midpoint: Rational? {
    guard let lowerBound, let upperBound else { return nil }
    return (upperBound + lowerBound) / 2
  }

  /// A `Double` near the middle of the interval: an approximation that certifies nothing. NaN when
  /// the ball is indeterminate.
  public var midpointDouble: Double {
    guard let ends else { return .nan }
    return ball_midpoint_double(ends.lower, ends.upper)
  }

  private static let tiny = Rational(powerOfTwo: -Rational.bitLimit)

  private func bound(_ end: UnsafePointer<arf_struct>, tinyBecomes tiny: Rational) -> Rational? {
    if arf_is_zero(end) == 1 { return .zero }
    if arf_cmpabs_2exp_si(end, Rational.bitLimit) > 0 { return nil }
    if arf_cmpabs_2exp_si(end, -Rational.bitLimit) < 0 { return tiny }
    return Rational { arf_get_fraction($0, end) }
  }

  /// The sign of end - value.
  private func compare(_ end: UnsafePointer<arf_struct>, _ value: Rational) -> Int {
    value.withFraction { Int(arf_compare_fraction(end, $0)) }
  }
}
