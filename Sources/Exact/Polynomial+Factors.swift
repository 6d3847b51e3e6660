import CFlint

extension Polynomial {
  /// content · ∏ baseᵏ.
  public struct Factorization: Sendable {
    /// The rational factor.
    public let content: Rational
    /// Irreducible, primitive, pairwise coprime, non-constant bases with positive leading
    /// coefficient and their multiplicities k ≥ 1, in an order that depends on nothing but p.
    public let factors: [(base: Polynomial, multiplicity: Int)]
  }

  /// The irreducible factors over Q.
  ///
  /// - Throws: `divisionByZero` for the zero polynomial, which has no factorisation; `tooLarge`
  ///   beyond `factorTerms` and `factorDegree`.
  public func factored() throws(ExactError) -> Factorization {
    if isZero { throw .divisionByZero }
    if primitive.isOne { return Factorization(content: scale, factors: []) }
    try primitive.requireFactorable()
    var result = fmpz_mpoly_factor_struct()
    fmpz_mpoly_factor_init(&result, ring.context)
    defer { fmpz_mpoly_factor_clear(&result, ring.context) }
    guard fmpz_mpoly_factor(&result, primitive.pointer, ring.context) == 1 else {
      throw .tooLarge(limit: .work)
    }
    fmpz_mpoly_factor_sort(&result, ring.context)
    var content = scale * Rational(integer: { fmpz_set($0, &result.constant) })
    var factors: [(base: Polynomial, multiplicity: Int)] = []
    for index in 0..<result.num {
      let base = try Polynomial(
        scale: .one,
        integer: IntegerPolynomial(in: ring) {
          fmpz_mpoly_factor_get_base($0, &result, index, $1)
        })
      let multiplicity = fmpz_mpoly_factor_get_exp_si(&result, index, ring.context)
      guard let unit = base.scale.power(multiplicity) else {
        throw .tooLarge(limit: .coefficients)
      }
      content *= unit
      factors.append((base.primitivePart, multiplicity))
    }
    return Factorization(content: content, factors: factors)
  }

  /// The greatest common divisor: primitive with positive leading coefficient, 0 only of 0 and 0.
  public func gcd(_ other: Polynomial) throws(ExactError) -> Polynomial {
    requireSameRing(other)
    if isZero { return other.primitivePart }
    if other.isZero { return primitivePart }
    let divisor = try primitive.commonDivisor(other.primitive).divisor
    return Polynomial(scale: .one, primitive: divisor)
  }

  /// The resultant with respect to gᵢ: a polynomial in the other generators that vanishes exactly
  /// where p and q, as polynomials in gᵢ, have a common complex root or both leading coefficients
  /// vanish (both of positive degree in gᵢ).
  ///
  /// Precondition: 0 ≤ i < n.
  public func resultant(_ other: Polynomial, in index: Int) throws(ExactError) -> Polynomial {
    requireSameRing(other)
    ring.require(index)
    if isZero || other.isZero { return ring.constant(.zero) }
    try requireEliminable(degree(in: index), other)
    var succeeded = false
    let result = try IntegerPolynomial(in: ring) {
      succeeded =
        fmpz_mpoly_resultant($0, primitive.pointer, other.primitive.pointer, index, $1) == 1
    }
    guard succeeded, let left = scale.power(other.degree(in: index)),
      let right = other.scale.power(degree(in: index))
    else { throw .tooLarge(limit: .work) }
    return try Polynomial(scale: left * right, integer: result)
  }

  /// The discriminant with respect to gᵢ. Precondition: the degree in gᵢ is at least 1.
  public func discriminant(in index: Int) throws(ExactError) -> Polynomial {
    ring.require(index)
    let degree = degree(in: index)
    precondition(degree >= 1, "the discriminant of a polynomial that is constant in its variable")
    try requireEliminable(degree, self)
    var succeeded = false
    let result = try IntegerPolynomial(in: ring) {
      succeeded = fmpz_mpoly_discriminant($0, primitive.pointer, index, $1) == 1
    }
    guard succeeded, let factor = scale.power(2 * degree - 2) else {
      throw .tooLarge(limit: .work)
    }
    return try Polynomial(scale: factor, integer: result)
  }

  private func requireEliminable(_ degree: Int, _ other: Polynomial) throws(ExactError) {
    try primitive.requireFactorable()
    try other.primitive.requireFactorable()
    // The determinant of the Sylvester matrix has about this total degree.
    let (size, overflow) = totalDegree.multipliedReportingOverflow(by: other.totalDegree)
    if overflow || size > ring.limits.degree { throw .tooLarge(limit: .degree) }
  }
}
