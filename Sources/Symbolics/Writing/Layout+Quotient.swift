import Exact

/// Products and powers: sign, numerator and denominator.
extension Layout {
  /// ±numerator/denominator of a rational number, a product or a power.
  func quotient(_ expression: Expression) -> Notation {
    let (coefficient, rest) = expression.coefficientAndRest
    if coefficient.isZero { return .number("0") }
    var parts = QuotientParts(coefficient: coefficient.magnitude)
    for factor in rest.factors where !factor.isOne { parts.take(factor) }
    parts.gatherRealRoots()
    parts.gatherConstantRoots()
    parts.takeOutSigns()
    let above = product(parts.scale.numerator, parts.numerator)
    let below = product(parts.scale.denominator, parts.denominator)
    let value: Notation = below.isOne ? above : .fraction(above, below)
    return (coefficient.sign < 0) != parts.isNegated ? .negative(value) : value
  }

  private func product(_ coefficient: Rational, _ factors: [Expression]) -> Notation {
    // Within a rank by base, so that z1^2 z2 does not become z2 z1^2.
    let ranked = factors.map { (rank: $0.factorRank, factor: $0) }
    let ordered = ranked.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      let (base, other) = (a.factor.baseAndExponent.base, b.factor.baseAndExponent.base)
      return base == other ? a.factor.precedes(b.factor) : base.precedes(other)
    }
    var items = ordered.map { factor($0.factor) }
    if !coefficient.isOne || items.isEmpty { items.insert(.number("\(coefficient)"), at: 0) }
    return items.count == 1 ? items[0] : .product(items)
  }

  /// One factor: no rational number and no negative power.
  private func factor(_ factor: Expression) -> Notation {
    guard case .power(let base, let exponent) = factor.form else { return expression(factor) }
    if exponent.rationalValue == Rational(1, over: 2) { return .root(expression(base), degree: 2) }
    return .power(expression(base), expression(exponent))
  }
}

/// The factors above and below the line of a quotient.
private struct QuotientParts {
  var scale: Rational
  var numerator: [Expression] = []
  var denominator: [Expression] = []
  /// Whether a minus sign has been taken out of the factors.
  var isNegated = false

  init(coefficient: Rational) { scale = coefficient }

  mutating func take(_ factor: Expression) {
    if case .power(let base, let exponent) = factor.form, let value = exponent.rationalValue,
      value.sign < 0
    {
      denominator.append(
        value == .minusOne ? base : Expression(.power(base, Expression(-value))))
    } else {
      numerator.append(factor)
    }
  }

  /// cbrt(u)^2/u becomes 1/cbrt(u): canonical form keeps roots out of denominators, people do not.
  mutating func gatherRealRoots() {
    for position in numerator.indices.reversed() {
      let (base, exponent) = numerator[position].baseAndExponent
      guard case .call(.realRoot(let degree), let arguments) = base.form,
        let power = exponent.integerValue, (1..<degree).contains(power),
        let below = denominator.firstIndex(of: arguments[0])
      else { continue }
      numerator.remove(at: position)
      let rest = degree - power
      denominator[below] = rest == 1 ? base : Expression(.power(base, .rational(rest)))
    }
  }

  /// √2·√π becomes √(2π), √2/√π becomes 2/√(2π), and √2/(4π^(3/2)) becomes 1/(2π)^(3/2): canonical
  /// form keeps square roots of constants apart and out of denominators, people do not.
  mutating func gatherConstantRoots() {
    if gatherPowerOfPi() { return }
    let above = Self.removeRoot(of: { $0.rationalValue != nil }, from: &numerator)
    guard let number = above?.rationalValue else { return }
    if let other = Self.removeRoot(of: { $0.form == .pi }, from: &denominator) {
      scale = scale * number
      denominator.append(Self.root(of: Expression(.product([Expression(number), other]))))
    } else if let other = Self.removeRoot(of: { $0.rationalValue == nil }, from: &numerator) {
      let (coefficient, rest) = other.coefficientAndRest
      numerator.append(Self.root(of: .scaled(rest, by: coefficient * number)))
    } else {
      numerator.append(Self.root(of: Expression(number)))
    }
  }

  /// c√q/π^(k/2) = cq^((k + 1)/2)/(qπ)^(k/2) for odd k > 1, where that leaves a simpler number above.
  private mutating func gatherPowerOfPi() -> Bool {
    guard
      let above = numerator.firstIndex(where: { $0.squareRootOfNumber != nil }),
      let number = numerator[above].squareRootOfNumber,
      let below = denominator.firstIndex(where: { $0.baseAndExponent.base.form == .pi }),
      let exponent = denominator[below].baseAndExponent.exponent.rationalValue, exponent > 1,
      !exponent.isInteger, let power = (exponent + Rational(1, over: 2)).asInt,
      power <= 16
    else { return false }
    let gathered = (0..<power).reduce(scale) { product, _ in product * number }
    guard gathered.numerator <= scale.numerator else { return false }
    scale = gathered
    numerator.remove(at: above)
    denominator[below] = Expression(
      .power(Expression(.product([Expression(number), .pi])), Expression(exponent)))
    return true
  }

  /// (-a - b)/2 becomes -(a + b)/2.
  mutating func takeOutSigns() {
    for position in numerator.indices {
      guard case .sum(let terms) = numerator[position].form,
        terms.allSatisfy({ $0.coefficientAndRest.coefficient.sign < 0 })
      else { continue }
      numerator[position] = -numerator[position]
      isNegated.toggle()
    }
  }

  private static func root(of base: Expression) -> Expression {
    Expression(.power(base, .rational(1, 2)))
  }

  /// Takes √u out of `factors` and returns u, when exactly one square root has such a u.
  private static func removeRoot(
    of isWanted: (Expression) -> Bool, from factors: inout [Expression]
  ) -> Expression? {
    let positions = factors.indices.filter { position in
      guard case .power(let base, let exponent) = factors[position].form else { return false }
      return exponent.rationalValue == Rational(1, over: 2) && isWanted(base)
    }
    guard positions.count == 1 else { return nil }
    return factors.remove(at: positions[0]).baseAndExponent.base
  }
}

extension Expression {
  /// q if this is √q with a rational number q.
  fileprivate var squareRootOfNumber: Rational? {
    guard case .power(let base, let exponent) = form,
      exponent.rationalValue == Rational(1, over: 2)
    else { return nil }
    return base.rationalValue
  }

  /// Where a factor stands in a product: constants, exponentials, symbols, calls, sums.
  fileprivate var factorRank: Int {
    if isConstant { return form == .pi ? 0 : 1 }
    let (base, _) = baseAndExponent
    switch base.form {
    case .rational, .pi: return 2
    case .call(.exp, _): return 2
    case .symbol: return 3
    case .call: return 4
    case .power, .product, .sum: return 5
    case .piecewise, .finiteSum: return 6
    }
  }
}
