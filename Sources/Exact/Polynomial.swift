import CFlint

/// Σ c·g₁^e₁ ⋯ gₙ^eₙ with rational coefficients, an element of a `PolynomialRing`.
///
/// Stored as scale · primitive, where the primitive part has coprime integer coefficients of which
/// the leading one is positive; that form is unique. Only polynomials of one ring can be combined.
public struct Polynomial: Sendable, Hashable {
  /// One summand.
  public struct Term: Sendable, Hashable {
    /// The factor c.
    public var coefficient: Rational
    /// The exponents e₁, …, eₙ.
    public var exponents: [Int]

    /// coefficient · g^exponents.
    public init(coefficient: Rational, exponents: [Int]) {
      self.coefficient = coefficient
      self.exponents = exponents
    }
  }

  /// The rational factor, with the sign of the leading coefficient; 0 for the zero polynomial.
  public let scale: Rational

  let primitive: IntegerPolynomial

  /// Precondition: `primitive` is primitive with positive leading coefficient, or both are 0.
  init(scale: Rational, primitive: IntegerPolynomial) {
    self.scale = scale
    self.primitive = primitive
  }

  /// scale · integer for any integer polynomial.
  init(scale: Rational, integer: IntegerPolynomial) throws(ExactError) {
    if integer.isZero || scale.isZero {
      self = integer.ring.constant(.zero)
      return
    }
    let isNegative = fmpz_sgn(integer.pointer.pointee.coeffs) < 0
    let content = Rational(integer: {
      _fmpz_vec_content($0, integer.pointer.pointee.coeffs, integer.length)
      if isNegative { fmpz_neg($0, $0) }
    })
    self.scale = scale * content
    primitive =
      content.isOne
      ? integer
      : content.withFraction { divisor in
        IntegerPolynomial(unchecked: integer.ring) {
          fmpz_mpoly_scalar_divexact_fmpz($0, integer.pointer, numeratorOf(divisor), $1)
        }
      }
    if self.scale.bitLength > integer.ring.limits.coefficientBits {
      throw .tooLarge(limit: .coefficients)
    }
  }

  /// The ring that the polynomial belongs to.
  public var ring: PolynomialRing { primitive.ring }

  /// Whether the polynomial is 0.
  public var isZero: Bool { scale.isZero }

  /// The value of a constant polynomial, or nil.
  public var asConstant: Rational? {
    isZero ? .zero : primitive.isOne ? scale : nil
  }

  /// The polynomial divided by `scale`: coprime integer coefficients, the leading one positive.
  public var primitivePart: Polynomial {
    Polynomial(scale: isZero ? .zero : .one, primitive: primitive)
  }

  /// The number of terms.
  public var termCount: Int { primitive.length }

  /// The terms in lexicographic order, the largest first.
  public var terms: [Term] {
    (0..<termCount).map {
      Term(coefficient: scale * primitive.coefficient($0), exponents: primitive.exponents($0))
    }
  }

  /// The degree in gᵢ, -1 for the zero polynomial. Precondition: 0 ≤ i < n.
  public func degree(in index: Int) -> Int {
    ring.require(index)
    return fmpz_mpoly_degree_si(primitive.pointer, index, ring.context)
  }

  /// The total degree, -1 for the zero polynomial.
  public var totalDegree: Int { primitive.totalDegree }

  /// Whether both are the same element of the same ring.
  public static func == (left: Polynomial, right: Polynomial) -> Bool {
    left.ring === right.ring && left.scale == right.scale
      && left.primitive.isEqual(right.primitive)
  }

  /// Equal polynomials have the same scale, number of terms and leading term.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(scale)
    hasher.combine(termCount)
    if !isZero {
      hasher.combine(primitive.coefficient(0))
      hasher.combine(primitive.exponents(0))
    }
  }
}

extension Polynomial: CustomStringConvertible {
  /// The terms with the generators written g1, …, gn.
  public var description: String {
    if isZero { return "0" }
    return terms.map { term in
      let powers = term.exponents.enumerated().filter { $0.element > 0 }
        .map { "g\($0.offset + 1)" + ($0.element > 1 ? "^\($0.element)" : "") }
      return ([term.coefficient.description] + powers).joined(separator: "*")
    }.joined(separator: " + ")
  }
}
