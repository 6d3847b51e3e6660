import CFlint

/// A real number known to lie in [lower, upper], or `indeterminate`: known to be nothing at all.
///
/// The ends are binary floating-point numbers of any exponent. Every operation takes the precision
/// of the result's ends in bits and rounds them outwards, so that the result contains f(x) for
/// every x in the arguments. Where f is undefined at some point of the arguments, where a result is
/// not finite, and where an argument is indeterminate, the result is indeterminate.
///
/// An interval keeps both ends rather than a midpoint and a radius: `exp` of a wide interval stays
/// positive, and the square of one around 0 stays non-negative. Values at single points come from
/// Arb (F. Johansson, IEEE Transactions on Computers 66, 2017).
public struct Ball: Sendable {
  /// nil: indeterminate.
  let ends: IntervalEnds?

  /// The precisions that operations accept, in bits.
  public static let precisionRange = 2...(1 << 17)

  /// Nothing is known about the number, or there is none.
  public static let indeterminate = Ball(ends: nil)

  init(ends: IntervalEnds?) { self.ends = ends }

  /// The interval whose ends `compute` writes; indeterminate when one is not finite.
  init(
    _ compute: (UnsafeMutablePointer<arf_struct>, UnsafeMutablePointer<arf_struct>) -> Void
  ) {
    ends = IntervalEnds(compute)
  }

  /// The tightest interval around a rational number.
  public init(_ value: Rational, precision: Int) {
    self.init(from: value, to: value, precision: precision)
  }

  /// An interval that contains [lower, upper]. Precondition: lower ≤ upper.
  public init(from lower: Rational, to upper: Rational, precision: Int) {
    precondition(lower <= upper, "the interval from \(lower) to \(upper) is empty")
    Ball.check(precision)
    self.init { low, high in
      lower.withFraction { value in
        _ = arf_fmpz_div_fmpz(
          low, numeratorOf(value), denominatorOf(value), precision, arf_round_down)
      }
      upper.withFraction { value in
        _ = arf_fmpz_div_fmpz(
          high, numeratorOf(value), denominatorOf(value), precision, arf_round_up)
      }
    }
  }

  /// π.
  public static func pi(precision: Int) -> Ball {
    constant(precision: precision) { arb_const_pi($0, $1) }
  }

  /// Euler's number e = exp(1).
  public static func e(precision: Int) -> Ball {
    constant(precision: precision) { arb_const_e($0, $1) }
  }

  private static func constant(
    precision: Int, _ compute: (UnsafeMutablePointer<arb_struct>, Int) -> Void
  ) -> Ball {
    check(precision)
    return withTemporaryArb { value in
      compute(value, precision + guardBits)
      return Ball(boundsOf: value, precision: precision)
    }
  }

  /// The ends of an Arb number.
  init(boundsOf value: UnsafePointer<arb_struct>, precision: Int) {
    self.init { low, high in
      arb_get_lbound_arf(low, value, precision)
      arb_get_ubound_arf(high, value, precision)
    }
  }

  static func check(_ precision: Int) {
    precondition(
      precisionRange.contains(precision), "precision \(precision) is outside \(precisionRange)")
  }
}

/// Bits by which Arb works more precisely than the ends are stored, so that its own error, a few
/// units in its last place, rarely moves an end by more than one unit.
let guardBits = 8

/// An Arb number for the duration of a call.
func withTemporaryArb<Result>(_ body: (UnsafeMutablePointer<arb_struct>) -> Result) -> Result {
  var value = arb_struct()
  arb_init(&value)
  defer { arb_clear(&value) }
  return body(&value)
}
