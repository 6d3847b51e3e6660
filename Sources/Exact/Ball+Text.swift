extension Ball: CustomStringConvertible {
  /// The number to `significantDigits` decimal digits, correctly rounded when the interval decides
  /// that and otherwise wrong by at most one unit in the last place.
  ///
  /// - Returns: nil when the interval is too wide for so many digits, contains 0 without being 0,
  ///   or lies beyond the range of `lowerBound`. Precondition: `significantDigits` is positive.
  public func decimal(significantDigits: Int) -> String? {
    guard let lowerBound, let upperBound else { return nil }
    if lowerBound.isZero && upperBound.isZero { return "0" }
    guard let sign = certifiedSign, sign != 0, lowerBound.sign == upperBound.sign else {
      return nil
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

  /// "[lower, upper]" with ends rounded to 17 digits, for reading only.
  public var description: String {
    guard isFinite else { return "indeterminate" }
    let low = lowerBound?.decimal(significantDigits: 17) ?? "-huge"
    let high = upperBound?.decimal(significantDigits: 17) ?? "huge"
    return "[\(low), \(high)]"
  }
}
