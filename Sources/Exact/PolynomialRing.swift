import CFlint

/// Q[g₁, …, gₙ] with lexicographic order g₁ > … > gₙ, and the limits that its polynomials keep to.
///
/// `@unchecked Sendable` because the FLINT context is written only by the initialiser.
public final class PolynomialRing: @unchecked Sendable {
  /// The number n of generators.
  public let generatorCount: Int

  /// Limits on every polynomial that is formed; an operation beyond them throws `ExactError`.
  public struct Limits: Sendable {
    /// The most terms.
    public var terms = 10_000
    /// The largest total degree.
    public var degree = 500
    /// The longest integer coefficient, in bits.
    public var coefficientBits = 1 << 15
    /// The most products of two terms in one multiplication.
    public var products = 1_000_000
    /// The most products of two terms in one resultant or discriminant.
    public var eliminationProducts = 20_000_000
    /// The most terms, and the largest degree, of what is factored or has a common divisor, a
    /// resultant or a discriminant taken, for which no better bound on the work is known.
    public var factorTerms = 1_000
    /// See `factorTerms`.
    public var factorDegree = 60

    /// Limits that keep operations within seconds.
    public init() {}
  }

  /// The limits that the ring's polynomials keep to.
  public let limits: Limits

  let context: UnsafeMutablePointer<fmpz_mpoly_ctx_struct>

  /// The ring in `generatorCount` generators. Precondition: between 0 and 64.
  public init(generatorCount: Int, limits: Limits = Limits()) {
    precondition((0...64).contains(generatorCount), "\(generatorCount) generators")
    self.generatorCount = generatorCount
    self.limits = limits
    context = .allocate(capacity: 1)
    fmpz_mpoly_ctx_init(context, generatorCount, ORD_LEX)
  }

  deinit {
    fmpz_mpoly_ctx_clear(context)
    context.deallocate()
  }

  /// A constant polynomial.
  public func constant(_ value: Rational) -> Polynomial {
    Polynomial(scale: value, primitive: value.isZero ? zeroPart : onePart)
  }

  /// The generator gᵢ, counted from 0. Precondition: 0 ≤ i < n.
  public func generator(_ index: Int) -> Polynomial {
    require(index)
    return Polynomial(
      scale: .one,
      primitive: IntegerPolynomial(unchecked: self) { fmpz_mpoly_gen($0, index, $1) })
  }

  /// Σ coefficient · g^exponents; like terms are added.
  ///
  /// - Precondition: every exponent list has n entries, none negative.
  /// - Throws: `tooLarge` beyond the limits.
  public func polynomial(_ terms: [Polynomial.Term]) throws(ExactError) -> Polynomial {
    guard EffortLimit.spend(terms.count / 20) else { throw .tooLarge(limit: .work) }
    if terms.count > limits.terms { throw .tooLarge(limit: .terms) }
    var common = Rational.zero
    for term in terms {
      precondition(term.exponents.count == generatorCount, "\(term.exponents.count) exponents")
      precondition(term.exponents.allSatisfy { $0 >= 0 }, "a negative exponent")
      if term.exponents.contains(where: { $0 > limits.degree }) {
        throw .tooLarge(limit: .degree)
      }
      common = Rational.gcd(common, term.coefficient)
      if common.bitLength > limits.coefficientBits { throw .tooLarge(limit: .coefficients) }
    }
    if common.isZero { return constant(.zero) }
    let part = try IntegerPolynomial(in: self) { result, context in
      for term in terms where !term.coefficient.isZero {
        let exponents = term.exponents.map { UInt($0) }
        (term.coefficient / common).withFraction {
          fmpz_mpoly_push_term_fmpz_ui(result, numeratorOf($0), exponents, context)
        }
      }
      fmpz_mpoly_sort_terms(result, context)
      fmpz_mpoly_combine_like_terms(result, context)
    }
    return try Polynomial(scale: common, integer: part)
  }

  var zeroPart: IntegerPolynomial { IntegerPolynomial(unchecked: self) { _, _ in } }

  var onePart: IntegerPolynomial {
    IntegerPolynomial(unchecked: self) { fmpz_mpoly_one($0, $1) }
  }

  func require(_ index: Int) {
    precondition(
      (0..<generatorCount).contains(index), "generator \(index) of \(generatorCount)")
  }
}
