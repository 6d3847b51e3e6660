import Exact

/// An expression as a quotient of polynomials in its kernels, with sin² + cos² = 1 used.
struct KernelForm {
  let kernels: [KernelTable.Kernel]
  let numerator: Polynomial
  let denominator: Polynomial

  /// nil when the expression is too large for it.
  init?(_ expression: Expression, style: KernelTable.Style) {
    guard let table = KernelTable(of: expression, style: style) else { return nil }
    var limits = PolynomialRing.Limits()
    limits.terms = 400
    limits.degree = 60
    limits.coefficientBits = 4096
    limits.products = 100_000
    limits.factorTerms = 150
    limits.factorDegree = 30
    let ring = PolynomialRing(generatorCount: table.kernels.count, limits: limits)
    let conversion = KernelConversion(table: table, ring: ring)
    guard let function = try? conversion.function(of: expression),
      let above = try? conversion.reduced(function.numerator),
      let below = try? conversion.reduced(function.denominator), !below.isZero
    else { return nil }
    kernels = table.kernels
    numerator = above
    denominator = below
  }

  /// The polynomial with the kernels written out.
  func expression(of polynomial: Polynomial) -> Expression {
    .sum(
      polynomial.terms.map { term in
        .product(
          [Expression(term.coefficient)]
            + zip(kernels, term.exponents).filter { $0.1 > 0 }
            .map { .power($0.0.expression, Expression(Rational($0.1))) })
      })
  }
}

/// The conversion of expressions into rational functions of the kernels.
struct KernelConversion {
  let table: KernelTable
  let ring: PolynomialRing
  private let position: [KernelTable.Kernel: Int]

  init(table: KernelTable, ring: PolynomialRing) {
    self.table = table
    self.ring = ring
    position = Dictionary(
      uniqueKeysWithValues: table.kernels.enumerated().map { ($0.element, $0.offset) })
  }

  private func constant(_ value: Rational) -> RationalFunction {
    RationalFunction(ring.constant(value))
  }

  private func generator(_ kernel: KernelTable.Kernel) throws(ExactError) -> RationalFunction {
    guard let index = position[kernel] else { throw .tooLarge(limit: .terms) }
    return RationalFunction(ring.generator(index))
  }

  func function(of u: Expression) throws(ExactError) -> RationalFunction {
    switch u.form {
    case .rational(let value): return constant(value)
    case .pi, .symbol, .piecewise, .finiteSum: return try atom(u)
    case .sum(let terms):
      var result = constant(.zero)
      for term in terms { result = try result + function(of: term) }
      return result
    case .product(let factors):
      var result = constant(.one)
      for factor in factors { result = try result * function(of: factor) }
      return result
    case .power(let base, let exponent): return try power(base, exponent)
    case .call(let function, let arguments): return try call(function, arguments, in: u)
    }
  }

  /// An atom, or the power of a root that it is.
  private func atom(_ u: Expression) throws(ExactError) -> RationalFunction {
    if let degree = table.roots[u] {
      return try generator(.root(u, degree: degree)).power(degree)
    }
    if let degree = table.realRoots[u] {
      return try generator(.realRoot(u, degree: degree)).power(degree)
    }
    return try generator(.atom(u))
  }

  private func power(_ base: Expression, _ exponent: Expression) throws(ExactError)
    -> RationalFunction
  {
    let (fixed, rest) = KernelTable.splitExponent(exponent)
    var result = constant(.one)
    if !rest.isZero { result = try atom(.power(base, rest)) }
    if fixed.isZero { return result }
    if let n = fixed.asInt {
      guard abs(n) <= 60 else { throw .tooLarge(limit: .degree) }
      return try result * function(of: base).power(n)
    }
    guard let degree = table.roots[base], let n = (fixed * Rational(degree)).asInt, abs(n) <= 60
    else { return try result * atom(.power(base, Expression(fixed))) }
    return try result * generator(.root(base, degree: degree)).power(n)
  }

  private func call(_ function: Function, _ arguments: [Expression], in u: Expression)
    throws(ExactError) -> RationalFunction
  {
    let v = arguments[0]
    let one = constant(.one)
    let two = constant(2)
    switch function {
    case .exp: return try exponential(v)
    case .expm1: return try exponential(v) - one
    case .log1p: return try atom(.log(1 + v))
    case .realRoot(let degree):
      guard let common = table.realRoots[v] else { return try atom(u) }
      return try generator(.realRoot(v, degree: common)).power(common / degree)
    case .sin: return try circular(v).sine
    case .cos: return try circular(v).cosine
    case .tan:
      let values = try circular(v)
      return try values.sine / values.cosine
    case .sinh where table.style == .exponential:
      return try (exponential(v) - exponential(-v)) / two
    case .cosh where table.style == .exponential:
      return try (exponential(v) + exponential(-v)) / two
    case .tanh where table.style == .exponential:
      let square = try exponential(v).power(2)
      return try (square - one) / (square + one)
    case .sigmoid where table.style == .exponential:
      return try exponential(v) / (one + exponential(v))
    default: return try atom(u)
    }
  }

  private func exponential(_ u: Expression) throws(ExactError) -> RationalFunction {
    var result = constant(.one)
    for term in u.terms where !term.isZero {
      let (coefficient, rest) = term.coefficientAndRest
      guard let divisor = table.exponentials[rest],
        let n = (coefficient * Rational(divisor)).asInt
      else {
        result = try result * generator(.atom(.exp(term)))
        continue
      }
      guard abs(n) <= 60 else { throw .tooLarge(limit: .degree) }
      result = try result * generator(.exponential(rest, divisor: divisor)).power(n)
    }
    return result
  }

  /// sin and cos of a multiple of the kernel's angle, by the addition theorems.
  private func circular(_ u: Expression) throws(ExactError) -> (
    sine: RationalFunction, cosine: RationalFunction
  ) {
    let (coefficient, rest) = KernelTable.splitAngle(u)
    guard let divisor = table.angles[rest], let n = (coefficient * Rational(divisor)).asInt,
      abs(n) <= 16
    else { throw .tooLarge(limit: .degree) }
    let sine = try generator(.sine(rest, divisor: divisor))
    let cosine = try generator(.cosine(rest, divisor: divisor))
    var result = (sine: constant(.zero), cosine: constant(.one))
    for _ in 0..<abs(n) {
      result = (
        try result.sine * cosine + result.cosine * sine,
        try result.cosine * cosine - result.sine * sine
      )
    }
    return n < 0 ? (-result.sine, result.cosine) : result
  }

  /// The polynomial with cos² replaced by 1 - sin² and whole powers of roots by their bases.
  func reduced(_ polynomial: Polynomial) throws(ExactError) -> Polynomial {
    var result = polynomial
    for (index, kernel) in table.kernels.enumerated() {
      switch kernel {
      case .cosine(let u, let divisor):
        guard let sine = position[.sine(u, divisor: divisor)] else { continue }
        let square = try ring.constant(.one) - ring.generator(sine).power(2)
        result = try reduce(result, power: 2, of: index, to: square)
      case .root(let base, let degree), .realRoot(let base, let degree):
        guard let power = try compound(base) else { continue }
        result = try reduce(result, power: degree, of: index, to: power)
      case .atom, .exponential, .sine: continue
      }
    }
    return result
  }

  /// The base of a root as a polynomial, unless it is an atom, which the root already stands for.
  private func compound(_ base: Expression) throws(ExactError) -> Polynomial? {
    if position[.atom(base)] != nil { return nil }
    switch base.form {
    case .rational, .sum, .product: return try function(of: base).asPolynomial
    default: return nil
    }
  }

  /// g^(n q + r) = value^q g^r for the generator g with gⁿ = value.
  private func reduce(
    _ polynomial: Polynomial, power n: Int, of index: Int, to value: Polynomial
  ) throws(ExactError) -> Polynomial {
    guard polynomial.degree(in: index) >= n else { return polynomial }
    var sum = ring.constant(.zero)
    for (exponent, coefficient) in try polynomial.coefficients(in: index).enumerated() {
      let rest = try ring.generator(index).power(exponent % n)
      sum = try sum + coefficient * rest * value.power(exponent / n)
    }
    return sum
  }
}
