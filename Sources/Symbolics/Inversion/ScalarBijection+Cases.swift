/// Bijections of one variable that depend on which case the other symbols are in.
extension ScalarBijection {
  /// t ↦ formula(t) where a condition on the other symbols holds and where it does not.
  ///
  /// The values are in the image of the case that applies; the inverse tells the same cases apart, as
  /// the condition is free of t.
  static func distinguished(
    _ formula: Expression, in t: Symbol, over domain: Interval, value: Symbol,
    under assumptions: Assumptions
  ) -> ScalarBijection? {
    guard let condition = openCondition(of: formula, besides: t, under: assumptions) else {
      return nil
    }
    let sides = [condition, condition.negation]
    var maps: [ScalarBijection] = []
    for side in sides {
      let known = assumptions.adding(side)
      let formulaThere = formula.simplified(under: known)
      guard let map = find(formulaThere, in: t, over: domain, value: value, under: known) else {
        return nil
      }
      maps.append(map)
    }
    let (first, second) = (maps[0], maps[1])
    let image = first.image == second.image ? first.image : nil
    var inverse = first.inverse == second.inverse ? first.inverse : nil
    if inverse == nil, let one = first.inverse, let other = second.inverse {
      inverse = .piecewise([Branch(one, if: condition), Branch(other, if: .always)])
    }
    return ScalarBijection(
      variable: t, formula: formula, domain: domain, image: image,
      solvable: first.solvable == second.solvable
        ? first.solvable
        : .any(zip(sides, maps).map { .all([$0, $1.solvable]) }),
      direction: image != nil && first.direction == second.direction ? first.direction : nil,
      inverse: inverse, value: value,
      justification: .cases(zip(sides, maps).map { BijectionCase(condition: $0, map: $1) }))
  }

  /// The condition of a case in the formula that does not depend on t and is not decided.
  private static func openCondition(
    of formula: Expression, besides t: Symbol, under assumptions: Assumptions
  ) -> Predicate? {
    var found: Predicate?
    formula.forEachPart { part in
      for branch in part.distinctions ?? [] where found == nil {
        let isOpen =
          !branch.condition.freeSymbols.contains(t) && assumptions.decide(branch.condition) == nil
        if isOpen { found = branch.condition }
      }
    }
    return found
  }
}

/// A bijection of one variable in one case of the other symbols.
public struct BijectionCase: Sendable {
  /// The case, free of the variable.
  public let condition: Predicate
  /// The bijection in this case.
  public let map: ScalarBijection
}
