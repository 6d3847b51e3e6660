extension Rational {
  /// The value rounded to `significantDigits` decimal digits (ties to even), as "0.3333" or
  /// "1.5e-12"; trailing zeros are left out when the digits are exact.
  ///
  /// Precondition: `significantDigits` is positive.
  public func decimal(significantDigits: Int) -> String {
    let (digits, isExact) = roundedDecimal(significantDigits: significantDigits)
    return digits.text(keepingTrailingZeros: !isExact)
  }

  /// The decimal digits of the rounded value, and whether rounding changed nothing.
  func roundedDecimal(significantDigits: Int) -> (DecimalDigits, isExact: Bool) {
    precondition(significantDigits > 0, "\(significantDigits) significant digits")
    if isZero { return (DecimalDigits(isNegative: false, digits: "0", exponent: 0), true) }
    var exponent = magnitude.decimalExponent
    let scaled = magnitude * Rational.tenToThe(significantDigits - 1 - exponent)
    let rounded = scaled.roundedToEven
    var digits = rounded.description
    if digits.count > significantDigits {
      // 9.99… was rounded up to 10.0…: one digit more, which is a zero.
      digits.removeLast()
      exponent += 1
    }
    let result = DecimalDigits(isNegative: sign < 0, digits: digits, exponent: exponent)
    return (result, rounded == scaled)
  }

  /// ⌊log₁₀ x⌋ for x > 0.
  var decimalExponent: Int {
    // The bit lengths give log₂ x to within 1, hence log₁₀ x to within 0.31; then correct.
    let bits = numerator.bitLength - denominator.bitLength
    var exponent = Int((Double(bits) * 0.301_029_995_663_981_2).rounded(.down)) - 1
    while self >= Rational.tenToThe(exponent + 1) { exponent += 1 }
    return exponent
  }

  /// The nearest integer, ties to even.
  private var roundedToEven: Rational {
    let down = floor()
    let excess = self - down - Rational(1, over: 2)
    if excess.sign == 0 { return (down / 2).isInteger ? down : down + 1 }
    return excess.sign < 0 ? down : down + 1
  }
}

/// ±d.ddd · 10^exponent, d.ddd being `digits` with a point after the first.
struct DecimalDigits {
  let isNegative: Bool
  let digits: String
  let exponent: Int

  /// Positional notation for moderate exponents, else scientific notation.
  func text(keepingTrailingZeros: Bool) -> String {
    var digits = Substring(digits)
    if !keepingTrailingZeros {
      while digits.count > 1, digits.last == "0" { digits.removeLast() }
    }
    let sign = isNegative ? "-" : ""
    if exponent < 0, exponent >= -5 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
    let isPositional = exponent >= 0 && exponent <= max(digits.count - 1, 15)
    let split = isPositional ? exponent + 1 : 1
    let padded = digits + String(repeating: "0", count: max(0, split - digits.count))
    let whole = padded.prefix(split)
    let places = padded.dropFirst(split)
    let power = isPositional ? "" : "e\(exponent)"
    return sign + whole + (places.isEmpty ? "" : "." + places) + power
  }
}
