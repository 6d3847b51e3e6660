import CFlint

/// A polynomial with integer coefficients.
///
/// `@unchecked Sendable` because the FLINT polynomial is written only by the initialisers and freed
/// only by `deinit`; FLINT reads it through `const` pointers.
final class IntegerPolynomial: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<fmpz_mpoly_struct>
  typealias Context = UnsafeMutablePointer<fmpz_mpoly_ctx_struct>

  let ring: PolynomialRing
  let pointer: Pointer
  /// -1 for 0.
  let totalDegree: Int

  /// A polynomial that keeps to the limits by its nature, of a total degree that may be known.
  init(
    unchecked ring: PolynomialRing, degree: Int? = nil, _ compute: (Pointer, Context) -> Void
  ) {
    self.ring = ring
    pointer = .allocate(capacity: 1)
    fmpz_mpoly_init(pointer, ring.context)
    compute(pointer, ring.context)
    // FLINT unpacks every monomial to find it.
    let fits = degree != nil || fmpz_mpoly_total_degree_fits_si(pointer, ring.context) == 1
    totalDegree = degree ?? (fits ? fmpz_mpoly_total_degree_si(pointer, ring.context) : .max)
  }

  /// - Throws: `tooLarge` when the result exceeds the ring's limits.
  convenience init(
    in ring: PolynomialRing, degree: Int? = nil, _ compute: (Pointer, Context) -> Void
  ) throws(ExactError) {
    self.init(unchecked: ring, degree: degree, compute)
    if length > ring.limits.terms { throw .tooLarge(limit: .terms) }
    if totalDegree > ring.limits.degree { throw .tooLarge(limit: .degree) }
    if bits > ring.limits.coefficientBits { throw .tooLarge(limit: .coefficients) }
  }

  deinit {
    fmpz_mpoly_clear(pointer, ring.context)
    pointer.deallocate()
  }

  var length: Int { pointer.pointee.length }
  var bits: Int { Int(fmpz_mpoly_max_bits(pointer).magnitude) }

  var isZero: Bool { length == 0 }
  var isOne: Bool { fmpz_mpoly_is_one(pointer, ring.context) == 1 }

  func coefficient(_ index: Int) -> Rational {
    Rational(integer: { fmpz_mpoly_get_term_coeff_fmpz($0, pointer, index, ring.context) })
  }

  func exponents(_ index: Int) -> [Int] {
    var exponents = [Int](repeating: 0, count: max(ring.generatorCount, 1))
    fmpz_mpoly_get_term_exp_si(&exponents, pointer, index, ring.context)
    return Array(exponents.prefix(ring.generatorCount))
  }

  func isEqual(_ other: IntegerPolynomial) -> Bool {
    self === other || fmpz_mpoly_equal(pointer, other.pointer, ring.context) == 1
  }

  /// - Throws: `tooLarge` when the product would exceed the limits, before the work is done.
  func multiplied(by other: IntegerPolynomial) throws(ExactError) -> IntegerPolynomial {
    if isOne { return other }
    if other.isOne { return self }
    let limits = ring.limits
    let (products, overflow) = length.multipliedReportingOverflow(by: other.length)
    if overflow || products > limits.products { throw .tooLarge(limit: .work) }
    let degree = totalDegree + other.totalDegree
    if degree > limits.degree { throw .tooLarge(limit: .degree) }
    if bits + other.bits > limits.coefficientBits { throw .tooLarge(limit: .coefficients) }
    return try IntegerPolynomial(in: ring, degree: degree) {
      fmpz_mpoly_mul($0, pointer, other.pointer, $1)
    }
  }

  /// gcd with a positive leading coefficient, and the two quotients by it.
  func commonDivisor(
    _ other: IntegerPolynomial
  ) throws(ExactError) -> (
    divisor: IntegerPolynomial, first: IntegerPolynomial, second: IntegerPolynomial
  ) {
    if isOne || other.isOne { return (ring.onePart, self, other) }
    if length > 1 && other.length > 1 {
      try requireFactorable()
      try other.requireFactorable()
      guard EffortLimit.spend(5 + length * other.length / 30) else {
        throw .tooLarge(limit: .work)
      }
    }
    var succeeded = false
    let (first, second) = (ring.zeroPart, ring.zeroPart)
    let divisor = IntegerPolynomial(unchecked: ring) { result, context in
      succeeded =
        fmpz_mpoly_gcd_cofactors(
          result, first.pointer, second.pointer, pointer, other.pointer, context) == 1
    }
    if !succeeded { throw .tooLarge(limit: .work) }
    return (divisor, first.moved(), second.moved())
  }

  /// What FLINT wrote to this zero polynomial, with the degree that it has.
  private func moved() -> IntegerPolynomial {
    IntegerPolynomial(unchecked: ring) { fmpz_mpoly_swap($0, pointer, $1) }
  }

  /// - Throws: `tooLarge` when factors and common divisors of the polynomial are out of reach.
  func requireFactorable() throws(ExactError) {
    if length > ring.limits.factorTerms { throw .tooLarge(limit: .terms) }
    if totalDegree > ring.limits.factorDegree { throw .tooLarge(limit: .degree) }
  }
}
