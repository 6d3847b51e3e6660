import CFlint

/// p/q in Q, an exact rational number of any size.
///
/// Fractions whose two parts fit `Int` are stored inline, others by FLINT. A value has exactly one
/// representation, so that equality and hashing compare parts. Sizes grow with arithmetic: callers
/// that work on input from outside bound them by `bitLength`.
public struct Rational: Sendable {
  /// Invariant: lowest terms, denominator > 0, and `.large` only when `.small` cannot hold it.
  /// `Int.min` is never a small numerator, so that negation cannot overflow.
  enum Storage {
    case small(Int, Int)
    case large(BigFraction)
  }

  let storage: Storage

  /// The largest `bitLength` that `power` returns.
  public static let bitLimit = 1 << 16

  /// 0.
  public static let zero = Rational(0)
  /// 1.
  public static let one = Rational(1)
  /// -1.
  public static let minusOne = Rational(-1)

  /// The integer `value`.
  public init(_ value: Int) {
    if value == .min {
      var fraction = fmpq(num: 0, den: 1)
      fmpz_set_si(&fraction.num, value)
      self.init(taking: fraction)
    } else {
      self.init(lowestTerms: value, 1)
    }
  }

  /// numerator/denominator in lowest terms. Precondition: `denominator` is not 0.
  public init(_ numerator: Int, over denominator: Int) {
    precondition(denominator != 0, "\(numerator)/0 is not a rational number")
    if numerator == .min || denominator == .min {
      self = Rational(numerator) / Rational(denominator)
    } else {
      self.init(reducing: numerator, over: denominator)
    }
  }

  /// Lowest terms of a fraction of which neither part is `Int.min` and the denominator is not 0.
  init(reducing numerator: Int, over denominator: Int) {
    let divisor = Int(greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    let sign = denominator < 0 ? -1 : 1
    storage = .small(sign * (numerator / divisor), sign * (denominator / divisor))
  }

  /// A fraction already in lowest terms, neither part `Int.min`, with denominator > 0.
  init(lowestTerms numerator: Int, _ denominator: Int) {
    assert(numerator != .min && denominator > 0)
    assert(greatestCommonDivisor(numerator.magnitude, denominator.magnitude) == 1)
    storage = .small(numerator, denominator)
  }

  /// Takes over the memory of a canonical FLINT fraction.
  init(taking value: fmpq) {
    var value = value
    assert(fmpq_is_canonical(&value) == 1)
    if fmpz_fits_si(&value.num) == 1, fmpz_fits_si(&value.den) == 1,
      fmpz_get_si(&value.num) != .min
    {
      storage = .small(fmpz_get_si(&value.num), fmpz_get_si(&value.den))
      fmpq_clear(&value)
    } else {
      storage = .large(BigFraction(taking: value))
    }
  }

  /// The result of a FLINT function that writes one canonical fraction.
  init(_ compute: (UnsafeMutablePointer<fmpq>) -> Void) {
    var result = fmpq(num: 0, den: 1)
    compute(&result)
    self.init(taking: result)
  }

  /// The integer that a FLINT function writes.
  init(integer compute: (UnsafeMutablePointer<fmpz>) -> Void) {
    var result = fmpq(num: 0, den: 1)
    compute(&result.num)
    self.init(taking: result)
  }

  /// Calls `body` with the value as a FLINT fraction, valid during the call.
  func withFraction<Result>(_ body: (UnsafePointer<fmpq>) -> Result) -> Result {
    switch storage {
    case .large(let big):
      return withExtendedLifetime(big) { body(big.fraction) }
    case .small(let numerator, let denominator):
      var fraction = fmpq(num: 0, den: 1)
      fmpz_set_si(&fraction.num, numerator)
      fmpz_set_si(&fraction.den, denominator)
      defer { fmpq_clear(&fraction) }
      return withUnsafePointer(to: fraction) { body($0) }
    }
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  /// An integer literal that fits `Int`.
  public init(integerLiteral value: Int) { self.init(value) }
}

/// gcd(a, b), with gcd(0, b) = b (Euclid).
func greatestCommonDivisor(_ first: UInt, _ second: UInt) -> UInt {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}
