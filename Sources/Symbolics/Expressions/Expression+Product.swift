import Exact

extension Expression {
  /// The canonical product: nested products flattened, powers of one base merged, exponentials
  /// merged by `exp(a)·exp(b) = exp(a + b)`, a mere sign of a sum distributed over its terms.
  public static func product(_ factors: [Expression]) -> Expression {
    var coefficient = Rational.one
    var exponentials: [Expression] = []
    var order: [Expression] = []
    var powers: [Expression: [Expression]] = [:]
    for factor in factors.flatMap(\.factors) {
      if let value = factor.rationalValue {
        coefficient = coefficient * value
      } else if case .call(.exp, _) = factor.form {
        exponentials.append(factor)
      } else {
        let base = factor.baseAndExponent.base
        if powers[base] == nil { order.append(base) }
        powers[base, default: []].append(factor)
      }
    }
    if coefficient.isZero { return .zero }
    var merged: [Expression] = []
    var isSettled = true
    for group in order.map({ powers[$0]! }) + (exponentials.isEmpty ? [] : [exponentials]) {
      let factor = merge(group)
      // Merging may give a number, a product or a power of another base; those meet the other
      // factors in a second pass.
      if group.count > 1, !factor.hasSameBase(as: group[0]) { isSettled = false }
      merged.append(factor)
    }
    if !isSettled { return product([Expression(coefficient)] + merged) }
    merged.sort { $0.precedes($1) }
    if merged.isEmpty { return Expression(coefficient) }
    if coefficient == .minusOne, merged.count == 1, case .sum(let terms) = merged[0].form {
      return sum(terms.map { product([.minusOne, $0]) })
    }
    if !coefficient.isOne { merged.insert(Expression(coefficient), at: 0) }
    return merged.count == 1 ? merged[0] : Expression(.product(merged))
  }

  /// u^a·u^b = u^(a + b) and exp(a)·exp(b) = exp(a + b), for factors of one base.
  private static func merge(_ group: [Expression]) -> Expression {
    if group.count == 1 { return group[0] }
    if case .call(.exp, _) = group[0].form {
      return exp(
        sum(
          group.map { factor in
            if case .call(.exp, let arguments) = factor.form { arguments[0] } else { .zero }
          }))
    }
    return power(group[0].baseAndExponent.base, sum(group.map(\.baseAndExponent.exponent)))
  }

  private func hasSameBase(as other: Expression) -> Bool {
    if case .call(.exp, _) = form, case .call(.exp, _) = other.form { return true }
    return rationalValue == nil && baseAndExponent.base == other.baseAndExponent.base
  }
}
