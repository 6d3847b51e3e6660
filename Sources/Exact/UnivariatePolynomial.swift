import CFlint

/// Σ cₖ xᵏ with rational coefficients in one variable, for questions about its real roots.
public struct UnivariatePolynomial: Sendable, Hashable {
  /// c₀, …, c_d with c_d ≠ 0; empty for the zero polynomial.
  public let coefficients: [Rational]

  /// The polynomial with these coefficients, the constant one first.
  public init(_ coefficients: [Rational]) {
    let count = (coefficients.lastIndex { !$0.isZero } ?? -1) + 1
    self.coefficients = Array(coefficients.prefix(count))
  }

  /// The largest degree of which roots are counted or common divisors taken.
  public static let degreeLimit = 100
  /// The longest coefficient, in bits, of what roots are counted or common divisors taken.
  public static let coefficientLimit = 1 << 14

  /// The degree, -1 for the zero polynomial.
  public var degree: Int { coefficients.count - 1 }

  /// Whether the polynomial is 0.
  public var isZero: Bool { coefficients.isEmpty }

  /// p(x), by Horner's rule.
  public func value(at x: Rational) -> Rational {
    coefficients.reversed().reduce(.zero) { $0 * x + $1 }
  }

  /// The sign of p(x): -1, 0 or 1.
  public func sign(at x: Rational) -> Int {
    // Σ cₖ aᵏ bᵈ⁻ᵏ at x = a/b: with integer coefficients no fraction is ever reduced.
    let (above, below) = (x.numerator, x.denominator)
    var sum = Rational.zero
    var power = Rational.one
    for coefficient in coefficients.reversed() {
      sum = sum * above + coefficient * power
      power *= below
    }
    return sum.sign
  }

  /// The sign of p(x) for all large x; 0 only for the zero polynomial.
  public var signAtPlusInfinity: Int { coefficients.last?.sign ?? 0 }

  /// The sign of p(x) for all large -x; 0 only for the zero polynomial.
  public var signAtMinusInfinity: Int {
    degree.isMultiple(of: 2) ? signAtPlusInfinity : -signAtPlusInfinity
  }

  /// dp/dx.
  public var derivative: UnivariatePolynomial {
    UnivariatePolynomial(
      coefficients.enumerated().dropFirst().map { Rational($0.offset) * $0.element })
  }

  /// The monic greatest common divisor; 0 only of 0 and 0. Throws `tooLarge` beyond the limits.
  public func gcd(_ other: UnivariatePolynomial) throws(ExactError) -> UnivariatePolynomial {
    try requireTractable()
    try other.requireTractable()
    return combine(other) { fmpq_poly_gcd($0, $1, $2) }
  }

  /// p / q when q divides p, else nil. Precondition: q is not 0.
  public func divided(exactlyBy divisor: UnivariatePolynomial) -> UnivariatePolynomial? {
    precondition(!divisor.isZero, "division of a polynomial by zero")
    guard remainder(dividingBy: divisor).isZero else { return nil }
    return combine(divisor) { fmpq_poly_div($0, $1, $2) }
  }

  /// The product of the distinct irreducible factors, monic: the same roots, each once. 0 for 0.
  public func squarefreePart() throws(ExactError) -> UnivariatePolynomial {
    if isZero { return self }
    let repeated = try gcd(derivative)
    return combine(repeated) {
      fmpq_poly_div($0, $1, $2)
      fmpq_poly_make_monic($0, $0)
    }
  }

  /// The product of those distinct factors that occur an odd number of times: its roots are the
  /// places where p changes sign. Precondition: not the zero polynomial.
  func oddPart() throws(ExactError) -> UnivariatePolynomial {
    // Yun's algorithm: `rest` is the product of the factors of multiplicity at least k.
    var product = UnivariatePolynomial([.one])
    var repeated = try gcd(derivative)
    var rest = try squarefreePart()
    var multiplicity = 1
    while rest.degree > 0 {
      let higher = try rest.gcd(repeated)
      if !multiplicity.isMultiple(of: 2) {
        let factor = rest.combine(higher) { fmpq_poly_div($0, $1, $2) }
        product = product.combine(factor) { fmpq_poly_mul($0, $1, $2) }
      }
      repeated = repeated.combine(higher) { fmpq_poly_div($0, $1, $2) }
      rest = higher
      multiplicity += 1
    }
    return product
  }

  func remainder(dividingBy divisor: UnivariatePolynomial) -> UnivariatePolynomial {
    combine(divisor) { fmpq_poly_rem($0, $1, $2) }
  }

  /// - Throws: `tooLarge` when polynomial remainders are out of reach.
  func requireTractable() throws(ExactError) {
    let limit = UnivariatePolynomial.coefficientLimit
    if degree > UnivariatePolynomial.degreeLimit { throw .tooLarge(limit: .degree) }
    var common = Rational.one
    for coefficient in coefficients {
      if coefficient.bitLength > limit { throw .tooLarge(limit: .coefficients) }
      common = Rational.lcm(common, coefficient.denominator)
      if common.bitLength > limit { throw .tooLarge(limit: .coefficients) }
    }
    // The remainders hold about degree²/2 integers, each up to 2·degree times as long.
    let bits = coefficients.reduce(1) { max($0, ($1 * common).bitLength) }
    if degree * degree * degree * bits > 500_000_000 { throw .tooLarge(limit: .work) }
  }

  /// The positive multiple of p with coprime integer coefficients.
  var primitivePart: UnivariatePolynomial {
    let content = coefficients.reduce(Rational.zero) { Rational.gcd($0, $1) }
    return UnivariatePolynomial(coefficients.map { $0 / content })
  }

  private typealias Pointer = UnsafeMutablePointer<fmpq_poly_struct>

  private func combine(
    _ other: UnivariatePolynomial, _ operation: (Pointer, Pointer, Pointer) -> Void
  ) -> UnivariatePolynomial {
    withFlint { left in
      other.withFlint { right in
        UnivariatePolynomial([]).withFlint { result in
          operation(result, left, right)
          return UnivariatePolynomial(
            (0..<fmpq_poly_length(result)).map { index in
              Rational { fmpq_poly_get_coeff_fmpq($0, result, index) }
            })
        }
      }
    }
  }

  private func withFlint<Result>(_ body: (Pointer) -> Result) -> Result {
    var polynomial = fmpq_poly_struct()
    fmpq_poly_init(&polynomial)
    defer { fmpq_poly_clear(&polynomial) }
    for (index, coefficient) in coefficients.enumerated() {
      coefficient.withFraction { fmpq_poly_set_coeff_fmpq(&polynomial, index, $0) }
    }
    return body(&polynomial)
  }
}
