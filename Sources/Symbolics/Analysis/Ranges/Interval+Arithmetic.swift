import Exact

/// Arithmetic of intervals with constant ends: every result is a superset of the exact set, and an
/// end is left out only if no element attains it. `nil` stands for the empty set.
extension Interval {
  /// The interval [value, value].
  static func point(_ value: Expression) -> Interval { Interval(.closed(value), .closed(value)) }

  static prefix func - (u: Interval) -> Interval { Interval(-u.upper, -u.lower) }

  /// { u + v }
  func adding(_ other: Interval) -> Interval {
    Interval(lower.adding(other.lower), upper.adding(other.upper)).tidied
  }

  /// { u·v }: the extremes lie at corners.
  func multiplied(by other: Interval) -> Interval {
    let ends = [lower, upper, other.lower, other.upper]
    guard ends.allSatisfy({ $0.sign != nil }) else { return .reals }
    let corners = [lower, upper].flatMap { end in
      [end.multiplied(by: other.lower), end.multiplied(by: other.upper)]
    }
    var result = Interval(corners[0], corners[0])
    for corner in corners.dropFirst() {
      result = Interval(
        Endpoint.lowest(result.lower, corner), Endpoint.highest(result.upper, corner))
    }
    return result.tidied
  }

  /// { 1/u : u ≠ 0 }
  var reciprocal: Interval? {
    let signs = self.signs.subtracting(.zero)
    if signs == .nonzero { return .reals }
    if signs.isEmpty { return nil }
    let isPositive = signs == .positive
    // 1/u is decreasing; the end at 0 goes to infinity.
    return Interval(
      upper.reciprocal(atZero: isPositive ? .plusInfinity : .minusInfinity, atInfinity: .zero),
      lower.reciprocal(atZero: isPositive ? .plusInfinity : .minusInfinity, atInfinity: .zero)
    ).tidied
  }

  /// { |u| }
  var magnitude: Interval {
    let signs = self.signs
    if !signs.contains(.negative) { return self }
    if !signs.contains(.positive) { return -self }
    return Interval(.closed(.zero), Endpoint.highest(upper, -lower))
  }

  /// The image under u ↦ f(u), increasing on the interval, with the given limits at ±∞.
  func mapIncreasing(
    atMinusInfinity: Endpoint = .minusInfinity, atPlusInfinity: Endpoint = .plusInfinity,
    _ function: (Expression) -> Expression
  ) -> Interval {
    Interval(
      lower.value.map { lower.replacing(function($0)) } ?? atMinusInfinity,
      upper.value.map { upper.replacing(function($0)) } ?? atPlusInfinity
    ).tidied
  }

  /// The smallest interval around both.
  func union(_ other: Interval) -> Interval {
    Interval(Endpoint.lowest(lower, other.lower), Endpoint.highest(upper, other.upper))
  }

  /// What both have in common, as far as the ends can be compared; nil when that is nothing.
  func intersection(_ other: Interval) -> Interval? {
    let result = Interval(
      Endpoint.innerLower(lower, other.lower), Endpoint.innerUpper(upper, other.upper))
    return result.isEmpty ? nil : result
  }

  /// Whether the interval certainly has no element.
  var isEmpty: Bool {
    guard let low = lower.value, let high = upper.value,
      let order = ExactConstant.compare(low, high)
    else { return false }
    return order > 0 || (order == 0 && !(lower.isClosed && upper.isClosed))
  }

  /// The signs of the elements.
  var signs: SignSet {
    var result = SignSet.all
    if let low = lower.value, let sign = ExactConstant.sign(of: low) {
      if sign > 0 { return .positive }
      if sign == 0 { result.formIntersection(lower.isClosed ? .nonnegative : .positive) }
    }
    if let high = upper.value, let sign = ExactConstant.sign(of: high) {
      if sign < 0 { return .negative }
      if sign == 0 { result.formIntersection(upper.isClosed ? .nonpositive : .negative) }
    }
    return result
  }

  /// The numbers with one of the signs: the smallest interval around them.
  init?(_ signs: SignSet) {
    if signs.isEmpty { return nil }
    let lower: Endpoint =
      signs.contains(.negative)
      ? .minusInfinity : signs.contains(.zero) ? .closed(.zero) : .open(.zero)
    let upper: Endpoint =
      signs.contains(.positive)
      ? .plusInfinity : signs.contains(.zero) ? .closed(.zero) : .open(.zero)
    self.init(lower, upper)
  }

  /// The same interval, or a slightly larger one with short ends where an end has grown long.
  var tidied: Interval {
    Interval(lower.tidied(isLower: true), upper.tidied(isLower: false))
  }
}
