import Symbolics

/// In one dimension: at which of the points where |u|, max or min may have a corner, or another case
/// begins, the bijection is no diffeomorphism.
///
/// A continuous f whose slope has a limit at c is differentiable there with that slope (by the mean
/// value theorem), so f is smooth at c exactly when the slopes from both sides agree, and f⁻¹ is when
/// they are not 0.
struct KinkAnalysis {
  let context: ProofContext
  /// f'
  let slope: Expression

  /// The exceptional points, nil when they could not be found: more than one variable, corners at
  /// points that are no numbers, slopes that are not known.
  func exceptions() -> [Expression]? {
    guard context.inputs.count == 1, context.formulas.count == 1, !context.hasParameters,
      context.domain.predicate == .always, let corners = corners()
    else { return nil }
    let sorted = corners.sorted { known.decide(.compare($0, .less, $1)) == true }
    guard hasSlopesBetween(sorted) else { return nil }
    var found: [Expression] = []
    let ends = [domain.interior.lower] + sorted.map { .open($0) } + [domain.interior.upper]
    let parts = zip(ends, ends.dropFirst()).map { Interval($0, $1) }
    for (corner, sides) in zip(sorted, zip(parts, parts.dropFirst())) {
      guard let isSmooth = isSmooth(at: corner, in: [sides.0, sides.1]) else { return nil }
      if !isSmooth { found.append(corner) }
    }
    for (end, part) in [(domain.lower, parts[0]), (domain.upper, parts[parts.count - 1])] {
      guard case .closed(let point) = end else { continue }
      guard let isSmooth = isSmooth(at: point, in: [part]) else { return nil }
      if !isSmooth { found.append(point) }
    }
    return found
  }

  private var domain: Interval { context.domain.intervals[0] }
  private var t: Symbol { context.inputs[0] }
  private var known: Assumptions { context.parameterAssumptions }

  /// The points inside the domain at which an operation has a corner, a jump or a vertical tangent.
  private func corners() -> [Expression]? {
    let formula = context.formulas[0]
    let borders = formula.corners(in: t) + formula.caseBorders.filter { $0.contains(t) }
    let sets = borders.map { $0.zeroSet(under: context.assumptions) }
    var points: [Expression] = []
    for part in Predicate.any(sets).alternativesOfEquations {
      guard case .compare(let left, .equal, let right) = part,
        let point = known.affineRoot(of: left - right, in: t), point.isRealConstant
      else { return nil }
      let inside = domain.interior.membership(of: point)
      guard let isInside = known.decide(inside) else { return nil }
      if isInside, !points.contains(point) { points.append(point) }
    }
    return points
  }

  /// Whether f' exists and is not 0 on each of the open intervals between the points.
  private func hasSlopesBetween(_ corners: [Expression]) -> Bool {
    let whole = domain.interior
    var lower = whole.lower
    for upper in corners.map({ Endpoint.open($0) }) + [whole.upper] {
      let part = known.adding(t, in: Interval(lower, upper))
      guard part.isAnalytic(context.formulas[0], in: [t]),
        part.signs(of: slope.simplified(under: part)).isSubset(of: .nonzero)
      else { return false }
      lower = upper
    }
    return true
  }

  /// Whether f is continuous at the point, seen from the sides, and smooth; nil when that is not known.
  private func isSmooth(at point: Expression, in parts: [Interval]) -> Bool? {
    let formula = context.formulas[0]
    if !formula.isContinuousWhereDefined(in: context.inputs) {
      let value = formula.substituting(t, by: point)
      for part in parts {
        switch limit(of: formula, at: point, in: part) {
        case .finite(let end, _):
          guard let isContinuous = known.decide(.compare(end, .equal, value)) else { return nil }
          if !isContinuous { return false }
        case .plusInfinity, .minusInfinity: return false
        case .unknown: return nil
        }
      }
    }
    return isSmooth(parts.map { limit(of: slope, at: point, in: $0) })
  }

  /// Whether the slopes from the sides are one number other than 0; nil when they are not known.
  private func isSmooth(_ slopes: [Limit]) -> Bool? {
    if slopes.contains(.plusInfinity) || slopes.contains(.minusInfinity) { return false }
    var values: [Expression] = []
    for slope in slopes {
      guard case .finite(let value, _) = slope else { return nil }
      values.append(value)
    }
    let first = values[0]
    let conditions = values.map { Predicate.compare($0, .equal, first) }
    return known.decide(.all(conditions + [.compare(first, .unequal, .zero)]))
  }

  /// The limit of a formula at an end of an interval.
  private func limit(of formula: Expression, at point: Expression, in part: Interval) -> Limit {
    let inside = known.adding(t, in: part)
    return Symbolics.limit(
      of: formula.simplified(under: inside), as: t,
      to: part.lower.value == point ? .above(point) : .below(point), under: inside)
  }
}

extension Predicate {
  /// The parts of a disjunction; none for an empty set.
  fileprivate var alternativesOfEquations: [Predicate] {
    switch self {
    case .never: []
    case .or(let parts): parts
    default: [self]
    }
  }
}
