import Exact

extension Expression {
  /// The canonical sum: nested sums flattened, like terms collected, zero terms dropped.
  public static func sum(_ terms: [Expression]) -> Expression {
    var constant = Rational.zero
    var order: [Expression] = []
    var coefficients: [Expression: Rational] = [:]
    for term in terms.flatMap(\.terms) {
      if let value = term.rationalValue {
        constant = constant + value
        continue
      }
      let (coefficient, rest) = term.coefficientAndRest
      if let known = coefficients[rest] {
        coefficients[rest] = known + coefficient
      } else {
        order.append(rest)
        coefficients[rest] = coefficient
      }
    }
    var collected: [Expression] = []
    for rest in order {
      let coefficient = coefficients[rest]!
      if !coefficient.isZero { collected.append(.scaled(rest, by: coefficient)) }
    }
    collected.sort { $0.precedes($1) }
    if !constant.isZero { collected.insert(Expression(constant), at: 0) }
    switch collected.count {
    case 0: return .zero
    case 1: return collected[0]
    default: return Expression(.sum(collected))
    }
  }

  /// coefficient · rest, where `rest` carries no rational coefficient.
  static func scaled(_ rest: Expression, by coefficient: Rational) -> Expression {
    if coefficient.isZero { return .zero }
    if coefficient.isOne { return rest }
    if rest.isOne { return Expression(coefficient) }
    if case .product(let factors) = rest.form {
      return Expression(.product([Expression(coefficient)] + factors))
    }
    return Expression(.product([Expression(coefficient), rest]))
  }
}
