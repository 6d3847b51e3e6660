extension Polynomial {
  /// The resultant with respect to gᵢ: a polynomial in the other generators that vanishes exactly
  /// where p and q, as polynomials in gᵢ, have a common complex root or both leading coefficients
  /// vanish (both of positive degree in gᵢ).
  ///
  /// - Precondition: 0 ≤ i < n.
  /// - Throws: `tooLarge` beyond the ring's limits.
  public func resultant(_ other: Polynomial, in index: Int) throws(ExactError) -> Polynomial {
    requireSameRing(other)
    ring.require(index)
    var elimination = Elimination(ring: ring)
    return try elimination.resultant(coefficients(in: index), other.coefficients(in: index))
  }

  /// The discriminant (-1)^(d(d-1)/2) · res(p, ∂p/∂gᵢ) / lc(p) with respect to gᵢ, of degree d in it.
  ///
  /// - Precondition: d ≥ 1.
  /// - Throws: `tooLarge` beyond the ring's limits.
  public func discriminant(in index: Int) throws(ExactError) -> Polynomial {
    let degree = degree(in: index)
    precondition(degree >= 1, "the discriminant of a polynomial that is constant in its variable")
    var elimination = Elimination(ring: ring)
    let coefficients = try coefficients(in: index)
    let resultant = try elimination.resultant(
      coefficients, derivative(in: index).coefficients(in: index))
    let quotient = try elimination.divide(resultant, by: coefficients[degree])
    return (degree * (degree - 1) / 2).isMultiple(of: 2) ? quotient : -quotient
  }
}

/// Resultants by the subresultant algorithm (Cohen, *A Course in Computational Algebraic Number
/// Theory*, algorithm 3.3.7), step by step, so that the work can be limited as it grows.
///
/// Polynomials in the eliminated variable are arrays of coefficients, the constant one first.
private struct Elimination {
  let ring: PolynomialRing
  /// The products of two terms done so far.
  private var products = 0

  init(ring: PolynomialRing) { self.ring = ring }

  mutating func resultant(
    _ first: [Polynomial], _ second: [Polynomial]
  ) throws(ExactError) -> Polynomial {
    if first.isEmpty || second.isEmpty { return ring.constant(.zero) }
    var (high, low) = (first, second)
    var isNegated = false
    if high.count < low.count {
      isNegated = !((high.count - 1) * (low.count - 1)).isMultiple(of: 2)
      swap(&high, &low)
    }
    var (g, h) = (ring.constant(.one), ring.constant(.one))
    while low.count > 1 {
      let gap = high.count - low.count
      if !((high.count - 1) * (low.count - 1)).isMultiple(of: 2) { isNegated.toggle() }
      let divisor = try multiply(g, power(h, gap))
      let remainder = try pseudoRemainder(high, low)
      if remainder.isEmpty { return ring.constant(.zero) }
      high = low
      low = []
      for coefficient in remainder { low.append(try divide(coefficient, by: divisor)) }
      g = high[high.count - 1]
      h = try nextScale(g, h, gap)
    }
    let result = try nextScale(low[0], h, high.count - 1)
    return isNegated ? -result : result
  }

  /// gᵏ / hᵏ⁻¹, a polynomial; h for k = 0.
  private mutating func nextScale(
    _ g: Polynomial, _ h: Polynomial, _ k: Int
  ) throws(ExactError) -> Polynomial {
    k == 0 ? h : try divide(power(g, k), by: power(h, k - 1))
  }

  /// The remainder of lc(low)^(gap + 1) · high by low.
  private mutating func pseudoRemainder(
    _ high: [Polynomial], _ low: [Polynomial]
  ) throws(ExactError) -> [Polynomial] {
    let leading = low[low.count - 1]
    var rest = high
    for shift in stride(from: high.count - low.count, through: 0, by: -1) {
      let top = rest.removeLast()
      for index in rest.indices {
        rest[index] = try multiply(rest[index], leading)
        if index >= shift {
          rest[index] = try rest[index] - multiply(top, low[index - shift])
        }
      }
    }
    while let last = rest.last, last.isZero { rest.removeLast() }
    return rest
  }

  private mutating func multiply(
    _ left: Polynomial, _ right: Polynomial
  ) throws(ExactError) -> Polynomial {
    try count(left.termCount, right.termCount)
    return try left * right
  }

  private mutating func power(_ base: Polynomial, _ n: Int) throws(ExactError) -> Polynomial {
    var result = ring.constant(.one)
    for _ in 0..<n { result = try multiply(result, base) }
    return result
  }

  /// The quotient, which the algorithm knows to be a polynomial.
  mutating func divide(_ left: Polynomial, by right: Polynomial) throws(ExactError) -> Polynomial {
    guard let quotient = try left.divided(exactlyBy: right) else {
      preconditionFailure("a subresultant is not divisible by the one before")
    }
    try count(quotient.termCount, right.termCount)
    return quotient
  }

  private mutating func count(_ left: Int, _ right: Int) throws(ExactError) {
    // Neither exceeds the ring's limit on terms, so that nothing overflows.
    products += left * right
    if products > ring.limits.eliminationProducts { throw .tooLarge(limit: .work) }
  }
}
