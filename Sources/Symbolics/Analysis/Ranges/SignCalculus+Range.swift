import Exact

extension SignCalculus {
  /// The enclosure of `u` as it follows from those of its operands.
  func structuralRange(of u: Expression) -> Interval? {
    switch u.form {
    case .rational, .pi: return .point(u)
    case .symbol(let symbol): return rangeOfSymbol(symbol)
    case .sum(let terms):
      // First what the facts say, as the operands may use up the effort.
      guard let stated = rangeFromFacts(of: u) else { return nil }
      return combine(terms) { $0.adding($1) }.flatMap { $0.intersection(stated) }
    case .product(let factors): return combine(factors) { $0.multiplied(by: $1) }
    case .power(let base, let exponent): return rangeOfPower(base, exponent)
    case .call(let function, let arguments): return rangeOfCall(function, arguments)
    case .piecewise(let branches):
      return overBranches(branches) { $0.range(of: $1) }.compactMap { $0 }
        .reduce(nil) { known, next in known?.union(next) ?? next }
    case .finiteSum(let sum): return rangeOfFiniteSum(sum)
    }
  }

  private func combine(_ operands: [Expression], _ operation: (Interval, Interval) -> Interval)
    -> Interval?
  {
    var result: Interval?
    for operand in operands {
      guard let range = range(of: operand) else { return nil }
      result = result.map { operation($0, range) } ?? range
    }
    return result
  }

  /// The stated interval with ends that are no constants replaced by their own bounds, narrowed by
  /// the facts that compare the symbol with something, and to integer ends for an integer.
  private func rangeOfSymbol(_ symbol: Symbol) -> Interval? {
    let stated = assumptions.interval(of: symbol)
    guard var result = constantHull(of: stated) else { return nil }
    for fact in facts where fact.difference.contains(symbol) {
      guard let bound = bound(on: symbol, from: fact) else { continue }
      guard let narrowed = result.intersection(bound) else { return nil }
      result = narrowed
    }
    if assumptions.integers.contains(symbol) { result = result.integerHull }
    result = withoutExcludedEnds(result, of: symbol)
    if assumptions.integers.contains(symbol) { result = result.integerHull }
    return result.isEmpty ? nil : result
  }

  private func constantHull(of interval: Interval) -> Interval? {
    var result = Interval.reals
    if let low = interval.lower.value {
      guard let range = range(of: low) else { return nil }
      result.lower = interval.lower.isClosed ? range.lower : range.lower.opened
    }
    if let high = interval.upper.value {
      guard let range = range(of: high) else { return nil }
      result.upper = interval.upper.isClosed ? range.upper : range.upper.opened
    }
    return result
  }

  /// c·s + r with sign in a set: s lies above or below the range of -r/c.
  private func bound(on symbol: Symbol, from fact: SignFact) -> Interval? {
    let me = Expression(symbol)
    guard fact.signs != .nonzero,
      let term = fact.difference.terms.first(where: { $0.coefficientAndRest.rest == me })
    else { return nil }
    let coefficient = term.coefficientAndRest.coefficient
    let rest = (term - fact.difference) * Expression(Rational.one / coefficient)
    guard !rest.contains(symbol) else { return nil }
    let signs = coefficient.sign > 0 ? fact.signs : -fact.signs
    guard let range = range(of: rest) else { return nil }
    var result = Interval.reals
    if !signs.contains(.negative) {
      result.lower = signs.contains(.zero) ? range.lower : range.lower.opened
    }
    if !signs.contains(.positive) {
      result.upper = signs.contains(.zero) ? range.upper : range.upper.opened
    }
    return result
  }

  /// The interval without a closed end that a fact `symbol != end` takes out.
  private func withoutExcludedEnds(_ interval: Interval, of symbol: Symbol) -> Interval {
    var result = interval
    let me = Expression(symbol)
    for fact in facts
    where !fact.signs.contains(.zero) && fact.difference.terms.count <= 2
      && fact.difference.contains(symbol)
    {
      for scale in [Expression.one, .minusOne] {
        let value = me - scale * fact.difference
        guard value.isConstant else { continue }
        if result.lower == .closed(value) { result.lower = .open(value) }
        if result.upper == .closed(value) { result.upper = .open(value) }
      }
    }
    return result
  }

  private func rangeOfPower(_ base: Expression, _ exponent: Expression) -> Interval? {
    guard let range = range(of: base) else { return nil }
    guard let r = exponent.rationalValue else { return rangeOfSymbolicPower(range, exponent) }
    let size = Expression(r.magnitude)
    var result: Interval
    if r.isInteger, !(r / 2).isInteger {
      result = range.mapIncreasing { .power($0, size) }
    } else {
      guard let base = r.isInteger ? range.magnitude : range.intersection(.nonnegative) else {
        return nil
      }
      result = base.mapIncreasing { .power($0, size) }
    }
    return r.sign < 0 ? result.reciprocal : result
  }

  /// u^v = exp(v·log u) for u > 0.
  private func rangeOfSymbolicPower(_ base: Interval, _ exponent: Expression) -> Interval? {
    guard !base.signs.contains(.negative), let exponents = range(of: exponent) else {
      return .reals
    }
    var positive = base
    if base.signs != .positive {
      // 0^v = 0 for v > 0; 0^0 = 1 is a limit of the other powers, too.
      guard exponents.signs == .positive, base.lower.value?.isZero == true else {
        return .nonnegative
      }
      positive.lower = .open(.zero)
      if positive.isEmpty { return .point(.zero) }
    }
    let logarithms = positive.imageInDomain(of: .log) ?? .reals
    var result = logarithms.multiplied(by: exponents).imageInDomain(of: .exp)
    if positive != base { result?.lower = .closed(.zero) }
    return result
  }

  private func rangeOfCall(_ function: Function, _ arguments: [Expression]) -> Interval? {
    var ranges: [Interval] = []
    for argument in arguments {
      guard let range = range(of: argument) else { return nil }
      ranges.append(range)
    }
    let u = ranges[0]
    if function.monotone != nil { return u.imageInDomain(of: function) }
    switch function {
    case .abs: return u.magnitude
    case .cosh: return u.magnitude.mapIncreasing { .call(.cosh, [$0]) }
    case .sign: return Interval(.closed(.minusOne), .closed(.one))
    case .floor:
      return Interval(
        u.lower.value.map { .closed(.call(.floor, [$0])) } ?? .minusInfinity,
        u.upper.value.map { .closed(.call(.floor, [$0])) } ?? .plusInfinity)
    case .sin: return u.image(ofCircularFunction: .sin)
    case .cos: return u.image(ofCircularFunction: .cos)
    case .tan: return u.imageOfTangent
    case .max:
      return ranges.dropFirst().reduce(u) {
        Interval(Endpoint.innerLower($0.lower, $1.lower), Endpoint.highest($0.upper, $1.upper))
      }
    case .min:
      return ranges.dropFirst().reduce(u) {
        Interval(Endpoint.lowest($0.lower, $1.lower), Endpoint.innerUpper($0.upper, $1.upper))
      }
    case .atan2: return rangeOfAngle(arguments[0], arguments[1])
    case .mod: return Interval(.closed(.zero), ranges[1].upper.opened)
    default: return .reals
    }
  }

  /// atan2(y, x) is π on the negative half of the first axis alone.
  private func rangeOfAngle(_ y: Expression, _ x: Expression) -> Interval {
    let isOff = signs(of: y).isNonzero || signs(of: x).isNonnegative
    return Interval(.open(-Expression.pi), isOff ? .open(.pi) : .closed(.pi))
  }

  /// n terms between m and M add up to something between n·m and n·M.
  private func rangeOfFiniteSum(_ sum: FiniteSum) -> Interval? {
    guard depth > 0 else { return .reals }
    let (calculus, body, _) = underIndex(sum)
    guard let counts = range(of: sum.upper - sum.lower + 1)?.intersection(.nonnegative) else {
      return .point(.zero)
    }
    guard let terms = calculus.range(of: body) else {
      return counts.signs.contains(.zero) ? .point(.zero) : nil
    }
    return counts.multiplied(by: terms)
  }
}

extension Endpoint {
  /// The same end left out.
  var opened: Endpoint {
    if case .closed(let value) = self { .open(value) } else { self }
  }
}

extension Interval {
  /// The interval without the numbers beyond its first and last integer, when these are plain.
  var integerHull: Interval {
    func next(_ end: Endpoint, _ direction: Int) -> Endpoint {
      guard let value = end.value?.rationalValue else { return end }
      let scale = Rational(direction)
      // For a lower end the least integer ≥ value is -floor(-value).
      let rounded = -(-value * scale).floor()
      let integer = !end.isClosed && rounded == value * scale ? rounded + 1 : rounded
      return .closed(Expression(integer * scale))
    }
    return Interval(next(lower, 1), next(upper, -1))
  }
}
