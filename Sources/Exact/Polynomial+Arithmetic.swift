import CFlint

extension Polynomial {
  /// -p.
  public static prefix func - (polynomial: Polynomial) -> Polynomial {
    Polynomial(scale: -polynomial.scale, primitive: polynomial.primitive)
  }

  /// p + q. Throws `tooLarge` beyond the ring's limits.
  public static func + (
    left: Polynomial, right: Polynomial
  ) throws(ExactError) -> Polynomial {
    left.requireSameRing(right)
    if left.isZero { return right }
    if right.isZero { return left }
    let common = Rational.gcd(left.scale, right.scale)
    let (first, second) = (left.scale / common, right.scale / common)
    let sum = try IntegerPolynomial(in: left.ring) { result, context in
      var scaled = fmpz_mpoly_struct()
      fmpz_mpoly_init(&scaled, context)
      defer { fmpz_mpoly_clear(&scaled, context) }
      first.withFraction {
        fmpz_mpoly_scalar_mul_fmpz(result, left.primitive.pointer, numeratorOf($0), context)
      }
      second.withFraction {
        fmpz_mpoly_scalar_mul_fmpz(&scaled, right.primitive.pointer, numeratorOf($0), context)
      }
      fmpz_mpoly_add(result, result, &scaled, context)
    }
    return try Polynomial(scale: common, integer: sum)
  }

  /// p - q. Throws `tooLarge` beyond the ring's limits.
  public static func - (
    left: Polynomial, right: Polynomial
  ) throws(ExactError) -> Polynomial {
    try left + (-right)
  }

  /// p · q. Throws `tooLarge` beyond the ring's limits.
  public static func * (
    left: Polynomial, right: Polynomial
  ) throws(ExactError) -> Polynomial {
    left.requireSameRing(right)
    if left.isZero || right.isZero { return left.ring.constant(.zero) }
    guard EffortLimit.spend(left.termCount * right.termCount / 300) else {
      throw .tooLarge(limit: .work)
    }
    // The product of primitive polynomials is primitive (Gauss).
    let scale = left.scale * right.scale
    if scale.bitLength > left.ring.limits.coefficientBits {
      throw .tooLarge(limit: .coefficients)
    }
    return try Polynomial(
      scale: scale, primitive: left.primitive.multiplied(by: right.primitive))
  }

  /// c · p. Throws `tooLarge` beyond the ring's limits.
  public func scaled(by factor: Rational) throws(ExactError) -> Polynomial {
    try ring.constant(factor) * self
  }

  /// pⁿ. Precondition: n ≥ 0. Throws `tooLarge` beyond the ring's limits.
  public func power(_ n: Int) throws(ExactError) -> Polynomial {
    precondition(n >= 0, "a negative power of a polynomial")
    if let asConstant {
      guard let value = asConstant.power(n), value.bitLength <= ring.limits.coefficientBits
      else { throw .tooLarge(limit: .coefficients) }
      return ring.constant(value)
    }
    if n > ring.limits.degree { throw .tooLarge(limit: .degree) }
    // From the leading bit of n downwards, so that no partial power exceeds the result.
    var result = ring.constant(.one)
    for bit in stride(from: Int.bitWidth - 1 - n.leadingZeroBitCount, through: 0, by: -1) {
      result = try result * result
      if n >> bit & 1 == 1 { result = try result * self }
    }
    return result
  }

  /// p / q when q divides p, else nil. Throws `divisionByZero` when q is 0.
  public func divided(exactlyBy divisor: Polynomial) throws(ExactError) -> Polynomial? {
    requireSameRing(divisor)
    if divisor.isZero { throw .divisionByZero }
    if isZero { return self }
    guard EffortLimit.spend(termCount / 100) else { throw .tooLarge(limit: .work) }
    var divides = false
    let quotient = try IntegerPolynomial(in: ring) {
      divides = fmpz_mpoly_divides($0, primitive.pointer, divisor.primitive.pointer, $1) == 1
    }
    // An exact quotient of primitive polynomials is primitive.
    return divides ? Polynomial(scale: scale / divisor.scale, primitive: quotient) : nil
  }

  /// ∂p/∂gᵢ. Precondition: 0 ≤ i < n.
  public func derivative(in index: Int) throws(ExactError) -> Polynomial {
    ring.require(index)
    let derivative = try IntegerPolynomial(in: ring) {
      fmpz_mpoly_derivative($0, primitive.pointer, index, $1)
    }
    return try Polynomial(scale: scale, integer: derivative)
  }

  func requireSameRing(_ other: Polynomial) {
    precondition(ring === other.ring, "polynomials of two different rings were combined")
  }
}
