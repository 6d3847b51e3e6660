public import Exact

extension Expression: ExpressibleByIntegerLiteral {
  /// The integer constant `value`.
  public init(integerLiteral value: Int) { self.init(Rational(value)) }

  /// The exact rational constant.
  public init(_ value: Rational) { self.init(Form.rational(value)) }
  /// The symbol as a formula.
  public init(_ symbol: Symbol) { self.init(Form.symbol(symbol)) }

  /// 0
  public static let zero = Expression(Rational.zero)
  /// 1
  public static let one = Expression(Rational.one)
  /// -1
  public static let minusOne = Expression(Rational.minusOne)
  /// π
  public static let pi = Expression(Form.pi)
  /// e = exp(1)
  public static let e = Expression.call(.exp, [.one])
  /// p/q
  public static func rational(_ p: Int, _ q: Int = 1) -> Expression {
    Expression(Rational(p, over: q))
  }
  /// The symbol called `name`.
  public static func symbol(_ name: String) -> Expression { Expression(Symbol(name)) }

  /// a + b in canonical form.
  public static func + (a: Expression, b: Expression) -> Expression { .sum([a, b]) }
  /// a - b in canonical form.
  public static func - (a: Expression, b: Expression) -> Expression { .sum([a, -b]) }
  /// a b in canonical form.
  public static func * (a: Expression, b: Expression) -> Expression { .product([a, b]) }
  /// a b⁻¹ in canonical form; defined for b ≠ 0, which is for the caller to establish.
  public static func / (a: Expression, b: Expression) -> Expression {
    .product([a, .power(b, .minusOne)])
  }
  /// -a in canonical form.
  public static prefix func - (a: Expression) -> Expression { .product([.minusOne, a]) }

  /// self^exponent
  public func power(_ exponent: Int) -> Expression { .power(self, Expression(Rational(exponent))) }
  /// √self, for self ≥ 0.
  public var squareRoot: Expression { .power(self, .rational(1, 2)) }

  /// e^u
  public static func exp(_ u: Expression) -> Expression { .call(.exp, [u]) }
  /// The natural logarithm of u, for u > 0.
  public static func log(_ u: Expression) -> Expression { .call(.log, [u]) }
  /// |u|
  public static func abs(_ u: Expression) -> Expression { .call(.abs, [u]) }
  /// The real cube root, on all of R.
  public static func cbrt(_ u: Expression) -> Expression { .call(.realRoot(3), [u]) }
}

extension Expression {
  /// The value if this is a rational number.
  public var rationalValue: Rational? {
    if case .rational(let value) = form { value } else { nil }
  }
  /// The value if this is an integer that fits an `Int`.
  public var integerValue: Int? { rationalValue?.asInt }
  /// Whether this is the rational number 0; false for a formula that merely equals it.
  public var isZero: Bool { rationalValue?.isZero ?? false }
  /// Whether this is the rational number 1; false for a formula that merely equals it.
  public var isOne: Bool { rationalValue?.isOne ?? false }
  /// The symbol if this is one.
  public var symbolValue: Symbol? {
    if case .symbol(let symbol) = form { symbol } else { nil }
  }

  /// self = coefficient · rest with a rational coefficient and a rest that has none.
  public var coefficientAndRest: (coefficient: Rational, rest: Expression) {
    switch form {
    case .rational(let value): return (value, .one)
    case .product(let factors):
      guard let coefficient = factors[0].rationalValue else { return (.one, self) }
      let rest = factors.dropFirst()
      return (coefficient, rest.count == 1 ? rest.first! : Expression(.product(Array(rest))))
    default: return (.one, self)
    }
  }

  /// The terms of a sum, or the expression itself.
  public var terms: [Expression] {
    if case .sum(let terms) = form { terms } else { [self] }
  }
  /// The factors of a product, or the expression itself.
  public var factors: [Expression] {
    if case .product(let factors) = form { factors } else { [self] }
  }
  /// self = base^exponent; the exponent is 1 for anything that is no power.
  public var baseAndExponent: (base: Expression, exponent: Expression) {
    if case .power(let base, let exponent) = form { (base, exponent) } else { (self, .one) }
  }
}
