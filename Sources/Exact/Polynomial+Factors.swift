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
    guard EffortLimit.spend(5 + 10 * termCount) else { throw .tooLarge(limit: .work) }
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
}
