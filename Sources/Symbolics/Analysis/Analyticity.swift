extension Assumptions {
  /// Whether `formula` is real-analytic in `symbols`, jointly, wherever it is defined in the
  /// interior of their intervals; false says only that this was not shown.
  ///
  /// Sums, products and compositions of analytic functions are analytic. An operation that is not
  /// analytic on all of its domain (a root at 0, |u| at 0, asin at ±1) must be shown to stay clear of
  /// those arguments.
  ///
  /// - Parameters:
  ///   - formula: The formula.
  ///   - symbols: The variables; everything else is a constant.
  /// - Returns: true when every operation is analytic where it is applied.
  public func isAnalytic(_ formula: Expression, in symbols: [Symbol]) -> Bool {
    var inside = self
    for symbol in symbols { inside = inside.adding(symbol, in: interval(of: symbol).interior) }
    var check = AnalyticityCheck(symbols: symbols, known: inside, point: [:])
    return check.holds(for: formula)
  }

  /// Whether `formula` is real-analytic, jointly, near one point at which it is defined.
  ///
  /// - Parameters:
  ///   - formula: The formula.
  ///   - point: The variables and their values, free of the variables.
  /// - Returns: true when every operation is analytic where it is applied.
  public func isAnalytic(_ formula: Expression, at point: [Symbol: Expression]) -> Bool {
    var check = AnalyticityCheck(symbols: point.keys.sorted(), known: self, point: point)
    return check.holds(for: formula)
  }
}

extension Expression {
  /// No jump anywhere on its domain, as a function of all of `symbols` together.
  public func isContinuousWhereDefined(in symbols: [Symbol]) -> Bool {
    var continuous = Set<ObjectIdentifier>()
    return isContinuousWhereDefined(in: symbols, &continuous)
  }

  /// `continuous` collects what is known to have no jump, for trees that share much.
  private func isContinuousWhereDefined(
    in symbols: [Symbol], _ continuous: inout Set<ObjectIdentifier>
  ) -> Bool {
    if continuous.contains(ObjectIdentifier(node)) { return true }
    if containsAny(of: symbols) {
      switch form {
      case .piecewise, .call(.sign, _), .call(.floor, _), .call(.mod, _), .call(.atan2, _):
        return false
      default: break
      }
      for child in form.children
      where !child.isContinuousWhereDefined(in: symbols, &continuous) {
        return false
      }
    }
    continuous.insert(ObjectIdentifier(node))
    return true
  }
}

/// One walk through a formula, operation by operation.
private struct AnalyticityCheck {
  let symbols: [Symbol]
  /// What is known, the indices of the finite sums around included.
  var known: Assumptions
  /// The only point that matters; empty for all that `known` admits.
  let point: [Symbol: Expression]
  /// Subtrees that were found analytic, for trees that share much. The formula keeps them alive.
  var analytic: Set<ObjectIdentifier> = []

  mutating func holds(for u: Expression) -> Bool {
    if analytic.contains(ObjectIdentifier(u.node)) { return true }
    guard !u.containsAny(of: symbols) || isAnalytic(u) else { return false }
    analytic.insert(ObjectIdentifier(u.node))
    return true
  }

  private mutating func isAnalytic(_ u: Expression) -> Bool {
    switch u.form {
    case .rational, .pi, .symbol: return true
    case .sum(let operands), .product(let operands): return allHold(for: operands)
    case .power(let base, let exponent):
      return allHold(for: [base, exponent]) && isPowerAnalytic(base, exponent)
    case .call(let function, let arguments):
      return allHold(for: arguments) && isAnalytic(function, at: arguments)
    case .piecewise(let branches): return isPiecewiseAnalytic(branches)
    case .finiteSum(let sum):
      guard !sum.lower.containsAny(of: symbols), !sum.upper.containsAny(of: symbols) else {
        return false
      }
      // The index has its meaning, and what was found of it, inside only.
      let outside = self
      defer { self = outside }
      known = known.adding(
        sum.index, in: Interval(.closed(sum.lower), .closed(sum.upper)), isInteger: true)
      return holds(for: sum.body)
    }
  }

  private mutating func allHold(for operands: [Expression]) -> Bool {
    for operand in operands where !holds(for: operand) { return false }
    return true
  }

  private func signs(of u: Expression) -> SignSet {
    known.signs(of: point.isEmpty ? u : u.substituting(point))
  }

  /// u^r is analytic where u > 0; for integers r everywhere in its domain. u^r with r < 0 and a^u
  /// have no other domain.
  private func isPowerAnalytic(_ base: Expression, _ exponent: Expression) -> Bool {
    guard base.containsAny(of: symbols), !known.isInteger(exponent) else { return true }
    return signs(of: exponent) == .negative || signs(of: base) == .positive
  }

  private func isAnalytic(_ function: Function, at arguments: [Expression]) -> Bool {
    switch function {
    case .sin, .cos, .tan, .cosh: return true
    case .abs, .sign, .realRoot: return signs(of: arguments[0]).isNonzero
    case .max, .min: return arguments.count == 2 && signs(of: arguments[0] - arguments[1]).isNonzero
    case .floor, .mod, .atan2: return false
    default:
      guard let domain = function.monotone?.domain else { return false }
      if case .closed(let low) = domain.lower, signs(of: arguments[0] - low) != .positive {
        return false
      }
      if case .closed(let high) = domain.upper, signs(of: high - arguments[0]) != .positive {
        return false
      }
      return true
    }
  }

  /// One branch is valid near every point: no comparison is at its border.
  private mutating func isPiecewiseAnalytic(_ branches: [Branch]) -> Bool {
    for branch in branches {
      switch truth(of: branch.condition) {
      case true?: return holds(for: branch.value)
      case false?: continue
      case nil: return false
      }
    }
    return true
  }

  /// The truth of a condition that does not change nearby.
  private mutating func truth(of condition: Predicate) -> Bool? {
    guard allHold(for: condition.expressions) else { return nil }
    for (a, b) in condition.comparedPairs where !signs(of: a - b).isNonzero { return nil }
    return known.decide(point.isEmpty ? condition : condition.substituting(point))
  }
}
