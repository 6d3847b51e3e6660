import Exact

/// Terms of falling growth, and what is left: t → ∞.
struct Expansion: Sendable {
  var terms: [GrowthTerm]
  var remainder: Remainder

  /// What the terms leave out.
  enum Remainder: Hashable, Sendable {
    /// Nothing: the expansion is the function.
    case none
    /// O(growth), of smaller growth than every term.
    case bounded(Growth)
    /// o(1), with the signs that it may have eventually.
    case vanishing(SignSet)
  }

  static let zero = Expansion(terms: [], remainder: .none)

  static func constant(_ value: Expression) -> Expansion {
    Expansion(
      terms: value.isZero ? [] : [GrowthTerm(coefficient: value, growth: .one)], remainder: .none)
  }

  var isExact: Bool { remainder == .none }
}

/// Arithmetic of expansions.
extension GrowthScale {
  /// Expansions keep so many terms.
  private static let termLimit = 5
  /// The largest coefficient that is carried on.
  private static let coefficientSizeLimit = 400

  /// Terms below the remainder dropped, and those beyond the limit moved into it.
  private func settled(_ terms: [GrowthTerm], _ remainder: Expansion.Remainder)
    throws(Undecided) -> Expansion
  {
    var kept: [GrowthTerm] = []
    var remainder = remainder
    for term in terms {
      if term.coefficient.size > Self.coefficientSizeLimit { throw Undecided() }
      switch remainder {
      case .none: break
      case .bounded(let bound):
        if try compare(term.growth, bound) <= 0 { continue }
      case .vanishing:
        if try compare(term.growth, .one) < 0 {
          remainder = .vanishing(.all)
          continue
        }
      }
      if kept.count == Self.termLimit {
        guard case .vanishing = remainder else {
          remainder = .bounded(term.growth)
          break
        }
        throw Undecided()
      }
      kept.append(term)
    }
    return Expansion(terms: kept, remainder: remainder)
  }

  private func larger(_ a: Expansion.Remainder, _ b: Expansion.Remainder) throws(Undecided)
    -> Expansion.Remainder
  {
    switch (a, b) {
    case (.none, let other), (let other, .none): return other
    case (.bounded(let x), .bounded(let y)): return .bounded(try compare(x, y) >= 0 ? x : y)
    case (.vanishing(let x), .vanishing(let y)): return .vanishing(x + y)
    case (.bounded(let x), .vanishing), (.vanishing, .bounded(let x)):
      return try compare(x, .one) < 0 ? .vanishing(.all) : .bounded(x)
    }
  }

  func add(_ a: Expansion, _ b: Expansion) throws(Undecided) -> Expansion {
    try settled(try sum(a.terms, b.terms), try larger(a.remainder, b.remainder))
  }

  func scale(_ a: Expansion, by factor: Expression) -> Expansion {
    if factor.isZero { return .zero }
    var remainder = a.remainder
    if case .vanishing(let signs) = remainder {
      remainder = .vanishing(signs * self.signs(of: factor))
    }
    return Expansion(
      terms: a.terms.map { GrowthTerm(coefficient: $0.coefficient * factor, growth: $0.growth) },
      remainder: remainder)
  }

  func multiply(_ a: Expansion, _ b: Expansion) throws(Undecided) -> Expansion {
    var result: [GrowthTerm] = []
    for x in a.terms {
      var row: [GrowthTerm] = []
      for y in b.terms {
        row.append(
          GrowthTerm(
            coefficient: x.coefficient * y.coefficient, growth: try product(x.growth, y.growth)))
      }
      result = try sum(result, row)
    }
    var remainder = try remainderOfProduct(a, b)
    remainder = try larger(remainder, try remainderOfProduct(b, a))
    return try settled(result, remainder)
  }

  /// (remainder of a)·b
  private func remainderOfProduct(_ a: Expansion, _ b: Expansion) throws(Undecided)
    -> Expansion.Remainder
  {
    let size: Growth
    if let leading = b.terms.first {
      size = leading.growth
    } else {
      switch b.remainder {
      case .none: return .none
      case .bounded(let bound): size = bound
      case .vanishing: size = .one
      }
    }
    switch a.remainder {
    case .none: return .none
    case .bounded(let bound): return .bounded(try product(bound, size))
    case .vanishing(let signs):
      guard try compare(size, .one) <= 0 else { throw Undecided() }
      if b.terms.count == 1, b.isExact {
        return .vanishing(signs * self.signs(of: b.terms[0].coefficient))
      }
      return .vanishing(.all)
    }
  }

  /// Σ cₖ εᵏ for a small ε, where c₀, c₁, … are the first coefficients of a power series.
  func powerSeries(_ coefficients: [Expression], at small: Expansion) throws(Undecided)
    -> Expansion
  {
    guard try isSmall(small) else { throw Undecided() }
    var result = Expansion.constant(coefficients[0])
    if small.terms.isEmpty, small.isExact { return result }
    var power = Expansion.constant(.one)
    for coefficient in coefficients.dropFirst() {
      power = try multiply(power, small)
      // Coefficients that vanish identically must not turn up as leading terms.
      if signs(of: coefficient) == .zero { continue }
      result = try add(result, scale(power, by: coefficient))
    }
    // The next power bounds what the series leaves out.
    let next = try multiply(power, small)
    var rest = next.remainder
    if let leading = next.terms.first { rest = try larger(rest, .bounded(leading.growth)) }
    return try settled(result.terms, try larger(result.remainder, rest))
  }

  /// Whether the function tends to 0.
  func isSmall(_ a: Expansion) throws(Undecided) -> Bool {
    if let leading = a.terms.first { return try compare(leading.growth, .one) < 0 }
    switch a.remainder {
    case .none, .vanishing: return true
    case .bounded(let bound): return try compare(bound, .one) < 0
    }
  }

  /// The sign that the function has eventually.
  func eventualSign(of a: Expansion) throws(Undecided) -> Int {
    if let leading = a.terms.first {
      let sign = try sign(of: leading.coefficient)
      // A leading coefficient is never 0, or it would have been dropped; only now is it certain.
      if sign != 0 { return sign }
      throw Undecided()
    }
    switch a.remainder {
    case .none: return 0
    case .vanishing(.positive): return 1
    case .vanishing(.negative): return -1
    case .vanishing, .bounded: throw Undecided()
    }
  }

  /// The leading term C·m, whose C has a certain sign, and ε with a = C·m·(1 + ε).
  func leading(_ a: Expansion) throws(Undecided) -> (term: GrowthTerm, rest: Expansion) {
    guard let term = a.terms.first, try sign(of: term.coefficient) != 0 else { throw Undecided() }
    let tail = Expansion(terms: Array(a.terms.dropFirst()), remainder: a.remainder)
    let inverse = GrowthTerm(
      coefficient: 1 / term.coefficient, growth: power(term.growth, .minusOne))
    return (term, try multiply(tail, Expansion(terms: [inverse], remainder: .none)))
  }

  /// a^r for a parameter expression r: C^r m^r (1 + ε)^r.
  func power(_ a: Expansion, _ r: Expression) throws(Undecided) -> Expansion {
    if a.terms.isEmpty, a.isExact, try sign(of: r) > 0 { return .zero }
    if let n = r.integerValue, n >= 0, n <= 6 {
      var result = Expansion.constant(.one)
      for _ in 0..<n { result = try multiply(result, a) }
      return result
    }
    let (term, rest) = try leading(a)
    let sign = try sign(of: term.coefficient)
    var coefficient = Expression.power(term.coefficient, r)
    if sign < 0 {
      guard let parity = parity(of: r) else { throw Undecided() }
      coefficient = .power(-term.coefficient, r)
      if parity == .odd { coefficient = -coefficient }
    }
    // The binomial series.
    var coefficients = [Expression.one]
    for k in 0..<4 {
      coefficients.append(coefficients[k] * (r - .rational(k)) * .rational(1, k + 1))
    }
    let factor = GrowthTerm(coefficient: coefficient, growth: power(term.growth, r))
    return try multiply(
      Expansion(terms: [factor], remainder: .none), powerSeries(coefficients, at: rest))
  }

  /// exp(a): what grows goes into the scale, the rest into a power series.
  func exponential(_ a: Expansion) throws(Undecided) -> Expansion {
    var factor = GrowthTerm(coefficient: .one, growth: .one)
    var small = Expansion(terms: [], remainder: a.remainder)
    for term in a.terms {
      switch try compare(term.growth, .one) {
      case 0: factor.coefficient = .exp(term.coefficient)
      case -1: small.terms.append(term)
      default:
        switch try compare(term.growth, .logarithm) {
        case 0: factor.growth.power = factor.growth.power + term.coefficient
        case 1: factor.growth.exponent.append(term)
        default: throw Undecided()
        }
      }
    }
    let coefficients: [Expression] = [1, 1, .rational(1, 2), .rational(1, 6), .rational(1, 24)]
    return try multiply(
      Expansion(terms: [factor], remainder: .none), powerSeries(coefficients, at: small))
  }

  /// log(a) = log C + log m + log(1 + ε), for a that is positive eventually.
  func logarithm(_ a: Expansion) throws(Undecided) -> Expansion {
    let (term, rest) = try leading(a)
    guard try sign(of: term.coefficient) > 0, try sign(of: term.growth.logPower) == 0 else {
      throw Undecided()
    }
    var result = Expansion(terms: term.growth.exponent, remainder: .none)
    if try sign(of: term.growth.power) != 0 {
      result.terms.append(GrowthTerm(coefficient: term.growth.power, growth: .logarithm))
    }
    let constant = Expression.log(term.coefficient)
    if signs(of: constant) != .zero { result = try add(result, .constant(constant)) }
    let coefficients: [Expression] = [0, 1, .rational(-1, 2), .rational(1, 3), .rational(-1, 4)]
    return try add(result, powerSeries(coefficients, at: rest))
  }
}
