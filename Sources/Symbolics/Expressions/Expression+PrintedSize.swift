import Exact

extension Expression {
  /// The number of names, numbers and bars in print: what there is to read, whatever the brackets.
  var printedSize: Int { node.printedSize }

  /// The one with less to read, or as much without a minus sign in front; `self` if they are equal in
  /// that.
  func shorter(_ other: Expression) -> Expression {
    let (own, others) = (printedSize, other.printedSize)
    if own == others { return isNegated && !other.isNegated ? other : self }
    return others < own ? other : self
  }

  /// A product with a negative coefficient.
  private var isNegated: Bool {
    if case .product = form { coefficientAndRest.coefficient.sign < 0 } else { false }
  }
}

extension Expression.Form {
  /// The same for an outermost operation, from the counts of its operands.
  var printedSize: Int {
    switch self {
    case .rational(let value): value.isInteger ? 1 : 2
    case .pi, .symbol: 1
    case .sum(let terms): terms.reduce(0) { $0 + $1.printedSize }
    case .product(let factors): Self.printedSize(ofProduct: factors)
    case .power(let base, let exponent): Self.printedSize(base, exponent)
    case .call(.abs, let arguments): 2 + arguments[0].printedSize
    case .call(.realRoot(let degree), let arguments):
      (degree == 3 ? 1 : 2) + arguments[0].printedSize
    case .call(_, let arguments): arguments.reduce(1) { $0 + $1.printedSize }
    case .piecewise(let branches):
      // `piecewise(u if c, v otherwise)`
      branches.reduce(1) { count, branch in
        branch.condition.expressions.reduce(count + 1 + branch.value.printedSize) {
          $0 + $1.printedSize
        }
      }
    case .finiteSum(let sum):
      3 + sum.lower.printedSize + sum.upper.printedSize + sum.body.printedSize
    }
  }

  /// A fraction: factors with negative exponents stand below the bar, a 1 above it if nothing else
  /// does, and factors ±1 are not written.
  private static func printedSize(ofProduct factors: [Expression]) -> Int {
    var above = 0
    var below = 0
    for factor in factors {
      switch factor.form {
      case .rational(let value):
        if value.numerator.magnitude != 1 { above += 1 }
        if !value.isInteger { below += 1 }
      case .power(_, let exponent) where exponent.isWrittenBelow: below += factor.printedSize - 1
      default: above += factor.printedSize
      }
    }
    return Swift.max(above, 1) + below
  }

  private static func printedSize(_ base: Expression, _ exponent: Expression) -> Int {
    guard let value = exponent.rationalValue else { return base.printedSize + exponent.printedSize }
    let positive = value.sign < 0 ? -value : value
    let written = value.sign < 0 ? 1 + base.printedSize : base.printedSize
    if positive.isOne { return written }
    return written + (positive.isInteger || positive == Rational(1, over: 2) ? 1 : 2)
  }
}

extension Expression {
  /// Whether a power with this exponent stands below the bar of a fraction.
  fileprivate var isWrittenBelow: Bool { rationalValue.map { $0.sign < 0 } ?? false }
}
