import Exact

/// Signs and ranges by the derivative: u lies beyond its limit at an end of an interval on which it
/// is monotone.
extension SignCalculus {
  /// The signs of `u` by its slope in one of its symbols.
  func signsByMonotonicity(of u: Expression) -> SignSet {
    guard depth > 1, nesting <= 2, u.size <= 200 else { return .all }
    var result = SignSet.all
    for symbol in u.freeSymbols.prefix(3) where result.isUndetermined {
      guard effort.spend(20 + u.size) else { break }
      result.formIntersection(signs(of: u, along: symbol))
    }
    return result
  }

  private func signs(of u: Expression, along symbol: Symbol) -> SignSet {
    guard let calculus = released(symbol), calculus.isSmooth(u, in: symbol) else { return .all }
    let interval = assumptions.interval(of: symbol)
    let slope = u.derivative(by: symbol)
    // Where the slope has a root to split at, its own slope need not be looked at.
    var slopeSigns = calculus.nestedSigns(of: slope)
    if !slopeSigns.isNonnegative, !slopeSigns.isNonpositive {
      if let signs = calculus.signsByTurningPoints(of: u, along: symbol, in: interval, slope) {
        return signs
      }
      slopeSigns.formIntersection(calculus.slopeSigns(of: slope))
    }
    guard slopeSigns.isNonnegative || slopeSigns.isNonpositive else { return .all }
    let ends = calculus.ends(of: u, along: symbol, in: interval, slopeSigns)
    var result = SignSet.all
    if let low = ends.lower.value {
      let step: SignSet = ends.lower.isClosed ? .nonnegative : .positive
      result.formIntersection(calculus.nestedSigns(of: low) + step)
    }
    if let high = ends.upper.value {
      let step: SignSet = ends.upper.isClosed ? .nonpositive : .negative
      result.formIntersection(calculus.nestedSigns(of: high) + step)
    }
    return result
  }

  /// The investigation in which the symbol may move freely in its interval: facts that mention it
  /// are dropped. nil when another symbol's interval depends on it.
  private func released(_ symbol: Symbol) -> SignCalculus? {
    var free = Assumptions()
    for (other, interval) in assumptions.intervals {
      if interval.freeSymbols.contains(symbol) { return nil }
      free = free.adding(
        other, in: interval, isInteger: assumptions.integers.contains(other))
    }
    for other in assumptions.integers where assumptions.intervals[other] == nil {
      free = free.adding(other, in: .reals, isInteger: true)
    }
    for fact in assumptions.facts where !fact.freeSymbols.contains(symbol) {
      free = free.adding(fact)
    }
    return subordinate(free)
  }

  /// An enclosure of u, monotone along the symbol, with ends that may depend on other symbols.
  fileprivate func ends(
    of u: Expression, along symbol: Symbol, in interval: Interval, _ slope: SignSet
  ) -> Interval {
    let isStrict = !slope.contains(.zero)
    func value(_ end: Endpoint, isLower: Bool) -> Endpoint? {
      let point: LimitPoint
      switch end {
      case .minusInfinity: point = .minusInfinity
      case .plusInfinity: point = .plusInfinity
      case .closed(let value): return .closed(u.substituting(symbol, by: value))
      case .open(let value): point = isLower ? .above(value) : .below(value)
      }
      switch limit(of: u, as: symbol, to: point, under: assumptions) {
      case .finite(let value, _): return isStrict ? .open(value) : .closed(value)
      case .plusInfinity, .minusInfinity, .unknown: return nil
      }
    }
    let first = value(interval.lower, isLower: true)
    let last = value(interval.upper, isLower: false)
    let (low, high) = slope.isNonnegative ? (first, last) : (last, first)
    return Interval(low ?? .minusInfinity, high ?? .plusInfinity)
  }

  /// The signs on either side of a constant root of the slope, and at it; nil when none is found.
  private func signsByTurningPoints(
    of u: Expression, along symbol: Symbol, in interval: Interval, _ slope: Expression
  ) -> SignSet? {
    guard slope.freeSymbols == [symbol], depth > 2 else { return nil }
    let inside = interval.membership(of: Expression(symbol))
    let turns = slope.rootCandidates(for: symbol).filter {
      inside.holds(at: [symbol: $0]) == true
        && ExactConstant.sign(of: slope.substituting(symbol, by: $0)) == 0
    }
    guard let turn = turns.first else { return nil }
    var result = nestedSigns(of: u.substituting(symbol, by: turn))
    let sides = [
      Interval(interval.lower, .open(turn)), Interval(.open(turn), interval.upper),
    ]
    for side in sides where result != .all {
      let calculus = subordinate(
        assumptions.adding(symbol, in: side, isInteger: assumptions.integers.contains(symbol)))
      result.formUnion(calculus.slopeSigns(of: u))
    }
    return result
  }

  /// An enclosure by monotonicity in the only symbol.
  func rangeByMonotonicity(of u: Expression) -> Interval? {
    guard let symbol = u.freeSymbols.first, u.freeSymbols.count == 1, u.size <= 200,
      let calculus = released(symbol), calculus.isSmooth(u, in: symbol)
    else { return nil }
    let slope = calculus.slopeSigns(of: u.derivative(by: symbol))
    guard slope.isNonnegative || slope.isNonpositive else { return nil }
    let interval = assumptions.interval(of: symbol)
    guard interval.freeSymbols.isEmpty else { return nil }
    return calculus.ends(of: u, along: symbol, in: interval, slope)
  }

  /// Whether u is defined and analytic in the symbol on all of its interval, and at its closed ends
  /// continuous.
  func isSmooth(_ u: Expression, in symbol: Symbol) -> Bool {
    guard u.contains(symbol) else { return true }
    guard effort.spend() else { return false }
    switch u.form {
    case .rational, .pi, .symbol: return true
    case .sum(let operands), .product(let operands):
      return operands.allSatisfy { isSmooth($0, in: symbol) }
    case .power(let base, let exponent):
      guard isSmooth(base, in: symbol), isSmooth(exponent, in: symbol) else { return false }
      if let r = exponent.rationalValue, r.isInteger {
        return r.sign > 0 || nestedSigns(of: base).isNonzero
      }
      return nestedSigns(of: base).isPositive
    case .call(let function, let arguments):
      return arguments.allSatisfy { isSmooth($0, in: symbol) }
        && isSmooth(function, at: arguments[0])
    case .finiteSum(let sum):
      guard depth > 0, !sum.lower.contains(symbol), !sum.upper.contains(symbol) else {
        return false
      }
      let (calculus, body, _) = underIndex(sum)
      return calculus.isSmooth(body, in: symbol)
    case .piecewise: return false
    }
  }

  private func isSmooth(_ function: Function, at u: Expression) -> Bool {
    switch function {
    case .sin, .cos, .cosh: return true
    case .realRoot: return nestedSigns(of: u).isNonzero
    case .tan: return nestedSigns(of: .call(.cos, [u])).isNonzero
    case .abs, .sign, .floor, .atan2, .max, .min, .mod: return false
    default:
      guard let domain = function.monotone?.domain else { return false }
      if let low = domain.lower.value, !nestedSigns(of: u - low).isPositive { return false }
      if let high = domain.upper.value, !nestedSigns(of: high - u).isPositive { return false }
      return true
    }
  }
}
