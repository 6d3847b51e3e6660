extension Polynomial {
  /// p(x₁, …, xₙ). Precondition: n values. Throws `tooLarge` when a power exceeds
  /// `Rational.bitLimit`.
  public func value(at point: [Rational]) throws(ExactError) -> Rational {
    requireCount(point.count)
    var sum = Rational.zero
    for term in terms {
      var product = term.coefficient
      for (base, exponent) in zip(point, term.exponents) where exponent > 0 {
        guard let power = base.power(exponent) else { throw .tooLarge(limit: .coefficients) }
        product *= power
      }
      sum += product
      if sum.bitLength > 2 * Rational.bitLimit { throw .tooLarge(limit: .coefficients) }
    }
    return sum
  }

  /// p(q₁, …, qₙ) for polynomials of any one ring. Precondition: n polynomials, n ≥ 1.
  public func substituting(_ replacements: [Polynomial]) throws(ExactError) -> Polynomial {
    requireCount(replacements.count)
    precondition(!replacements.isEmpty, "a polynomial without generators has no substitution")
    var powers = replacements.map { PowerTable(base: $0) }
    var sum = replacements[0].ring.constant(.zero)
    for term in terms {
      var product = replacements[0].ring.constant(term.coefficient)
      for index in powers.indices where term.exponents[index] > 0 {
        product = try product * powers[index].power(term.exponents[index])
      }
      sum = try sum + product
    }
    return sum
  }

  /// p with gᵢ replaced by a polynomial of the same ring.
  public func substituting(
    generator index: Int, by replacement: Polynomial
  ) throws(ExactError) -> Polynomial {
    ring.require(index)
    var replacements = (0..<ring.generatorCount).map { ring.generator($0) }
    replacements[index] = replacement
    return try substituting(replacements)
  }

  /// c₀, …, c_d with p = Σ cₖ gᵢᵏ, where gᵢ does not occur in the cₖ; empty for the zero polynomial.
  public func coefficients(in index: Int) throws(ExactError) -> [Polynomial] {
    guard EffortLimit.spend(termCount / 5) else { throw .tooLarge(limit: .work) }
    var parts = [[Term]](repeating: [], count: degree(in: index) + 1)
    for var term in terms {
      let exponent = term.exponents[index]
      term.exponents[index] = 0
      parts[exponent].append(term)
    }
    var result: [Polynomial] = []
    for part in parts { result.append(try ring.polynomial(part)) }
    return result
  }

  /// The polynomial in gᵢ alone, or nil when another generator occurs.
  public func univariate(in index: Int) -> UnivariatePolynomial? {
    var coefficients = [Rational](repeating: .zero, count: max(degree(in: index), 0) + 1)
    for term in terms {
      let exponent = term.exponents[index]
      if term.exponents.reduce(0, +) != exponent { return nil }
      coefficients[exponent] = term.coefficient
    }
    return UnivariatePolynomial(coefficients)
  }

  func requireCount(_ count: Int) {
    precondition(
      count == ring.generatorCount, "\(count) values for \(ring.generatorCount) generators")
  }
}

/// The powers of one polynomial, each formed once.
struct PowerTable {
  let base: Polynomial
  private var powers: [Int: Polynomial] = [:]

  init(base: Polynomial) { self.base = base }

  mutating func power(_ n: Int) throws(ExactError) -> Polynomial {
    if let known = powers[n] { return known }
    let power = try base.power(n)
    powers[n] = power
    return power
  }
}
