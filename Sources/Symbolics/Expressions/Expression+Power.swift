import Exact

extension Expression {
  /// Rational powers are evaluated while the result stays below this many bits.
  static let foldedBits = 4096

  /// The canonical power base^exponent.
  ///
  /// Rules, each valid wherever the left side is defined:
  /// u^0 = 1, u^1 = u, exp(u)^v = exp(u v), (u^a)^n = u^(a n) for integer n,
  /// (u^a)^b = |u|^(a b) for even a, (u v)^n = u^n v^n for integer n,
  /// (u v)^b = u^b v^b when u > 0 is plain from its form, cbrt(u)^3 = u, |u|^2 = u^2.
  public static func power(_ base: Expression, _ exponent: Expression) -> Expression {
    if exponent.isZero { return .one }
    if exponent.isOne || base.isOne { return base }
    if case .call(.exp, let arguments) = base.form { return exp(arguments[0] * exponent) }
    guard let b = exponent.rationalValue else { return symbolicPower(base, exponent) }
    switch base.form {
    case .rational(let value): return rationalPower(value, b)
    case .power(let inner, let innerExponent):
      if b.isInteger { return power(inner, innerExponent * exponent) }
      if let a = innerExponent.rationalValue {
        if inner.isPlainlyNonnegative { return power(inner, Expression(a * b)) }
        if a.isInteger, (a / 2).isInteger { return power(abs(inner), Expression(a * b)) }
      }
    case .product(let factors):
      if b.isInteger { return product(factors.map { power($0, exponent) }) }
      return splitPlainlyPositive(factors, exponent)
    case .call(.realRoot(let degree), let arguments) where b.isInteger:
      return rootPower(arguments[0], degree: degree, exponent: b)
    case .call(.abs, let arguments) where b.isInteger && (b / 2).isInteger:
      return power(arguments[0], exponent)
    case .call(.sign, _) where b.isInteger && b.sign > 0 && !(b / 2).isInteger:
      return base
    default: break
    }
    return Expression(.power(base, exponent))
  }

  /// p^b for rational p: exact where it is rational and small, p = n/d pulled apart otherwise.
  private static func rationalPower(_ value: Rational, _ exponent: Rational) -> Expression {
    let raw = Expression(.power(Expression(value), Expression(exponent)))
    if value.isZero { return exponent.sign > 0 ? .zero : raw }
    if let n = exponent.asInt {
      guard Swift.abs(n) * Swift.max(1, value.bitLength) <= foldedBits, let result = value.power(n)
      else {
        return raw
      }
      return Expression(result)
    }
    guard value.sign > 0, let degree = exponent.denominator.asInt, degree <= 64,
      let numerator = exponent.numerator.asInt
    else { return raw }
    if let root = value.root(degree) { return rationalPower(root, Rational(numerator)) }
    // Integer part of the exponent out, 8^(3/2) = 8·8^(1/2), then square factors: 8^(1/2) = 2·2^(1/2).
    let whole = exponent.floor()
    if !whole.isZero {
      return product([
        rationalPower(value, whole), power(Expression(value), Expression(exponent - whole)),
      ])
    }
    return surd(value, exponent)
  }

  /// value^exponent with 0 < exponent < 1: denominators rationalised, perfect powers taken out.
  private static func surd(_ value: Rational, _ exponent: Rational) -> Expression {
    let degree = exponent.denominator.asInt!
    guard exponent.numerator.isOne, value.bitLength <= 62 else {
      return Expression(.power(Expression(value), Expression(exponent)))
    }
    if !value.isInteger {
      // (n/d)^(1/k) = (n·d^(k-1))^(1/k) / d
      guard let scale = value.denominator.power(degree - 1) else {
        return Expression(.power(Expression(value), Expression(exponent)))
      }
      let inside = value.numerator * scale
      return product([
        Expression(Rational.one / value.denominator),
        power(Expression(inside), Expression(exponent)),
      ])
    }
    var outside = Rational.one
    var inside = value
    for prime in [2, 3, 5, 7, 11, 13, 17, 19, 23] {
      let block = Rational(prime).power(degree)!
      while (inside / block).isInteger {
        inside = inside / block
        outside = outside * Rational(prime)
      }
    }
    return scaled(Expression(.power(Expression(inside), Expression(exponent))), by: outside)
  }

  /// realRoot_n(u)^b = u^q · realRoot_n(u)^r with b = q n + r, 0 <= r < n.
  private static func rootPower(_ u: Expression, degree: Int, exponent: Rational) -> Expression {
    let quotient = (exponent / Rational(degree)).floor()
    let remainder = exponent - quotient * Rational(degree)
    let root = Expression(.call(.realRoot(degree), [u]))
    let tail =
      remainder.isZero
      ? Expression.one : remainder.isOne ? root : Expression(.power(root, Expression(remainder)))
    return quotient.isZero ? tail : product([power(u, Expression(quotient)), tail])
  }

  /// (u v)^b = u^b v^b for the factors u that are plainly positive.
  private static func splitPlainlyPositive(_ factors: [Expression], _ exponent: Expression)
    -> Expression
  {
    var outside: [Expression] = []
    var inside: [Expression] = []
    for factor in factors {
      if let value = factor.rationalValue, value.sign < 0 {
        if value != .minusOne { outside.append(power(Expression(-value), exponent)) }
        inside.append(.minusOne)
      } else if factor.isPlainlyPositive {
        outside.append(power(factor, exponent))
      } else {
        inside.append(factor)
      }
    }
    if outside.isEmpty { return Expression(.power(Expression(.product(factors)), exponent)) }
    if inside.isEmpty { return product(outside) }
    let rest = product(inside)
    if inside.count > 1 || rest.rationalValue == nil {
      let root = rest.isOne ? rest : nested(rest, exponent)
      return product(outside + [root])
    }
    return product(outside + [Expression(.power(rest, exponent))])
  }

  private static func nested(_ base: Expression, _ exponent: Expression) -> Expression {
    if case .product = base.form { return Expression(.power(base, exponent)) }
    return power(base, exponent)
  }

  /// u^v with an exponent that is no rational number: only bases that are plainly positive simplify.
  private static func symbolicPower(_ base: Expression, _ exponent: Expression) -> Expression {
    if case .power(let inner, let a) = base.form, inner.isPlainlyPositive {
      return power(inner, a * exponent)
    }
    return Expression(.power(base, exponent))
  }
}

extension Expression {
  /// Whether the value is > 0 wherever it is defined, seen from the form alone.
  public var isPlainlyPositive: Bool {
    switch form {
    case .rational(let value): value.sign > 0
    case .pi: true
    case .sum(let terms):
      terms.contains(where: \.isPlainlyPositive) && terms.allSatisfy(\.isPlainlyNonnegative)
    case .product(let factors): factors.allSatisfy(\.isPlainlyPositive)
    case .power(let base, _): base.isPlainlyPositive
    case .call(let function, let arguments):
      switch function {
      case .exp, .cosh, .sigmoid, .softplus, .normcdf: true
      case .realRoot, .abs, .sinh, .tanh, .asinh, .atan, .erf: arguments[0].isPlainlyPositive
      default: false
      }
    default: false
    }
  }

  /// Whether the value is ≥ 0 wherever it is defined, seen from the form alone.
  public var isPlainlyNonnegative: Bool {
    switch form {
    case .rational(let value): return value.sign >= 0
    case .sum(let terms): return terms.allSatisfy(\.isPlainlyNonnegative)
    case .product(let factors): return factors.allSatisfy(\.isPlainlyNonnegative)
    case .power(let base, let exponent):
      // A power that is no integer power is defined for base >= 0 only.
      guard let value = exponent.rationalValue else { return base.isPlainlyNonnegative }
      return !value.isInteger || (value / 2).isInteger || base.isPlainlyNonnegative
    case .call(.abs, _): return true
    case .call(.realRoot, let arguments): return arguments[0].isPlainlyNonnegative
    default: return isPlainlyPositive
    }
  }
}
