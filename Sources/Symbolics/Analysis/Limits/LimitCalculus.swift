import Exact

/// One limit question: expansions of the expression's parts for t → ∞, where the symbol is t, -t,
/// c + 1/t or c - 1/t.
final class LimitCalculus {
  let symbol: Symbol
  let scale: GrowthScale
  let assumptions: Assumptions
  private let symbolExpansion: Expansion
  private let effort: SignCalculus.Effort
  private var known: [Expression: Result<Expansion, Undecided>] = [:]
  private var depth = 0

  convenience init(symbol: Symbol, point: LimitPoint, assumptions: Assumptions) {
    let expansion: Expansion
    func shifted(_ value: Expression, _ direction: Expression) -> Expansion {
      let step = GrowthTerm(coefficient: direction, growth: Growth(power: .minusOne))
      return Expansion(
        terms: Expansion.constant(value).terms + [step], remainder: .none)
    }
    switch point {
    case .plusInfinity:
      expansion = Expansion(
        terms: [GrowthTerm(coefficient: .one, growth: .variable)], remainder: .none)
    case .minusInfinity:
      expansion = Expansion(
        terms: [GrowthTerm(coefficient: .minusOne, growth: .variable)], remainder: .none)
    case .above(let value): expansion = shifted(value, .one)
    case .below(let value): expansion = shifted(value, .minusOne)
    }
    self.init(
      symbol: symbol, expansion: expansion,
      assumptions: assumptions.adding(symbol, in: .reals), effort: SignCalculus.Effort(6000))
  }

  private init(
    symbol: Symbol, expansion: Expansion, assumptions: Assumptions, effort: SignCalculus.Effort
  ) {
    self.symbol = symbol
    self.assumptions = assumptions
    self.effort = effort
    symbolExpansion = expansion
    scale = GrowthScale(assumptions, effort: effort)
  }

  func limit(of u: Expression) -> Limit {
    if let expansion = try? expansion(of: u), case let limit = limit(of: expansion),
      limit != .unknown
    {
      return limit
    }
    return limitByContinuity(of: u)
  }

  /// What an expansion tends to.
  func limit(of expansion: Expansion) -> Limit {
    do {
      guard let leading = expansion.terms.first, try scale.compare(leading.growth, .one) > 0 else {
        return try finiteLimit(of: expansion)
      }
      return try scale.sign(of: leading.coefficient) > 0 ? .plusInfinity : .minusInfinity
    } catch {
      return .unknown
    }
  }

  private func finiteLimit(of expansion: Expansion) throws(Undecided) -> Limit {
    if case .bounded(let bound) = expansion.remainder, try scale.compare(bound, .one) >= 0 {
      return .unknown
    }
    var rest = expansion
    var value = Expression.zero
    if let leading = rest.terms.first, try scale.compare(leading.growth, .one) == 0 {
      value = leading.coefficient
      rest.terms.removeFirst()
    }
    if value.isConstant, value.rationalValue == nil, value.size <= 40,
      let number = ExactConstant.rational(of: value)
    {
      value = Expression(number)
    }
    let sign = (try? scale.eventualSign(of: rest)) ?? 0
    return .finite(value, approached: sign > 0 ? .fromAbove : sign < 0 ? .fromBelow : .unknown)
  }

  func expansion(of u: Expression) throws(Undecided) -> Expansion {
    guard u.contains(symbol) else { return .constant(u) }
    if let known = known[u] { return try known.get() }
    guard depth < 200, effort.spend() else { throw Undecided() }
    depth += 1
    defer { depth -= 1 }
    do {
      let result = try expand(u)
      known[u] = .success(result)
      return result
    } catch {
      known[u] = .failure(error)
      throw error
    }
  }

  private func expand(_ u: Expression) throws(Undecided) -> Expansion {
    switch u.form {
    case .rational, .pi: return .constant(u)
    case .symbol: return symbolExpansion
    case .sum(let terms):
      var result = Expansion.zero
      for term in terms { result = try scale.add(result, expansion(of: term)) }
      return result
    case .product(let factors):
      var result = Expansion.constant(.one)
      for factor in factors { result = try scale.multiply(result, expansion(of: factor)) }
      return result
    case .power(let base, let exponent):
      if !exponent.contains(symbol) {
        return try scale.power(expansion(of: base), exponent)
      }
      let logarithm = try scale.logarithm(expansion(of: base))
      return try scale.exponential(scale.multiply(expansion(of: exponent), logarithm))
    case .call(let function, let arguments): return try expand(function, arguments)
    case .piecewise(let branches):
      for branch in branches where try eventually(branch.condition) {
        return try expansion(of: branch.value)
      }
      throw Undecided()
    case .finiteSum(let sum): return try expand(sum)
    }
  }

  /// Whether a predicate holds for all large t, or for none.
  func eventually(_ predicate: Predicate) throws(Undecided) -> Bool {
    switch predicate {
    case .always: return true
    case .never: return false
    case .not(let inner): return try !eventually(inner)
    case .and(let parts):
      for part in parts where try !eventually(part) { return false }
      return true
    case .or(let parts):
      for part in parts where try eventually(part) { return true }
      return false
    case .compare(let a, let relation, let b):
      let difference = a - b
      if difference.contains(symbol) {
        return relation.holds(forSign: try scale.eventualSign(of: expansion(of: difference)))
      }
      guard let truth = scale.decide(.compare(a, relation, b)) else { throw Undecided() }
      return truth
    }
  }

  /// Σ (c + d m + o(1)): term by term where the growth is the same for every index, and the limits
  /// added up where the bodies converge.
  private func expand(_ sum: FiniteSum) throws(Undecided) -> Expansion {
    guard !sum.lower.contains(symbol), !sum.upper.contains(symbol) else { throw Undecided() }
    let (calculus, body, index) = SignCalculus(assumptions, effort: effort).underIndex(sum)
    let inner = LimitCalculus(
      symbol: symbol, expansion: symbolExpansion, assumptions: calculus.assumptions,
      effort: effort)
    let expansion = try inner.expansion(of: body)
    let count = scale.signs(of: sum.upper - sum.lower + 1)
    var total = Expansion.zero
    var rest = expansion
    while let term = rest.terms.first, try inner.scale.compare(term.growth, .one) >= 0 {
      guard !term.growth.mentions(index) else { throw Undecided() }
      let coefficient = Expression.finiteSum(
        term.coefficient, over: index, from: sum.lower, to: sum.upper)
      total.terms.append(GrowthTerm(coefficient: coefficient, growth: term.growth))
      rest.terms.removeFirst()
    }
    if rest.terms.isEmpty, rest.isExact { return total }
    guard try inner.scale.isSmall(rest) else { throw Undecided() }
    var signs = SignSet.all
    if !count.contains(.zero), let sign = try? inner.scale.eventualSign(of: rest) {
      signs = SignSet(sign: sign)
    }
    total.remainder = .vanishing(signs)
    return total
  }

  /// The limits of a finite sum's terms added up: for every index a finite one, or for every index the
  /// same infinity.
  func termwiseLimit(of sum: FiniteSum) -> Limit {
    guard !sum.lower.contains(symbol), !sum.upper.contains(symbol) else { return .unknown }
    let (calculus, body, index) = SignCalculus(assumptions, effort: effort).underIndex(sum)
    let inner = LimitCalculus(
      symbol: symbol, expansion: symbolExpansion, assumptions: calculus.assumptions,
      effort: effort)
    let hasTerms = scale.signs(of: sum.upper - sum.lower + 1).isPositive
    switch inner.limit(of: body) {
    case .finite(let value, let side):
      let total = Expression.finiteSum(value, over: index, from: sum.lower, to: sum.upper)
      return .finite(total, approached: hasTerms ? side : .unknown)
    case .plusInfinity where hasTerms: return .plusInfinity
    case .minusInfinity where hasTerms: return .minusInfinity
    case .plusInfinity, .minusInfinity: return .unknown
    case .unknown:
      guard hasTerms, let apart = sum.withPlainEndApart else { return .unknown }
      return limit(of: apart)
    }
  }
}

extension Growth {
  func mentions(_ symbol: Symbol) -> Bool {
    power.contains(symbol) || logPower.contains(symbol)
      || exponent.contains { $0.coefficient.contains(symbol) || $0.growth.mentions(symbol) }
  }
}
