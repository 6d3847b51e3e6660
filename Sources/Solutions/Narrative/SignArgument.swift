import Symbolics

/// Why a derivative has one sign, told from its parts: the bounds of the factors of each term.
struct SignArgument {
  let known: Assumptions

  /// `Each term is > 0 as k >= 1 and 0 < sigmoid(k z) < 1; `, or nothing when there is nothing that
  /// the reader does not see.
  func sentence(for derivative: Expression) -> Prose {
    let facts = unique(bounds(of: derivative))
    guard !facts.isEmpty else { return "" }
    let parts = Prose.joined(facts.map { "\($0)" }, separator: " and ")
    if facts == bound(of: derivative).map({ [$0] }) { return "\(parts); " }
    let isSeries = derivative.factors.contains {
      if case .finiteSum = $0.form { true } else { false }
    }
    switch known.signs(of: derivative) {
    case .positive: return "\(isSeries ? "Each term is" : "It is") > 0 as \(parts); "
    case .negative: return "\(isSeries ? "Each term is" : "It is") < 0 as \(parts); "
    default: return "\(parts); "
    }
  }

  /// The bounds of the parts, as far as they are known.
  private func bounds(of expression: Expression) -> [Mathematics] {
    switch expression.form {
    case .rational, .pi: return []
    case .sum(let terms):
      // A difference such as 1 - sigmoid(u) is best bounded as a whole.
      let signs = terms.map { known.signs(of: $0) }
      let isAligned =
        signs.allSatisfy(\.isNonnegative) || signs.allSatisfy(\.isNonpositive)
      return isAligned
        ? terms.flatMap(bounds) : bound(of: expression).map { [$0] } ?? terms.flatMap(bounds)
    case .product(let factors): return factors.flatMap(bounds)
    case .power(let base, let exponent) where exponent.rationalValue != nil:
      return bound(of: expression).map { [$0] } ?? bounds(of: base)
    case .finiteSum(let sum):
      let index = Expression(sum.index)
      let range = Interval(.closed(sum.lower), .closed(sum.upper))
      let inner = SignArgument(known: known.adding(sum.index, in: range, isInteger: true))
      let least = Mathematics.expression(index).linked(.greaterOrEqual, .expression(sum.lower))
      return [least]
        + inner.bounds(of: sum.body).filter { $0 != inner.bound(of: index) && $0 != least }
    case .symbol, .call, .power, .piecewise: return bound(of: expression).map { [$0] } ?? []
    }
  }

  /// a < u < b
  private func bound(of expression: Expression) -> Mathematics? {
    let range = known.range(of: expression)
    let u = Mathematics.expression(expression)
    switch (range.lower.value, range.upper.value) {
    case (nil, nil): return nil
    case (let low?, nil):
      return u.linked(range.lower.isClosed ? .greaterOrEqual : .greater, .expression(low))
    case (nil, let high?):
      return u.linked(range.upper.isClosed ? .lessOrEqual : .less, .expression(high))
    case (let low?, let high?):
      return Mathematics.expression(low)
        .linked(range.lower.isClosed ? .lessOrEqual : .less, u)
        .linked(range.upper.isClosed ? .lessOrEqual : .less, .expression(high))
    }
  }

  private func unique(_ facts: [Mathematics]) -> [Mathematics] {
    var result: [Mathematics] = []
    for fact in facts where !result.contains(fact) { result.append(fact) }
    return result
  }
}
