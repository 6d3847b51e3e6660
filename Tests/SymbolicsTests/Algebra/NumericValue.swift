import Exact

@testable import Symbolics

/// A plain evaluator in Double, independent of the algebra that it checks; NaN where undefined.
extension Expression {
  func numericValue(_ point: [Symbol: Double]) -> Double {
    switch form {
    case .rational(let value): return value.doubleValue
    case .pi: return .pi
    case .symbol(let symbol): return point[symbol] ?? .nan
    case .sum(let terms): return terms.reduce(0) { $0 + $1.numericValue(point) }
    case .product(let factors): return factors.reduce(1) { $0 * $1.numericValue(point) }
    case .power(let base, let exponent):
      let (b, e) = (base.numericValue(point), exponent.numericValue(point))
      if let n = exponent.integerValue { return realPower(b, Double(n)) }
      return b < 0 || (b == 0 && e <= 0) ? .nan : realPower(b, e)
    case .call(let function, let arguments):
      return function.numericValue(arguments.map { $0.numericValue(point) })
    case .piecewise(let branches):
      return branches.first { $0.condition.numericallyHolds(point) }?.value.numericValue(point)
        ?? .nan
    case .finiteSum(let sum):
      let (lower, upper) = (sum.lower.numericValue(point), sum.upper.numericValue(point))
      guard lower == lower.rounded(), upper == upper.rounded() else { return .nan }
      if upper < lower { return 0 }
      var inner = point
      return stride(from: lower, through: upper, by: 1).reduce(0) { total, k in
        inner[sum.index] = k
        return total + sum.body.numericValue(inner)
      }
    }
  }
}

extension Predicate {
  func numericallyHolds(_ point: [Symbol: Double]) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .compare(let a, let relation, let b):
      let difference = a.numericValue(point) - b.numericValue(point)
      if difference.isNaN { return false }
      return relation.holds(forSign: difference < 0 ? -1 : difference > 0 ? 1 : 0)
    case .and(let parts): return parts.allSatisfy { $0.numericallyHolds(point) }
    case .or(let parts): return parts.contains { $0.numericallyHolds(point) }
    case .not(let inner): return !inner.numericallyHolds(point)
    }
  }
}
