public import Exact

extension Expression {
  /// An interval that contains the value at `point`.
  ///
  /// - Parameters:
  ///   - point: Values of the free symbols.
  ///   - precision: The working precision in bits.
  /// - Returns: An indeterminate ball when a symbol has no value, when the expression is not
  ///   certainly defined there, or when it needs more work than the limits allow.
  public func ball(at point: [Symbol: Rational] = [:], precision: Int) -> Ball {
    ball(over: point.mapValues { Ball($0, precision: precision) }, precision: precision)
  }

  /// An interval that contains the value at every point of `box`; indeterminate when the expression
  /// is not certainly defined on all of it.
  public func ball(over box: [Symbol: Ball], precision: Int) -> Ball {
    var evaluation = BallEvaluation(precision: precision, box: box)
    return evaluation.value(of: self)
  }

  /// Whether the expression is certainly a real number: without symbols, and defined. Such formulas as
  /// logit(1) stand for none, though they may cancel out of others.
  public var isRealConstant: Bool {
    rationalValue != nil || (isConstant && ball(precision: 128).isFinite)
  }
}

/// One evaluation of an expression in interval arithmetic: an exhaustive switch with shared
/// subexpressions computed once.
struct BallEvaluation {
  let precision: Int
  private var box: [Symbol: Ball]
  private var known: [Expression: Ball] = [:]
  /// Operations left, fewer at high precision; what would need more is indeterminate.
  private var effort: Int

  init(precision: Int, box: [Symbol: Ball]) {
    self.precision = precision
    self.box = box
    effort = Swift.max(2_000, 6_000_000 / precision)
  }

  mutating func value(of expression: Expression) -> Ball {
    let key = expression
    if let ball = known[key] { return ball }
    effort -= 1
    guard EffortLimit.spend(1 + precision / 128), effort > 0 else { return .indeterminate }
    let ball = compute(expression)
    known[key] = ball
    return ball
  }

  private mutating func compute(_ expression: Expression) -> Ball {
    switch expression.form {
    case .rational(let value): return Ball(value, precision: precision)
    case .pi: return .pi(precision: precision)
    case .symbol(let symbol): return box[symbol] ?? .indeterminate
    case .sum(let terms):
      return terms.reduce(Ball(.zero, precision: precision)) {
        $0.adding(value(of: $1), precision: precision)
      }
    case .product(let factors):
      return factors.reduce(Ball(.one, precision: precision)) {
        $0.multiplied(by: value(of: $1), precision: precision)
      }
    case .power(let base, let exponent): return power(base, exponent)
    case .call(let function, let arguments):
      return function.ball(arguments.map { value(of: $0) }, precision: precision)
    case .piecewise(let branches): return piecewise(branches)
    case .finiteSum(let sum): return finiteSum(sum)
    }
  }

  private mutating func power(_ base: Expression, _ exponent: Expression) -> Ball {
    let u = value(of: base)
    if let r = exponent.rationalValue { return u.power(r, precision: precision) }
    let v = value(of: exponent)
    if let zero = u.certifiedSign, zero == 0 {
      // 0^v = 0 for v > 0; there is no value otherwise.
      return v.certifiedSign == 1 ? u : .indeterminate
    }
    return u.power(v, precision: precision)
  }

  /// The first branch that holds; the union of those that may be the first to hold.
  private mutating func piecewise(_ branches: [Branch]) -> Ball {
    var result: Ball?
    for branch in branches {
      let truth = holds(branch.condition)
      if truth == false { continue }
      let ball = value(of: branch.value)
      result = result?.union(ball) ?? ball
      if truth == true { return result! }
    }
    return .indeterminate
  }

  private mutating func finiteSum(_ sum: FiniteSum) -> Ball {
    guard let lower = integer(sum.lower), let upper = integer(sum.upper), upper >= lower - 1,
      upper - lower < 10_000
    else { return .indeterminate }
    var total = Ball(.zero, precision: precision)
    let outer = (box[sum.index], known)
    for k in stride(from: lower, through: upper, by: 1) {
      box[sum.index] = Ball(Rational(k), precision: precision)
      known = [:]
      total = total.adding(value(of: sum.body), precision: precision)
    }
    (box[sum.index], known) = outer
    return total
  }

  private mutating func integer(_ expression: Expression) -> Int? {
    let ball = value(of: expression)
    guard ball.isExact, let value = ball.lowerBound, value.isInteger else { return nil }
    // Longer integers than this one could have been rounded.
    return value.asInt.flatMap { Swift.abs($0) < 1 << 30 ? $0 : nil }
  }

  /// The truth of a predicate at every point of the box; nil when it is not certain or differs.
  mutating func holds(_ predicate: Predicate) -> Bool? {
    switch predicate {
    case .always: return true
    case .never: return false
    case .not(let inner): return holds(inner).map { !$0 }
    case .and(let parts): return all(parts, isConjunction: true)
    case .or(let parts): return all(parts, isConjunction: false)
    case .compare(let a, let relation, let b):
      let (left, right) = (value(of: a), value(of: b))
      guard left.isFinite, right.isFinite else { return nil }
      if left.certainlyLess(than: right) { return relation.holds(forSign: -1) }
      if right.certainlyLess(than: left) { return relation.holds(forSign: 1) }
      if left.isExact, right.isExact { return relation.holds(forSign: 0) }
      let isAtMost = left.certainlyAtMost(right)
      let isAtLeast = right.certainlyAtMost(left)
      switch relation {
      case .lessOrEqual where isAtMost, .greaterOrEqual where isAtLeast: return true
      case .greater where isAtMost, .less where isAtLeast: return false
      default: return nil
      }
    }
  }

  private mutating func all(_ parts: [Predicate], isConjunction: Bool) -> Bool? {
    var isSettled = true
    for part in parts {
      guard let truth = holds(part) else {
        isSettled = false
        continue
      }
      if truth != isConjunction { return truth }
    }
    return isSettled ? isConjunction : nil
  }
}
