import CFlint

extension Ball {
  /// sin(x).
  public func sin(precision: Int) -> Ball {
    overWholeInterval(precision: precision) { arb_sin($0, $1, $2) }.clamped(from: -1, to: 1)
  }

  /// cos(x).
  public func cos(precision: Int) -> Ball {
    overWholeInterval(precision: precision) { arb_cos($0, $1, $2) }.clamped(from: -1, to: 1)
  }

  /// sin(x)/cos(x); indeterminate when the interval may contain a pole.
  public func tan(precision: Int) -> Ball {
    overWholeInterval(precision: precision) { arb_tan($0, $1, $2) }
  }

  /// The inverse of sin with values in [-π/2, π/2], for -1 ≤ x ≤ 1; otherwise indeterminate.
  public func asin(precision: Int) -> Ball {
    increasing(precision: precision) { arb_asin($0, $1, $2) }
  }

  /// The inverse of cos with values in [0, π], for -1 ≤ x ≤ 1; otherwise indeterminate.
  public func acos(precision: Int) -> Ball {
    decreasing(precision: precision) { arb_acos($0, $1, $2) }
  }

  /// The inverse of tan with values in (-π/2, π/2).
  public func atan(precision: Int) -> Ball {
    increasing(precision: precision) { arb_atan($0, $1, $2) }
  }

  /// The angle in (-π, π] of the point (x, y); indeterminate when the point may be (0, 0).
  ///
  /// On a box that meets the negative x axis from below, where the angle jumps: [-π, π].
  public static func atan2(_ y: Ball, _ x: Ball, precision: Int) -> Ball {
    check(precision)
    guard let above = y.ends, let along = x.ends, !(y.contains(.zero) && x.contains(.zero)) else {
      return .indeterminate
    }
    let meetsCut =
      arf_sgn(along.lower) < 0 && arf_sgn(above.lower) < 0
      && arf_sgn(above.upper) >= 0
    if meetsCut {
      let halfTurn = pi(precision: precision)
      return (-halfTurn).union(halfTurn)
    }
    // Away from the origin and the cut the angle is monotone along every side of the box.
    let corners = [along.lower, along.upper].flatMap { x in
      [above.lower, above.upper].map { y in angle(y, x, precision) }
    }
    return corners.dropFirst().reduce(corners[0]) { $0.union($1) }
  }

  private static func angle(
    _ y: UnsafePointer<arf_struct>, _ x: UnsafePointer<arf_struct>, _ precision: Int
  ) -> Ball {
    withTemporaryArb { first in
      withTemporaryArb { second in
        arb_set_arf(first, y)
        arb_set_arf(second, x)
        arb_atan2(first, first, second, precision + guardBits)
        return Ball(boundsOf: first, precision: precision)
      }
    }
  }

  /// A function that Arb encloses over a whole interval, for functions that are not monotone.
  private func overWholeInterval(precision: Int, _ function: PointFunction) -> Ball {
    Ball.check(precision)
    guard let ends else { return .indeterminate }
    return withTemporaryArb { value in
      withTemporaryArb { interval in
        arb_set_interval_arf(interval, ends.lower, ends.upper, 8 * precision)
        // More working precision cannot make up for the width of the argument.
        let isNarrow = arb_rel_accuracy_bits(interval) >= precision
        Ball.refine(
          function, at: interval, precision: precision, attempts: isNarrow ? 4 : 1, into: value)
      }
      return Ball(boundsOf: value, precision: precision)
    }
  }
}
