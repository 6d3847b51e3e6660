import CFlint

extension Rational {
  /// xⁿ, with x⁰ = 1 also at x = 0.
  ///
  /// - Returns: nil for 0 to a negative power, and when the result is longer than `bitLimit`.
  public func power(_ n: Int) -> Rational? {
    if n == 0 || isOne { return .one }
    if n == 1 { return self }
    if isZero { return n > 0 ? .zero : nil }
    if self == .minusOne { return n.isMultiple(of: 2) ? .one : .minusOne }
    // A number of b bits is at least 2^(b-1), so its n-th power has more than (b-1)·n bits.
    let (bits, overflow) = n.magnitude.multipliedReportingOverflow(by: UInt(bitLength - 1))
    if overflow || bits > UInt(Rational.bitLimit) { return nil }
    let result = withFraction { base in Rational { fmpq_pow_si($0, base, n) } }
    return result.bitLength <= Rational.bitLimit ? result : nil
  }

  /// The real n-th root when it is rational: r with rⁿ = x, r ≥ 0 for even n.
  ///
  /// - Returns: nil when the root is irrational, when n < 1, and for even n of a negative number.
  public func root(_ n: Int) -> Rational? {
    if n < 1 || (sign < 0 && n.isMultiple(of: 2)) { return nil }
    if n == 1 || isZero || isOne { return self }
    if sign < 0 { return magnitude.root(n).map { -$0 } }
    // r > 1 rational has numerator at least 2, so rⁿ has more than n bits.
    if n >= bitLength { return nil }
    return withFraction { value in
      var root = fmpq(num: 0, den: 1)
      let exact =
        fmpz_root(&root.num, numeratorOf(value), n) != 0
        && fmpz_root(&root.den, denominatorOf(value), n) != 0
      if exact { return Rational(taking: root) }
      fmpq_clear(&root)
      return nil
    }
  }

  /// gcd(p, r) / lcm(q, s) of p/q and r/s: the largest rational that divides both an integer number
  /// of times. It is at least 0, and 0 only when both are.
  public static func gcd(_ first: Rational, _ second: Rational) -> Rational {
    if case .small(let a, 1) = first.storage, case .small(let b, 1) = second.storage {
      return Rational(Int(greatestCommonDivisor(a.magnitude, b.magnitude)))
    }
    return first.withFraction { f in second.withFraction { s in Rational { fmpq_gcd($0, f, s) } } }
  }

  /// lcm(p, r) / gcd(q, s) of p/q and r/s, the least common multiple; 0 when either is 0.
  public static func lcm(_ first: Rational, _ second: Rational) -> Rational {
    if first.isZero || second.isZero { return .zero }
    return (first / gcd(first, second) * second).magnitude
  }
}
