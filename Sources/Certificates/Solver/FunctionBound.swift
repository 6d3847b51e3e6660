import Exact
import Symbolics

/// c + s u < g(u) or ≤, or the same the other way round, for numbers c and s = 0 or 1.
struct FunctionBound {
  /// On which side of the values the bound lies.
  enum Side { case below, above }

  let side: Side
  /// c
  let constant: Rational
  let isStrict: Bool
  /// s
  let slope: Int

  init(_ side: Side, _ constant: Rational, _ isStrict: Bool = true, slope: Int = 0) {
    self.side = side
    self.constant = constant
    self.isStrict = isStrict
    self.slope = slope
  }

  /// c + u ≤ g(u) or g(u) ≤ c + u, with equality where the graph touches the line.
  static func tangent(_ side: Side, _ constant: Rational) -> FunctionBound {
    FunctionBound(side, constant, false, slope: 1)
  }

  /// Of the value g at the argument u, as a term of SMT-LIB.
  func term(_ argument: String, _ value: String) -> String {
    let bound =
      slope == 0
      ? constant.term : constant.isZero ? argument : "(+ \(constant.term) \(argument))"
    let (low, high) = side == .below ? (bound, value) : (value, bound)
    return "(\(isStrict ? "<" : "<=") \(low) \(high))"
  }

  /// The same of a formula g in the symbol u.
  func predicate(_ argument: Symbol, _ value: Expression) -> Predicate {
    let bound = Expression(constant) + Expression(Rational(slope)) * Expression(argument)
    let (low, high) = side == .below ? (bound, value) : (value, bound)
    return .compare(low, isStrict ? .less : .lessOrEqual, high)
  }
}
