extension TrendSearch {
  /// By the outermost operation.
  func structuralTrend(of formula: Expression) -> Trend? {
    switch formula.form {
    case .rational, .pi: return .constant
    case .symbol: return .increasing
    case .sum(let terms): return common(terms.map { trend(of: $0) })
    case .product(let factors): return productTrend(factors)
    case .power(let base, let exponent): return powerTrend(base, exponent)
    case .call(let function, let arguments):
      if arguments.count > 1 { return extremeTrend(function, arguments) }
      guard let inner = trend(of: arguments[0]),
        let outer = direction(of: function, on: arguments[0])
      else { return nil }
      return outer == .increasing ? inner : inner.reversed
    case .piecewise(let branches): return piecewiseTrend(branches)
    case .finiteSum(let sum):
      guard !sum.lower.contains(t), !sum.upper.contains(t) else { return nil }
      guard known.decide(.compare(sum.upper, .greaterOrEqual, sum.lower)) == true else {
        return nil
      }
      let index = Interval(.closed(sum.lower), .closed(sum.upper))
      return known.adding(sum.index, in: index, isInteger: true).trend(of: sum.body, in: t)
        ?? sum.withPlainEndApart.flatMap { trend(of: $0) }
    }
  }

  /// That of the operand that is the maximum or minimum everywhere, else the one that both have.
  private func extremeTrend(_ function: Function, _ operands: [Expression]) -> Trend? {
    guard function == .max || function == .min else { return nil }
    let difference = known.signs(of: operands[0] - operands[1])
    if difference.isNonnegative { return trend(of: operands[function == .max ? 0 : 1]) }
    if difference.isNonpositive { return trend(of: operands[function == .max ? 1 : 0]) }
    let trends = operands.map { trend(of: $0) }
    return trends[0] == trends[1] && trends[0] != .constant ? trends[0] : nil
  }

  /// The one strict trend that all non-constant parts have.
  private func common(_ parts: [Trend?]) -> Trend? {
    var result = Trend.constant
    for part in parts {
      guard let part else { return nil }
      if part == .constant { continue }
      if result != .constant, result != part { return nil }
      result = part
    }
    return result
  }

  /// A factor of constant sign, free of t, times one factor with a trend, or several that agree.
  private func productTrend(_ factors: [Expression]) -> Trend? {
    let free = Expression.product(factors.filter { !$0.contains(t) })
    let bound = factors.filter { $0.contains(t) }
    let sign = known.signs(of: free)
    var inner: Trend?
    if bound.count == 1 {
      inner = trend(of: bound[0])
    } else {
      inner = commonTrend(ofFactors: bound)
    }
    guard let inner else { return nil }
    switch sign {
    case .positive: return inner
    case .negative: return inner.reversed
    default: return nil
    }
  }

  /// Factors that never change sign, their sizes all growing or all shrinking: so does the product's.
  private func commonTrend(ofFactors factors: [Expression]) -> Trend? {
    var isNegative = false
    var sizes: [Trend?] = []
    for factor in factors {
      let signs = known.signs(of: factor)
      guard signs.isNonnegative || signs.isNonpositive else { return nil }
      let trend = trend(of: factor)
      // Such as max(t, 0) for t <= 0, which makes the product 0.
      if trend == .constant, !signs.isNonzero { return nil }
      sizes.append(signs.isNonnegative ? trend : trend?.reversed)
      if !signs.isNonnegative { isNegative.toggle() }
    }
    let size = common(sizes)
    return isNegative ? size?.reversed : size
  }

  private func powerTrend(_ base: Expression, _ exponent: Expression) -> Trend? {
    if !base.contains(t) {
      // a^u = exp(u·log a)
      guard let inner = trend(of: exponent) else { return nil }
      switch known.signs(of: base - 1) {
      case .positive: return inner
      case .negative where known.signs(of: base) == .positive: return inner.reversed
      default: return nil
      }
    }
    guard !exponent.contains(t), let inner = trend(of: base) else { return nil }
    let baseSigns = known.signs(of: base)
    let exponentSign = known.signs(of: exponent)
    let parity = known.parity(of: exponent)
    let (isOdd, isEven) = (parity == .odd, parity == .even)
    if exponentSign == .positive {
      if isOdd || !baseSigns.contains(.negative) { return inner }
      return isEven && !baseSigns.contains(.positive) ? inner.reversed : nil
    }
    guard exponentSign == .negative else { return nil }
    if baseSigns == .positive { return inner.reversed }
    guard baseSigns == .negative else { return nil }
    return isOdd ? inner.reversed : isEven ? inner : nil
  }

  /// Two branches that meet at a point of the line, with one trend and one value there.
  private func piecewiseTrend(_ branches: [Branch]) -> Trend? {
    guard branches.count == 2, branches[1].condition == .always,
      case .compare(let left, let relation, let right) = branches[0].condition
    else { return nil }
    let me = Expression(t)
    let (cut, side): (Expression, Relation)
    if left == me, !right.contains(t) {
      (cut, side) = (right, relation)
    } else if right == me, !left.contains(t) {
      (cut, side) = (left, relation.mirrored)
    } else {
      return nil
    }
    guard side != .equal, side != .unequal else { return nil }
    let first = known.narrowing(t, side, cut).trend(of: branches[0].value, in: t)
    let second = known.narrowing(t, side.negated, cut).trend(of: branches[1].value, in: t)
    guard let first, first == second, first != .constant else { return nil }
    let jump =
      branches[0].value.substituting(t, by: cut) - branches[1].value.substituting(t, by: cut)
    return jump.isIdentical(to: .zero, under: known) ? first : nil
  }
}
