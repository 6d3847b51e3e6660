extension ScalarBijection {
  /// The bijection t ↦ formula(t) of `domain` onto its image, for all values of its other symbols.
  ///
  /// Found as a strictly monotone continuous map with known limits, with the inverse filled in when
  /// isolation finds the one solution; else as such maps with disjoint images, side by side; else as
  /// an equation with one solution; else as any of these in each case of the other symbols. nil when
  /// none of these applies.
  public static func find(
    _ formula: Expression, in t: Symbol, over domain: Interval, value: Symbol,
    under assumptions: Assumptions
  ) -> ScalarBijection? {
    monotone(formula, in: t, over: domain, value: value, under: assumptions)
      ?? splitBySign(formula, in: t, over: domain, value: value, under: assumptions)
      ?? pieced(formula, in: t, over: domain, value: value, under: assumptions)
      ?? soleSolution(formula, in: t, over: domain, value: value, under: assumptions)
      ?? distinguished(formula, in: t, over: domain, value: value, under: assumptions)
  }

  static func monotone(
    _ formula: Expression, in t: Symbol, over domain: Interval, value: Symbol,
    under assumptions: Assumptions
  ) -> ScalarBijection? {
    guard let inside = onWholeInterval(formula, t, assumptions.adding(t, in: domain)) else {
      return nil
    }
    let direction: Direction
    switch inside.trend(of: formula, in: t) {
    case .increasing: direction = .increasing
    case .decreasing: direction = .decreasing
    case .constant, nil: return nil
    }
    guard
      let atLower = imageEnd(of: formula, t, at: domain.lower, isLower: true, inside),
      let atUpper = imageEnd(of: formula, t, at: domain.upper, isLower: false, inside)
    else { return nil }
    let image =
      direction == .increasing ? Interval(atLower, atUpper) : Interval(atUpper, atLower)
    let inImage = assumptions.adding(value, in: image)
    let solved = uniqueSolution(of: formula, t, domain, value, inImage)
    return ScalarBijection(
      variable: t, formula: formula, domain: domain, image: image,
      solvable: image.membership(of: Expression(value)), direction: direction,
      inverse: solved?.solution, value: value,
      justification: solved.map { .isolation($0.steps) }
        ?? .monotone(derivative: formula.derivative(by: t).simplified(under: inside)))
  }

  /// The assumptions without the facts about `t`, which may cut points out of its interval: a map
  /// is monotone on an interval only if it is defined on all of it. nil if that is not shown.
  private static func onWholeInterval(
    _ formula: Expression, _ t: Symbol, _ assumptions: Assumptions
  ) -> Assumptions? {
    let whole = assumptions.withoutFacts(about: t)
    return whole.isDefined(formula) ? whole : nil
  }

  /// Rising for one sign of a nonzero factor free of t, falling for the other, onto one image.
  private static func splitBySign(
    _ formula: Expression, in t: Symbol, over domain: Interval, value: Symbol,
    under assumptions: Assumptions
  ) -> ScalarBijection? {
    let slopes = formula.derivative(by: t).simplified(under: assumptions).factors
    for factor in slopes where !factor.contains(t) {
      guard assumptions.signs(of: factor) == [.negative, .positive] else { continue }
      let rising = assumptions.adding(.compare(factor, .greater, .zero))
      let falling = assumptions.adding(.compare(factor, .less, .zero))
      guard let first = monotone(formula, in: t, over: domain, value: value, under: rising),
        let second = monotone(formula, in: t, over: domain, value: value, under: falling),
        first.image == second.image, first.inverse == second.inverse
      else { continue }
      return ScalarBijection(
        variable: t, formula: formula, domain: domain, image: first.image,
        solvable: first.solvable, direction: nil, inverse: first.inverse, value: value,
        justification: first.justification)
    }
    return nil
  }

  /// An equation with exactly one solution branch: injective whatever the shape of the domain.
  private static func soleSolution(
    _ formula: Expression, in t: Symbol, over domain: Interval, value: Symbol,
    under assumptions: Assumptions
  ) -> ScalarBijection? {
    guard
      let found = ScalarSolver.solutions(
        of: formula, equals: Expression(value), for: t, in: domain, under: assumptions),
      found.exceptional == .never, found.branches.count == 1
    else { return nil }
    let branch = found.branches[0]
    return ScalarBijection(
      variable: t, formula: formula, domain: domain, image: nil, solvable: branch.condition,
      direction: nil, inverse: branch.solution, value: value,
      justification: .isolation(branch.steps))
  }

  /// The end of the image that belongs to one end of the domain.
  private static func imageEnd(
    of formula: Expression, _ t: Symbol, at end: Endpoint, isLower: Bool, _ assumptions: Assumptions
  ) -> Endpoint? {
    let point: LimitPoint
    switch end {
    case .closed(let value):
      return .closed(formula.substituting(t, by: value).simplified(under: assumptions))
    case .open(let value): point = isLower ? .above(value) : .below(value)
    case .minusInfinity: point = .minusInfinity
    case .plusInfinity: point = .plusInfinity
    }
    switch limit(of: formula, as: t, to: point, under: assumptions) {
    // A strictly monotone function does not attain its limit at an open end.
    case .finite(let value, _): return .open(value.simplified(under: assumptions))
    case .plusInfinity: return .plusInfinity
    case .minusInfinity: return .minusInfinity
    case .unknown: return nil
    }
  }

  /// The solution branch that holds for every value in the image; monotone maps have one at most.
  private static func uniqueSolution(
    of formula: Expression, _ t: Symbol, _ domain: Interval, _ value: Symbol,
    _ assumptions: Assumptions
  ) -> SolutionBranch? {
    guard
      let found = ScalarSolver.solutions(
        of: formula, equals: Expression(value), for: t, in: domain, under: assumptions),
      found.exceptional == .never
    else { return nil }
    if found.branches.count == 1 { return found.branches[0] }
    let certain = found.branches.filter { assumptions.decide($0.condition) == true }
    if certain.count == 1 { return certain[0] }
    return joined(
      found.branches.filter { assumptions.decide($0.condition) != false }, under: assumptions)
  }

  /// Branches that hold on different parts of the image, as one piecewise solution.
  ///
  /// Conditions such as sqrt(x) >= 0 beside x >= 0 are dropped: they have no value where x < 0.
  private static func joined(_ branches: [SolutionBranch], under assumptions: Assumptions)
    -> SolutionBranch?
  {
    guard branches.count > 1 else { return nil }
    let pieces = branches.dropLast().map {
      Branch(
        $0.solution,
        if: $0.condition.plainSigns(under: assumptions).withoutRedundancy(under: assumptions))
    }
    let last = Branch(branches[branches.count - 1].solution, if: .always)
    return SolutionBranch(
      solution: .piecewise(pieces + [last]), condition: .always,
      steps: branches.flatMap(\.steps))
  }
}
