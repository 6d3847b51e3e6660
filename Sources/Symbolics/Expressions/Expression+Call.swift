import Exact

extension Expression {
  /// The canonical call: exact values at plain arguments, inverse pairs undone, parity used.
  ///
  /// Every rule holds wherever the left side is defined; `atan(tan u)`, `asin(sin u)` and the like
  /// are *not* u and stay.
  public static func call(_ function: Function, _ arguments: [Expression]) -> Expression {
    if arguments.count == 1 {
      let u = arguments[0]
      if let simple = valueAtSpecialPoint(function, u) { return simple }
      if let simple = undoneInverse(function, u) { return simple }
      if let simple = byParity(function, u) { return simple }
    } else if let first = arguments.first, function == .max || function == .min {
      if arguments.allSatisfy({ $0 == first }) { return first }
      if let values = arguments.map(\.rationalValue) as? [Rational] {
        return Expression(function == .max ? values.max()! : values.min()!)
      }
      return Expression(.call(function, arguments.sorted { $0.precedes($1) }))
    } else if function == .mod, let a = arguments[0].rationalValue,
      let b = arguments[1].rationalValue, b.sign > 0
    {
      return Expression(a - b * (a / b).floor())
    }
    return Expression(.call(function, arguments))
  }

  private static func valueAtSpecialPoint(_ function: Function, _ u: Expression) -> Expression? {
    guard let value = u.rationalValue else { return nil }
    if value.isZero {
      switch function {
      case .exp, .cosh: return .one
      case .expm1, .log1p, .abs, .sign, .floor, .realRoot, .sin, .tan, .asin, .atan, .sinh, .tanh,
        .asinh, .atanh, .erf, .erfinv, .lambertw(branch: 0):
        return .zero
      case .cos: return .one
      case .acos: return .product([.rational(1, 2), .pi])
      case .sigmoid, .normcdf: return .rational(1, 2)
      default: return nil
      }
    }
    switch function {
    case .abs: return Expression(value.magnitude)
    case .sign: return Expression(Rational(value.sign))
    case .floor: return Expression(value.floor())
    case .realRoot(let degree): return value.root(degree).map { Expression($0) }
    case .log where value.isOne: return .zero
    case .acos where value.isOne: return .zero
    case .asin where value.isOne: return .product([.rational(1, 2), .pi])
    case .atan where value.isOne: return .product([.rational(1, 4), .pi])
    case .logit where value == Rational(1, over: 2): return .zero
    case .norminv where value == Rational(1, over: 2): return .zero
    default: return nil
    }
  }

  /// g⁻¹(g(u)) = u, for the pairs where it holds on all of g's domain.
  private static func undoneInverse(_ function: Function, _ u: Expression) -> Expression? {
    if function == .exp { return exponentialOfLogarithms(u) }
    if case .realRoot(let degree) = function { return realRootOfPower(u, degree: degree) }
    guard case .call(let inner, let arguments) = u.form, arguments.count == 1 else {
      if function == .abs, u.isPlainlyNonnegative { return u }
      if function == .sign, u.isPlainlyPositive { return .one }
      return nil
    }
    switch (function, inner) {
    case (.log, .exp), (.expm1, .log1p), (.log1p, .expm1), (.sin, .asin), (.cos, .acos),
      (.tan, .atan), (.sinh, .asinh), (.asinh, .sinh), (.cosh, .acosh), (.tanh, .atanh),
      (.atanh, .tanh), (.erf, .erfinv), (.erfinv, .erf), (.normcdf, .norminv),
      (.norminv, .normcdf), (.sigmoid, .logit), (.logit, .sigmoid):
      return arguments[0]
    case (.abs, _) where u.isPlainlyNonnegative: return u
    case (.abs, .abs), (.sign, .sign): return u
    case (.sign, _) where u.isPlainlyPositive: return .one
    default: return nil
    }
  }

  /// exp(c·log u + v) = u^c·exp(v) for rational c.
  private static func exponentialOfLogarithms(_ u: Expression) -> Expression? {
    var powers: [Expression] = []
    var rest: [Expression] = []
    for term in u.terms {
      let (coefficient, factor) = term.coefficientAndRest
      if case .call(.log, let arguments) = factor.form {
        powers.append(.power(arguments[0], Expression(coefficient)))
      } else {
        rest.append(term)
      }
    }
    if powers.isEmpty { return nil }
    return .product(powers + (rest.isEmpty ? [] : [Expression(.call(.exp, [.sum(rest)]))]))
  }

  /// realRoot_n(u^(n k)) = u^k for integer k, and rational n-th powers taken out of products.
  private static func realRootOfPower(_ u: Expression, degree: Int) -> Expression? {
    switch u.form {
    case .power(let base, let exponent):
      guard let k = exponent.rationalValue, k.isInteger, (k / Rational(degree)).isInteger else {
        return nil
      }
      return power(base, Expression(k / Rational(degree)))
    case .product(let factors):
      var outside: [Expression] = []
      var inside: [Expression] = []
      for factor in factors {
        if let value = factor.rationalValue, let root = value.root(degree) {
          outside.append(Expression(root))
        } else if let value = factor.rationalValue, value.sign < 0 {
          outside.append(.minusOne)
          inside.append(Expression(-value))
        } else if case .power = factor.form, let root = realRootOfPower(factor, degree: degree) {
          outside.append(root)
        } else {
          inside.append(factor)
        }
      }
      if outside.isEmpty { return nil }
      return .product(outside + [.call(.realRoot(degree), [.product(inside)])])
    case .call(.exp, let arguments): return exp(.rational(1, degree) * arguments[0])
    default: return nil
    }
  }

  /// f(-u) = ∓f(u): the sign of a negative leading coefficient is taken out.
  private static func byParity(_ function: Function, _ u: Expression) -> Expression? {
    guard u.hasNegativeLeadingCoefficient else { return nil }
    switch function {
    case .sin, .tan, .asin, .atan, .sinh, .tanh, .asinh, .atanh, .erf, .erfinv, .sign, .realRoot:
      return -call(function, [-u])
    case .cos, .cosh, .abs: return call(function, [-u])
    default: return nil
    }
  }

  /// Whether -u is the tidier of u and -u: a negative coefficient in front, of every term of a sum.
  var hasNegativeLeadingCoefficient: Bool {
    switch form {
    case .rational(let value): value.sign < 0
    case .product(let factors): (factors[0].rationalValue?.sign ?? 1) < 0
    case .sum(let terms): terms.allSatisfy(\.hasNegativeLeadingCoefficient)
    default: false
    }
  }
}
