public import Exact

/// All roots of a continuous g in an interval, each alone in an interval of its own, with a proof that there are no
/// others.
///
/// Where an enclosure of g is not 0 there is none; where one of g' is not 0 there is one at most, and the signs of g at
/// the ends tell whether there is. Towards an infinite end, or one where g has no value, g has one sign or moves away
/// from 0.
public struct RootIsolation {
  /// What was found.
  public enum Outcome: Sendable, Equatable {
    /// All of them, in rising order.
    case roots([Root])
    /// g and g' vanish at this number.
    case critical(Rational)
    /// Not all of them were told apart.
    case unknown
  }

  /// g is strictly monotone from `lower` to `upper`, and 0 once; where both are one number, at that.
  public struct Root: Sendable, Equatable {
    public let lower, upper: Rational
  }

  private let formula: Expression
  private let slope: Expression
  private let variable: Symbol
  /// Enclosures of the other symbols.
  private let others: [Symbol: Ball]
  private let assumptions: Assumptions
  private var budget = 4000
  private var found: [Root] = []
  private var critical: Rational?

  private static let precision = 128
  /// Boxes narrower than 2^-40 are not cut any more.
  private static let smallest = Rational(2).power(-40)!

  /// The roots of `formula` in `domain`.
  ///
  /// - Parameters:
  ///   - formula: g, which may have other symbols than `variable`.
  ///   - variable: t.
  ///   - domain: an interval whose ends have no symbols.
  ///   - others: enclosures of the other symbols.
  public static func roots(
    of formula: Expression, in variable: Symbol, over domain: Interval,
    where others: [Symbol: Ball] = [:]
  ) -> Outcome {
    var known = Assumptions()
    for (symbol, ball) in others {
      guard let low = ball.lowerBound, let high = ball.upperBound else { return .unknown }
      known = known.adding(
        symbol, in: Interval(.closed(Expression(low)), .closed(Expression(high))))
    }
    guard known.adding(variable, in: domain).isContinuous(formula, in: [variable]) else {
      return .unknown
    }
    var isolation = RootIsolation(
      formula: formula, slope: formula.derivative(by: variable).simplified(under: known),
      variable: variable, others: others, assumptions: known)
    return isolation.run(domain)
  }

  private init(
    formula: Expression, slope: Expression, variable: Symbol, others: [Symbol: Ball],
    assumptions: Assumptions
  ) {
    self.formula = formula
    self.slope = slope
    self.variable = variable
    self.others = others
    self.assumptions = assumptions
  }

  private mutating func run(_ domain: Interval) -> Outcome {
    guard let middle = Self.middle(of: domain),
      let low = core(from: middle, to: domain.lower, isLower: true),
      let high = core(from: middle, to: domain.upper, isLower: false)
    else { return .unknown }
    guard low < high, search(low, high) else {
      return critical.map { .critical($0) } ?? .unknown
    }
    // What was found at an end belongs to the interval only if the end does.
    return .roots(
      found.filter { root in
        root.lower < root.upper
          || assumptions.decide(domain.membership(of: Expression(root.lower))) == true
      })
  }

  // MARK: Values

  private func value(_ u: Expression, _ low: Rational, _ high: Rational) -> Ball {
    var box = others
    box[variable] =
      low == high
      ? Ball(low, precision: Self.precision + 64)
      : Ball(from: low, to: high, precision: Self.precision)
    return u.ball(over: box, precision: Self.precision)
  }

  /// The sign of g at a number; nil when it is not certain.
  private func sign(at t: Rational) -> Int? { value(formula, t, t).certifiedSign }

  // MARK: The ends

  private static func middle(of domain: Interval) -> Rational? {
    func number(_ end: Endpoint) -> Rational? {
      end.value.flatMap { $0.rationalValue ?? $0.ball(precision: precision).midpoint }
    }
    switch (number(domain.lower), number(domain.upper)) {
    case (let low?, let high?): return low < high ? low + (high - low) * ratio : nil
    case (let low?, nil): return low + 1
    case (nil, let high?): return high - 1
    case (nil, nil): return Rational(1, over: 64)
    }
  }

  /// A number next to an end, with no root between the two; the end itself where g has a value.
  private func core(from middle: Rational, to end: Endpoint, isLower: Bool) -> Rational? {
    if let limit = end.value {
      if let exact = limit.rationalValue, value(formula, exact, exact).isFinite { return exact }
      if limit.rationalValue == nil, let inner = inside(limit, isLower: isLower) { return inner }
    }
    for step in 0..<24 {
      let t: Rational
      if let limit = end.value {
        let ball = limit.ball(precision: Self.precision)
        guard let near = isLower ? ball.upperBound : ball.lowerBound,
          let share = Rational(2).power(-2 - step)
        else { return nil }
        t = near + (middle - near) * share
      } else {
        guard let size = Rational(2).power(step) else { return nil }
        t = isLower ? middle - size : middle + size
      }
      let border = Expression(t)
      let outside =
        isLower ? Interval(end, .open(border)) : Interval(.open(border), end)
      if isFree(outside, from: t, isLower: isLower) { return t }
    }
    return nil
  }

  /// A rational number on the inner side of an irrational end, if g is not 0 between the two.
  private func inside(_ limit: Expression, isLower: Bool) -> Rational? {
    let ball = limit.ball(precision: Self.precision)
    guard let low = ball.lowerBound, let high = ball.upperBound,
      let sign = value(formula, low, high).certifiedSign, sign != 0
    else { return nil }
    return isLower ? high : low
  }

  /// No root beyond t: g has one sign there, or moves away from 0.
  private func isFree(_ outside: Interval, from t: Rational, isLower: Bool) -> Bool {
    let known = assumptions.adding(variable, in: outside)
    if known.signs(of: formula).isNonzero { return true }
    guard let sign = sign(at: t), sign != 0 else { return false }
    switch known.trend(of: formula, in: variable) {
    case .increasing: return isLower ? sign < 0 : sign > 0
    case .decreasing: return isLower ? sign > 0 : sign < 0
    case .constant, nil: return false
    }
  }

  // MARK: Between the ends

  /// Where boxes are cut, at a number that is seldom a root.
  private static let ratio = Rational(4871, over: 10000)

  /// Whether all roots in [low, high] were found.
  private mutating func search(_ low: Rational, _ high: Rational) -> Bool {
    budget -= 1
    guard budget > 0, EffortLimit.spend(formula.size) else { return false }
    if let sign = value(formula, low, high).certifiedSign, sign != 0 { return true }
    if let trend = value(slope, low, high).certifiedSign, trend != 0,
      let atLow = sign(at: low), let atHigh = sign(at: high)
    {
      if atLow == 0 { found.append(Root(lower: low, upper: low)) }
      if atHigh == 0 { found.append(Root(lower: high, upper: high)) }
      if atLow * atHigh < 0 { found.append(Root(lower: low, upper: high)) }
      return true
    }
    guard high - low > Self.smallest else {
      critical = critical ?? commonRoot(low, high)
      return false
    }
    guard let cut = cut(low, high) else { return false }
    return search(low, cut) && search(cut, high)
  }

  private func cut(_ low: Rational, _ high: Rational) -> Rational? {
    [Self.ratio, Rational(5179, over: 10000), Rational(4637, over: 10000)]
      .map { low + (high - low) * $0 }
      .first { sign(at: $0).map { $0 != 0 } ?? false }
  }

  /// A small fraction at which both g and g' vanish, exactly.
  private func commonRoot(_ low: Rational, _ high: Rational) -> Rational? {
    guard others.isEmpty else { return nil }
    return (1...12).lazy.map { (high * Rational($0)).floor() / Rational($0) }.first { candidate in
      candidate >= low
        && [formula, slope].allSatisfy {
          ExactConstant.areEqual($0.substituting(variable, by: Expression(candidate)), .zero)
            == true
        }
    }
  }
}
