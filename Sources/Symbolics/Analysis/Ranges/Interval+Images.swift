import Exact

extension Interval {
  /// { f(u) : u where f is defined } for a monotone function; nil when f is defined nowhere here.
  func imageInDomain(of function: Function) -> Interval? {
    guard let monotone = function.monotone else { return .reals }
    guard let inside = intersection(monotone.domain) else { return nil }
    let (first, last) = monotone.ends
    func value(_ end: Endpoint, _ domainEnd: Endpoint, _ limit: Endpoint) -> Endpoint {
      guard let point = end.value else { return limit }
      // At an end of the domain the limit is known: log at 0, atanh at 1.
      if let other = domainEnd.value, ExactConstant.compare(point, other) == 0 {
        return end.isClosed ? limit : limit.opened
      }
      return end.replacing(.call(function, [point]))
    }
    let low = value(inside.lower, monotone.domain.lower, first)
    let high = value(inside.upper, monotone.domain.upper, last)
    return (monotone.isIncreasing ? Interval(low, high) : Interval(high, low)).tidied
  }

  /// { sin u } or { cos u }: the values at the ends and at the turning points inside.
  func image(ofCircularFunction function: Function) -> Interval {
    let whole = Interval(.closed(.minusOne), .closed(.one))
    guard let a = lower.value, let b = upper.value,
      ExactConstant.compare(b - a, 2 * .pi) == -1,
      let start = a.ball(precision: 64).midpointIfNarrow
    else { return whole }
    // sin turns at π/2 + jπ, cos at jπ, where the value is 1 for even j.
    let shift: Rational = function == .sin ? Rational(1, over: 2) : 0
    let first = Int((start / Double.pi - shift.doubleValue).rounded(.down)) - 1
    func value(_ end: Endpoint, _ point: Expression) -> Endpoint {
      let exact = Expression.call(function, [point])
      // Only at rational parts of a turn can the value be a rational number.
      guard (point / .pi).rationalValue != nil else { return end.replacing(exact) }
      return end.replacing(ExactConstant.rational(of: exact).map { Expression($0) } ?? exact)
    }
    let ends = [value(lower, a), value(upper, b)]
    var result = Interval(
      Endpoint.lowest(ends[0], ends[1]), Endpoint.highest(ends[0], ends[1]))
    for j in first...(first + 5) {
      let turn = Expression(shift + Rational(j)) * .pi
      guard !isBeyondEnds(turn) else { continue }
      let extreme = Endpoint.closed(Expression(j.isMultiple(of: 2) ? 1 : -1))
      result = Interval(
        Endpoint.lowest(result.lower, extreme), Endpoint.highest(result.upper, extreme))
    }
    return result.intersection(whole) ?? whole
  }

  /// { tan u }: monotone between two poles, else anything.
  var imageOfTangent: Interval {
    guard let a = lower.value, let b = upper.value,
      let start = a.ball(precision: 64).midpointIfNarrow
    else { return .reals }
    let branch = Int((start / Double.pi + 0.5).rounded(.down))
    let half = Rational(1, over: 2)
    for j in [branch - 1, branch, branch + 1] {
      let left = Expression(Rational(j) - half) * .pi
      let right = Expression(Rational(j) + half) * .pi
      guard let below = ExactConstant.compare(left, a), below <= 0,
        let above = ExactConstant.compare(b, right), above <= 0
      else { continue }
      return Interval(
        below == 0 ? .minusInfinity : lower.replacing(.call(.tan, [a])),
        above == 0 ? .plusInfinity : upper.replacing(.call(.tan, [b])))
    }
    return .reals
  }

  /// Whether `point` certainly is no element.
  private func isBeyondEnds(_ point: Expression) -> Bool {
    if let low = lower.value, let order = ExactConstant.compare(point, low),
      order < 0 || (order == 0 && !lower.isClosed)
    {
      return true
    }
    if let high = upper.value, let order = ExactConstant.compare(point, high),
      order > 0 || (order == 0 && !upper.isClosed)
    {
      return true
    }
    return false
  }
}

extension MonotoneFunction {
  /// The limits at the lower and the upper end of the domain.
  var ends: (first: Endpoint, last: Endpoint) {
    isIncreasing ? (image.lower, image.upper) : (image.upper, image.lower)
  }
}

extension Ball {
  /// An approximate value, to choose candidates by, of a number known well enough and not too large
  /// to be counted in turns.
  var midpointIfNarrow: Double? {
    guard let radius, radius < Rational(1, over: 1024) else { return nil }
    let value = midpointDouble
    return abs(value) < 1e9 ? value : nil
  }
}
