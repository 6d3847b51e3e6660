import CFlint

extension Ball {
  /// -x, exactly.
  public static prefix func - (value: Ball) -> Ball {
    guard let ends = value.ends else { return .indeterminate }
    return Ball { low, high in
      arf_neg(low, ends.upper)
      arf_neg(high, ends.lower)
    }
  }

  /// x + y.
  public func adding(_ other: Ball, precision: Int) -> Ball {
    guard let (left, right) = both(other, precision) else { return .indeterminate }
    return Ball { low, high in
      _ = arf_add(low, left.lower, right.lower, precision, arf_round_down)
      _ = arf_add(high, left.upper, right.upper, precision, arf_round_up)
    }
  }

  /// x - y.
  public func subtracting(_ other: Ball, precision: Int) -> Ball {
    guard let (left, right) = both(other, precision) else { return .indeterminate }
    return Ball { low, high in
      _ = arf_sub(low, left.lower, right.upper, precision, arf_round_down)
      _ = arf_sub(high, left.upper, right.lower, precision, arf_round_up)
    }
  }

  /// x · y.
  public func multiplied(by other: Ball, precision: Int) -> Ball {
    guard let (left, right) = both(other, precision) else { return .indeterminate }
    return Ball.overCorners(left, right) { arf_mul_rnd_any($0, $1, $2, precision, $3) }
  }

  /// x / y; indeterminate when y may be 0.
  public func divided(by other: Ball, precision: Int) -> Ball {
    guard let (left, right) = both(other, precision), let sign = other.certifiedSign, sign != 0
    else { return .indeterminate }
    return Ball.overCorners(left, right) { arf_div($0, $1, $2, precision, $3) }
  }

  /// |x|.
  public var magnitude: Ball {
    guard let ends else { return .indeterminate }
    if arf_sgn(ends.lower) >= 0 { return self }
    if arf_sgn(ends.upper) <= 0 { return -self }
    return Ball { low, high in
      arf_zero(low)
      arf_neg(high, ends.lower)
      arf_max(high, high, ends.upper)
    }
  }

  /// min(x, y).
  public static func min(_ first: Ball, _ second: Ball) -> Ball {
    guard let left = first.ends, let right = second.ends else { return .indeterminate }
    return Ball { low, high in
      arf_min(low, left.lower, right.lower)
      arf_min(high, left.upper, right.upper)
    }
  }

  /// max(x, y).
  public static func max(_ first: Ball, _ second: Ball) -> Ball {
    guard let left = first.ends, let right = second.ends else { return .indeterminate }
    return Ball { low, high in
      arf_max(low, left.lower, right.lower)
      arf_max(high, left.upper, right.upper)
    }
  }

  /// The smallest interval that contains both.
  public func union(_ other: Ball) -> Ball {
    guard let ends, let otherEnds = other.ends else { return .indeterminate }
    return Ball { low, high in
      arf_min(low, ends.lower, otherEnds.lower)
      arf_max(high, ends.upper, otherEnds.upper)
    }
  }

  /// What both intervals have in common; nil when that is nothing, indeterminate when one is (it may
  /// be undefined, so the other one must not replace it).
  public func intersection(_ other: Ball) -> Ball? {
    guard let ends, let otherEnds = other.ends else { return .indeterminate }
    guard overlaps(other) else { return nil }
    return Ball { low, high in
      arf_max(low, ends.lower, otherEnds.lower)
      arf_min(high, ends.upper, otherEnds.upper)
    }
  }

  private func both(_ other: Ball, _ precision: Int) -> (IntervalEnds, IntervalEnds)? {
    Ball.check(precision)
    guard let ends, let otherEnds = other.ends else { return nil }
    return (ends, otherEnds)
  }

  /// The extremes of an operation that is monotone in each argument: they lie at corners.
  private static func overCorners(
    _ left: IntervalEnds, _ right: IntervalEnds,
    _ operation: (
      UnsafeMutablePointer<arf_struct>, UnsafePointer<arf_struct>, UnsafePointer<arf_struct>,
      Int32
    ) -> Int32
  ) -> Ball {
    Ball { low, high in
      var corner = arf_struct()
      arf_init(&corner)
      defer { arf_clear(&corner) }
      _ = operation(low, left.lower, right.lower, arf_round_down)
      _ = operation(high, left.lower, right.lower, arf_round_up)
      for (x, y) in [
        (left.lower, right.upper), (left.upper, right.lower), (left.upper, right.upper),
      ] {
        _ = operation(&corner, x, y, arf_round_down)
        arf_min(low, low, &corner)
        _ = operation(&corner, x, y, arf_round_up)
        arf_max(high, high, &corner)
      }
    }
  }
}
