extension Ball: CustomStringConvertible {
  /// The number to `significantDigits` decimal digits, correctly rounded when the interval decides
  /// that and otherwise wrong by at most one unit in the last place.
  ///
  /// - Returns: nil when the interval is too wide for so many digits, or contains 0 without being 0.
  ///   Precondition: `significantDigits` is positive.
  public func decimal(significantDigits: Int) -> String? {
    guard let sign = certifiedSign else { return nil }
    if sign == 0 { return "0" }
    guard let lowerBound, let upperBound, lowerBound.sign == upperBound.sign else {
      return decimalByLogarithm(significantDigits: significantDigits)
    }
    let (low, lowIsExact) = lowerBound.roundedDecimal(significantDigits: significantDigits)
    let (high, _) = upperBound.roundedDecimal(significantDigits: significantDigits)
    if low.text(keepingTrailingZeros: true) == high.text(keepingTrailingZeros: true) {
      return low.text(keepingTrailingZeros: !(isExact && lowIsExact))
    }
    // The middle is within half a unit of every number, and rounding it adds at most another half.
    let unit = Rational.tenToThe(
      Swift.min(low.exponent, high.exponent) - significantDigits + 1)
    guard upperBound - lowerBound <= unit else { return nil }
    let middle = (lowerBound + upperBound) / 2
    return middle.roundedDecimal(significantDigits: significantDigits).0
      .text(keepingTrailingZeros: true)
  }

  /// m·10^e with e = ⌊log₁₀ |x|⌋ and m = exp(log |x| - e log 10), for numbers that are beyond the
  /// range of `lowerBound`.
  private func decimalByLogarithm(significantDigits: Int) -> String? {
    guard isFinite, let sign = certifiedSign, sign != 0 else { return nil }
    // The logarithm's whole part takes up to 64 bits, guard digits the rest.
    let precision = significantDigits * 4 + 128
    let logarithm = magnitude.log(precision: precision)
    let logTen = Ball(Rational(10), precision: precision).log(precision: precision)
    let quotient = logarithm.divided(by: logTen, precision: precision)
    guard let exponent = quotient.lowerBound?.floor() else { return nil }
    let scale = logTen.multiplied(by: Ball(exponent, precision: precision), precision: precision)
    let mantissa = logarithm.subtracting(scale, precision: precision).exp(precision: precision)
    guard mantissa.lowerBound != nil,
      let digits = mantissa.decimal(significantDigits: significantDigits),
      !digits.hasPrefix("10")
    else { return nil }
    return "\(sign < 0 ? "-" : "")\(digits)e\(exponent)"
  }

  /// "[lower, upper]" with ends rounded to 17 digits, for reading only.
  public var description: String {
    guard isFinite else { return "indeterminate" }
    let low = lowerBound?.decimal(significantDigits: 17) ?? "-huge"
    let high = upperBound?.decimal(significantDigits: 17) ?? "huge"
    return "[\(low), \(high)]"
  }
}
