import CFlint

extension Ball {
  /// xⁿ, with x⁰ = 1 also at 0; indeterminate for negative n when x may be 0.
  public func power(_ n: Int, precision: Int) -> Ball {
    Ball.check(precision)
    guard isFinite else { return .indeterminate }
    let one = Ball(.one, precision: precision)
    if n == 0 { return one }
    if n < 0 {
      let positive = naturalPower(n.magnitude, precision: precision + guardBits)
      return one.divided(by: positive, precision: precision)
    }
    return naturalPower(n.magnitude, precision: precision)
  }

  private func naturalPower(_ n: UInt, precision: Int) -> Ball {
    let base = n.isMultiple(of: 2) ? magnitude : self
    return base.increasing(precision: precision) { arb_pow_ui($0, $1, n, $2) }
  }

  /// xʳ. A non-integer r needs x ≥ 0, and x > 0 if negative; elsewhere the result is indeterminate.
  public func power(_ r: Rational, precision: Int) -> Ball {
    if let n = r.asInt { return power(n, precision: precision) }
    if r.isInteger { return hugePower(r, precision: precision) }
    guard let ends, arf_sgn(ends.lower) >= (r.sign < 0 ? 1 : 0) else { return .indeterminate }
    let evaluate: PointFunction = { result, point, bits in
      // Arb takes logarithms for the larger exponents, which fails at 0, where 0ʳ = 0 for r > 0.
      if arb_is_zero(point) == 1 { return arb_zero(result) }
      r.withFraction { arb_pow_fmpq(result, point, $0, bits) }
    }
    return r.sign > 0
      ? increasing(precision: precision, evaluate) : decreasing(precision: precision, evaluate)
  }

  /// xⁿ for an integer too long for `Int`: by parity and |x|ⁿ = exp(n log |x|) for x ≠ 0.
  private func hugePower(_ n: Rational, precision: Int) -> Ball {
    guard let sign = certifiedSign, sign != 0 else { return .indeterminate }
    let bits = precision + n.bitLength
    guard Ball.precisionRange.contains(bits) else { return .indeterminate }
    let exponent = Ball(n, precision: bits)
    let size = magnitude.log(precision: bits).multiplied(by: exponent, precision: bits)
      .exp(precision: precision)
    return sign < 0 && !(n / 2).isInteger ? -size : size
  }

  /// x^y = exp(y log x), for x > 0; otherwise indeterminate.
  public func power(_ exponent: Ball, precision: Int) -> Ball {
    let bits = Swift.min(precision + 32, Ball.precisionRange.upperBound)
    return log(precision: bits).multiplied(by: exponent, precision: bits).exp(precision: precision)
  }

  /// √x, for x ≥ 0; otherwise indeterminate.
  public func squareRoot(precision: Int) -> Ball {
    increasing(precision: precision) { arb_sqrt($0, $1, $2) }
  }

  /// The real cube root, of negative numbers too.
  public func cubeRoot(precision: Int) -> Ball { root(3, precision: precision) }

  /// The real n-th root: for odd n sign(x)·|x|^(1/n), for even n of x ≥ 0, otherwise indeterminate.
  /// Precondition: n is positive.
  public func root(_ n: Int, precision: Int) -> Ball {
    precondition(n > 0, "a root of order \(n)")
    return increasing(precision: precision) { result, point, bits in
      // Arb has no enclosure of the root at 0.
      if arb_is_zero(point) == 1 { return arb_zero(result) }
      if n.isMultiple(of: 2) || arb_is_negative(point) == 0 {
        return arb_root_ui(result, point, UInt(n), bits)
      }
      arb_neg(result, point)
      arb_root_ui(result, result, UInt(n), bits)
      arb_neg(result, result)
    }
  }
}
