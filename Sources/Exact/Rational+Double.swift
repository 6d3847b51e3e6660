import CFlint

extension Rational {
  /// The exact value of a binary floating-point number; nil for infinities and NaN.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    if value == 0 {
      self = .zero
      return
    }
    // value = integer · 2^(exponent - 52) exactly, also for subnormal numbers.
    let shift = value.exponent - 52
    let integer = Rational(Int(value.significand * 0x1p52) * (value.sign == .minus ? -1 : 1))
    self = integer * Rational(powerOfTwo: Int(shift))
  }

  /// 2^k.
  init(powerOfTwo exponent: Int) {
    self.init { result in
      fmpq_one(result)
      if exponent >= 0 {
        fmpq_mul_2exp(result, result, UInt(exponent))
      } else {
        fmpq_div_2exp(result, result, UInt(-exponent))
      }
    }
  }

  /// The nearest `Double` (ties to even); infinite beyond the range, 0 or subnormal below it.
  public var doubleValue: Double {
    let exactLimit: UInt = 1 << 53
    if case .small(let numerator, let denominator) = storage,
      numerator.magnitude <= exactLimit, denominator.magnitude <= exactLimit
    {
      return Double(numerator) / Double(denominator)
    }
    return withFraction { value in
      rational_get_double(numeratorOf(value), denominatorOf(value))
    }
  }
}
