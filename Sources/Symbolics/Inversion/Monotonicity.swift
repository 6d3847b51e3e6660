import Exact

extension Assumptions {
  /// How a formula varies with one symbol on that symbol's interval, everything else held fixed.
  public enum Trend: Hashable, Sendable {
    case increasing
    case decreasing
    case constant

    var reversed: Trend {
      switch self {
      case .increasing: .decreasing
      case .decreasing: .increasing
      case .constant: .constant
      }
    }
  }

  /// Strictly increasing, strictly decreasing or constant in `t`, and continuous, on the interval
  /// that these assumptions give to `t`; nil if none was shown.
  ///
  /// First by structure (a sum of increasing terms increases, exp keeps the trend …), then by the
  /// sign of the derivative: f continuous, f' ≥ 0 off isolated points and not zero on an interval
  /// imply f strictly increasing.
  public func trend(of formula: Expression, in t: Symbol) -> Trend? {
    structuralTrend(of: formula, in: t) ?? derivativeTrend(of: formula, in: t)
  }

  // MARK: By structure

  private func structuralTrend(of formula: Expression, in t: Symbol) -> Trend? {
    guard formula.contains(t) else { return .constant }
    switch formula.form {
    case .rational, .pi: return .constant
    case .symbol: return .increasing
    case .sum(let terms): return common(terms.map { trend(of: $0, in: t) })
    case .product(let factors): return productTrend(factors, in: t)
    case .power(let base, let exponent): return powerTrend(base, exponent, in: t)
    case .call(let function, let arguments):
      if arguments.count > 1 {
        guard function == .max || function == .min else { return nil }
        return arguments.allSatisfy { $0.contains(t) }
          ? common(arguments.map { trend(of: $0, in: t) }) : nil
      }
      guard let inner = trend(of: arguments[0], in: t),
        let outer = direction(of: function, on: arguments[0])
      else { return nil }
      return outer == .increasing ? inner : inner.reversed
    case .piecewise(let branches): return piecewiseTrend(branches, in: t)
    case .finiteSum(let sum):
      guard !sum.lower.contains(t), !sum.upper.contains(t) else { return nil }
      guard decide(.compare(sum.upper, .greaterOrEqual, sum.lower)) == true else { return nil }
      let index = Interval(.closed(sum.lower), .closed(sum.upper))
      return adding(sum.index, in: index, isInteger: true).trend(of: sum.body, in: t)
    }
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

  /// A factor of constant sign, free of t, times one factor with a trend; or factors that are all
  /// positive with one common trend.
  private func productTrend(_ factors: [Expression], in t: Symbol) -> Trend? {
    let free = Expression.product(factors.filter { !$0.contains(t) })
    let bound = factors.filter { $0.contains(t) }
    let sign = signs(of: free)
    var inner: Trend?
    if bound.count == 1 {
      inner = trend(of: bound[0], in: t)
    } else if bound.allSatisfy({ signs(of: $0) == .positive }) {
      inner = common(bound.map { trend(of: $0, in: t) })
    } else if bound.allSatisfy({ signs(of: $0) == .negative }) {
      // Each factor's size shrinks as it increases; an even number of them has a positive product.
      let shared = common(bound.map { trend(of: $0, in: t) })
      inner = bound.count % 2 == 0 ? shared?.reversed : shared
    }
    guard let inner else { return nil }
    switch sign {
    case .positive: return inner
    case .negative: return inner.reversed
    default: return nil
    }
  }

  private func powerTrend(_ base: Expression, _ exponent: Expression, in t: Symbol) -> Trend? {
    if !base.contains(t) {
      // a^u = exp(u·log a)
      guard let inner = trend(of: exponent, in: t) else { return nil }
      switch signs(of: base - 1) {
      case .positive: return inner
      case .negative where signs(of: base) == .positive: return inner.reversed
      default: return nil
      }
    }
    guard !exponent.contains(t), let inner = trend(of: base, in: t) else { return nil }
    let baseSigns = signs(of: base)
    let exponentSign = signs(of: exponent)
    let isOdd = exponent.integerValue.map { $0 % 2 != 0 } ?? false
    let isEven = exponent.integerValue.map { $0 % 2 == 0 } ?? false
    if exponentSign == .positive {
      if isOdd || !baseSigns.contains(.negative) { return inner }
      return isEven && !baseSigns.contains(.positive) ? inner.reversed : nil
    }
    guard exponentSign == .negative else { return nil }
    if baseSigns == .positive { return inner.reversed }
    guard baseSigns == .negative else { return nil }
    return isOdd ? inner.reversed : isEven ? inner : nil
  }

  /// The direction of a function on the range of its argument, where it is strict and continuous.
  private func direction(of function: Function, on u: Expression) -> Trend? {
    let halfPi = Expression.pi * .rational(1, 2)
    func lies(_ lower: Expression, _ upper: Expression, open: Bool = false) -> Bool {
      decide(.compare(u, open ? .greater : .greaterOrEqual, lower)) == true
        && decide(.compare(u, open ? .less : .lessOrEqual, upper)) == true
    }
    switch function {
    case .exp, .log, .expm1, .log1p, .realRoot, .asin, .atan, .sinh, .tanh, .asinh, .acosh, .atanh,
      .erf, .erfinv, .normcdf, .norminv, .sigmoid, .logit, .softplus:
      return .increasing
    case .lambertw(let branch): return branch == 0 ? .increasing : .decreasing
    case .acos: return .decreasing
    case .abs, .cosh:
      let sign = signs(of: u)
      if !sign.contains(.negative) { return .increasing }
      return sign.contains(.positive) ? nil : .decreasing
    case .sin: return lies(-halfPi, halfPi) ? .increasing : nil
    case .cos:
      if lies(.zero, .pi) { return .decreasing }
      return lies(-.pi, .zero) ? .increasing : nil
    case .tan: return lies(-halfPi, halfPi, open: true) ? .increasing : nil
    case .sign, .floor, .atan2, .max, .min, .mod: return nil
    }
  }

  /// Two branches that meet at a point of the line, with one trend and one value there.
  private func piecewiseTrend(_ branches: [Branch], in t: Symbol) -> Trend? {
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
    let first = narrowing(t, side, cut).trend(of: branches[0].value, in: t)
    let second = narrowing(t, side.negated, cut).trend(of: branches[1].value, in: t)
    guard let first, first == second, first != .constant else { return nil }
    let jump =
      branches[0].value.substituting(t, by: cut) - branches[1].value.substituting(t, by: cut)
    return jump.isIdentical(to: .zero, under: self) ? first : nil
  }

  // MARK: By the derivative

  private func derivativeTrend(of formula: Expression, in t: Symbol) -> Trend? {
    guard formula.isContinuousWhereDefined(in: t) else { return nil }
    let derivative = formula.derivative(by: t).simplified(under: self)
    let signs = signs(of: derivative)
    switch signs {
    case .positive: return .increasing
    case .negative: return .decreasing
    case .zero: return nil
    default: break
    }
    guard formula.isAnalyticWhereDefined(in: t) else { return nil }
    // An analytic derivative that is not identically zero has isolated zeros.
    if !signs.contains(.negative), isSomewhere(.positive, derivative, t) { return .increasing }
    if !signs.contains(.positive), isSomewhere(.negative, derivative, t) { return .decreasing }
    return nil
  }

  /// Whether the expression surely has the sign at some point of t's interval, for every value of
  /// the other symbols.
  private func isSomewhere(_ sign: SignSet, _ expression: Expression, _ t: Symbol) -> Bool {
    let interval = interval(of: t)
    for candidate in [0, 1, -1, 2, -2].map({ Expression(Rational($0)) }) + [.rational(1, 2)] {
      guard decide(interval.membership(of: candidate)) == true else { continue }
      if signs(of: expression.substituting(t, by: candidate)) == sign { return true }
    }
    return false
  }
}

extension Expression {
  /// No jump anywhere on its domain as `t` varies.
  public func isContinuousWhereDefined(in t: Symbol) -> Bool {
    guard contains(t) else { return true }
    switch form {
    case .piecewise: return false
    case .call(let function, let arguments):
      switch function {
      case .sign, .floor, .mod, .atan2: return false
      default: return arguments.allSatisfy { $0.isContinuousWhereDefined(in: t) }
      }
    default: return form.children.allSatisfy { $0.isContinuousWhereDefined(in: t) }
    }
  }

  /// Real-analytic in `t` on the interior of its domain.
  public func isAnalyticWhereDefined(in t: Symbol) -> Bool {
    guard contains(t) else { return true }
    switch form {
    case .piecewise: return false
    case .call(let function, let arguments):
      switch function {
      case .abs, .sign, .floor, .mod, .atan2, .max, .min, .realRoot: return false
      default: return arguments.allSatisfy { $0.isAnalyticWhereDefined(in: t) }
      }
    default: return form.children.allSatisfy { $0.isAnalyticWhereDefined(in: t) }
    }
  }
}
