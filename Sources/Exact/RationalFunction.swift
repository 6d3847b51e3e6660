/// p/q in Q(g₁, …, gₙ), in lowest terms with q primitive of positive leading coefficient.
///
/// The form is unique, so that equality compares parts. Every operation throws
/// `ExactError.tooLarge` beyond the limits of the ring.
public struct RationalFunction: Sendable, Hashable, CustomStringConvertible {
  /// p, coprime to q.
  public let numerator: Polynomial
  /// q, primitive with positive leading coefficient.
  public let denominator: Polynomial

  /// Precondition: lowest terms and a primitive denominator.
  private init(lowestTerms numerator: Polynomial, _ denominator: Polynomial) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// p/1.
  public init(_ polynomial: Polynomial) {
    self.init(lowestTerms: polynomial, polynomial.ring.constant(.one))
  }

  /// p/q. Throws `divisionByZero` when q is 0.
  public init(_ numerator: Polynomial, over denominator: Polynomial) throws(ExactError) {
    numerator.requireSameRing(denominator)
    if denominator.isZero { throw .divisionByZero }
    if numerator.isZero {
      self.init(numerator)
      return
    }
    let parts = try numerator.primitive.commonDivisor(denominator.primitive)
    self.init(
      lowestTerms: Polynomial(scale: numerator.scale / denominator.scale, primitive: parts.first),
      Polynomial(scale: .one, primitive: parts.second))
  }

  /// The ring of numerator and denominator.
  public var ring: PolynomialRing { numerator.ring }

  /// Whether the function is 0.
  public var isZero: Bool { numerator.isZero }

  /// The value of a constant function, or nil.
  public var asConstant: Rational? {
    asPolynomial?.asConstant
  }

  /// The function as a polynomial, or nil when it has a denominator.
  public var asPolynomial: Polynomial? {
    denominator.asConstant == .one ? numerator : nil
  }

  /// "p" or "(p)/(q)".
  public var description: String {
    asPolynomial?.description ?? "(\(numerator))/(\(denominator))"
  }

  /// -f.
  public static prefix func - (function: RationalFunction) -> RationalFunction {
    RationalFunction(lowestTerms: -function.numerator, function.denominator)
  }

  /// f + g.
  public static func + (
    left: RationalFunction, right: RationalFunction
  ) throws(ExactError) -> RationalFunction {
    left.numerator.requireSameRing(right.numerator)
    let parts = try left.denominator.primitive.commonDivisor(right.denominator.primitive)
    let first = Polynomial(scale: .one, primitive: parts.first)
    let second = Polynomial(scale: .one, primitive: parts.second)
    let above = try left.numerator * second + right.numerator * first
    return try RationalFunction(above, over: left.denominator * second)
  }

  /// f - g.
  public static func - (
    left: RationalFunction, right: RationalFunction
  ) throws(ExactError) -> RationalFunction {
    try left + (-right)
  }

  /// f · g.
  public static func * (
    left: RationalFunction, right: RationalFunction
  ) throws(ExactError) -> RationalFunction {
    // Dividing crosswise first keeps the products small, and their quotient in lowest terms.
    let first = try RationalFunction(left.numerator, over: right.denominator)
    let second = try RationalFunction(right.numerator, over: left.denominator)
    if first.isZero || second.isZero { return RationalFunction(left.ring.constant(.zero)) }
    return try RationalFunction(
      lowestTerms: first.numerator * second.numerator, first.denominator * second.denominator)
  }

  /// f / g. Throws `divisionByZero` when g is 0.
  public static func / (
    left: RationalFunction, right: RationalFunction
  ) throws(ExactError) -> RationalFunction {
    try left * right.reciprocal()
  }

  /// 1/f. Throws `divisionByZero` when f is 0.
  public func reciprocal() throws(ExactError) -> RationalFunction {
    if isZero { throw .divisionByZero }
    return RationalFunction(
      lowestTerms: try denominator.scaled(by: Rational.one / numerator.scale),
      numerator.primitivePart)
  }

  /// fⁿ, with f⁰ = 1. Throws `divisionByZero` for a negative power of 0.
  public func power(_ n: Int) throws(ExactError) -> RationalFunction {
    if n < 0 {
      if n == .min { throw .tooLarge(limit: .degree) }
      return try reciprocal().power(-n)
    }
    return RationalFunction(lowestTerms: try numerator.power(n), try denominator.power(n))
  }

  /// ∂f/∂gᵢ. Precondition: 0 ≤ i < n.
  public func derivative(in index: Int) throws(ExactError) -> RationalFunction {
    let above =
      try numerator.derivative(in: index) * denominator
      - numerator * denominator.derivative(in: index)
    return try RationalFunction(above, over: denominator.power(2))
  }

  /// f(x₁, …, xₙ), or nil where the denominator vanishes. Precondition: n values.
  public func value(at point: [Rational]) throws(ExactError) -> Rational? {
    let below = try denominator.value(at: point)
    return below.isZero ? nil : try numerator.value(at: point) / below
  }

  /// f(r₁, …, rₙ) for functions of any one ring.
  ///
  /// Precondition: n functions, n ≥ 1. Throws `divisionByZero` when f has no value there.
  public func substituting(
    _ replacements: [RationalFunction]
  ) throws(ExactError) -> RationalFunction {
    try numerator.substituting(replacements) / denominator.substituting(replacements)
  }
}

extension Polynomial {
  /// p(r₁, …, rₙ) for rational functions of any one ring: Σ c ∏ aᵢ^eᵢ bᵢ^(dᵢ-eᵢ) / ∏ bᵢ^dᵢ with
  /// rᵢ = aᵢ/bᵢ and dᵢ the degree in gᵢ, reduced once. Precondition: n functions, n ≥ 1.
  public func substituting(
    _ replacements: [RationalFunction]
  ) throws(ExactError) -> RationalFunction {
    requireCount(replacements.count)
    precondition(!replacements.isEmpty, "a polynomial without generators has no substitution")
    let target = replacements[0].ring
    if isZero { return RationalFunction(target.constant(.zero)) }
    let degrees = replacements.indices.map { degree(in: $0) }
    var above = replacements.map { PowerTable(base: $0.numerator) }
    var below = replacements.map { PowerTable(base: $0.denominator) }
    var sum = target.constant(.zero)
    for term in terms {
      var product = target.constant(term.coefficient)
      for index in degrees.indices where degrees[index] > 0 {
        let exponent = term.exponents[index]
        product = try product * above[index].power(exponent)
        product = try product * below[index].power(degrees[index] - exponent)
      }
      sum = try sum + product
    }
    var denominator = target.constant(.one)
    for index in degrees.indices where degrees[index] > 0 {
      denominator = try denominator * below[index].power(degrees[index])
    }
    return try RationalFunction(sum, over: denominator)
  }
}
