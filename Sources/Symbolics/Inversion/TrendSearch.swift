import Exact

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

extension Assumptions {
  /// Strictly increasing, strictly decreasing or constant in `t`, and continuous, on the interval
  /// that these assumptions give to `t`; nil if none was shown.
  ///
  /// First by structure (a sum of increasing terms increases, exp keeps the trend …), then by the
  /// sign of the derivative: f continuous, f' ≥ 0 off isolated points and not zero on an interval
  /// imply f strictly increasing. Last on either side of a kink.
  public func trend(of formula: Expression, in t: Symbol) -> Trend? {
    TrendSearch(known: self, t: t).trend(of: formula)
  }
}

/// One search for trends in one symbol: what was found of the parts of a formula is remembered.
final class TrendSearch {
  let known: Assumptions
  let t: Symbol
  /// How many more times the interval may be split.
  private let splits: Int
  private var found: [Expression: Trend?] = [:]

  init(known: Assumptions, t: Symbol, splits: Int = 2) {
    self.known = known
    self.t = t
    self.splits = splits
  }

  func trend(of formula: Expression) -> Trend? {
    guard formula.contains(t) else { return .constant }
    if let trend = found[formula] { return trend }
    guard EffortLimit.spend(5) else { return nil }
    let trend =
      structuralTrend(of: formula) ?? derivativeTrend(of: formula)
      ?? trendAroundKink(of: formula)
    found[formula] = .some(trend)
    return trend
  }

  // MARK: By the derivative

  private func derivativeTrend(of formula: Expression) -> Trend? {
    // Where a formula with kinks has no slope, the signs of its slope say nothing.
    guard known.isAnalytic(formula, in: [t]), formula.isContinuousWhereDefined(in: [t]) else {
      return nil
    }
    // At an end of the interval the formula of the slope may say something else: sign(0) = 0.
    let inside = known.adding(
      t, in: known.interval(of: t).interior, isInteger: known.integers.contains(t))
    let derivative = formula.derivative(by: t).simplified(under: inside)
    let signs = inside.signs(of: derivative)
    switch signs {
    case .positive: return .increasing
    case .negative: return .decreasing
    case .zero: return nil
    default: break
    }
    // An analytic derivative that is not identically zero has isolated zeros.
    if !signs.contains(.negative), inside.isSomewhere(.positive, derivative, t) {
      return .increasing
    }
    if !signs.contains(.positive), inside.isSomewhere(.negative, derivative, t) {
      return .decreasing
    }
    return nil
  }

  // MARK: Around kinks

  /// The one strict trend on both sides of a point where |u|, a root or a maximum has its kink: f is
  /// continuous there, so the trend is that of the whole interval.
  private func trendAroundKink(of formula: Expression) -> Trend? {
    guard splits > 0, formula.isContinuousWhereDefined(in: [t]) else { return nil }
    let inside = known.interval(of: t).interior
    for kink in kinks(of: formula) where known.decide(inside.membership(of: kink)) == true {
      guard let left = trend(of: formula, where: .lessOrEqual, kink), left != .constant,
        left == trend(of: formula, where: .greaterOrEqual, kink)
      else { continue }
      return left
    }
    return nil
  }

  private func trend(of formula: Expression, where side: Relation, _ kink: Expression) -> Trend? {
    TrendSearch(known: known.narrowing(t, side, kink), t: t, splits: splits - 1).trend(of: formula)
  }

  /// Some of the points at which an operation of the formula is not smooth.
  private func kinks(of formula: Expression) -> [Expression] {
    formula.corners(in: t).flatMap(roots).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func roots(of u: Expression) -> [Expression] {
    if u.freeSymbols == [t] { return u.rootCandidates(for: t).filter(\.isRealConstant) }
    return known.affineRoot(of: u, in: t).map { [$0] } ?? []
  }
}

extension Assumptions {
  /// Whether the expression surely has the sign at some point of t's interval, for every value of
  /// the other symbols.
  fileprivate func isSomewhere(_ sign: SignSet, _ expression: Expression, _ t: Symbol) -> Bool {
    let interval = self.interval(of: t)
    var candidates = [0, 1, -1, 2, -2].map { Expression(Rational($0)) } + [.rational(1, 2)]
    if let low = interval.lower.value { candidates.append(low + 1) }
    if let high = interval.upper.value { candidates.append(high - 1) }
    if let low = interval.lower.value, let high = interval.upper.value {
      candidates.append((low + high) / 2)
    }
    return candidates.contains { candidate in
      decide(interval.membership(of: candidate)) == true
        && signs(of: expression.substituting(t, by: candidate)) == sign
    }
  }
}
