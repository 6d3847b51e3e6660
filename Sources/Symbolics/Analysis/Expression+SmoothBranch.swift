extension Expression {
  /// The formula that holds on a neighbourhood of a point, with |u|, sign u, max, min and piecewise
  /// parts replaced by the branch that is valid there; nil at a kink, or where that is not known.
  ///
  /// - Parameters:
  ///   - point: The variables and their values.
  ///   - assumptions: What is known of other symbols.
  /// - Returns: A formula without such parts.
  public func smoothBranch(at point: [Symbol: Expression], under assumptions: Assumptions)
    -> Expression?
  {
    func inner(_ u: Expression) -> Expression? { u.smoothBranch(at: point, under: assumptions) }
    guard isPiecewise else { return self }
    if let distinctions {
      return distinctions.valid(near: point, under: assumptions).flatMap(inner)
    }
    switch form {
    case .call(.max, _), .call(.min, _), .call(.floor, _), .call(.mod, _), .call(.atan2, _),
      .finiteSum:
      return nil
    default:
      var isKnown = true
      let result = mapChildren { child in
        let branch = inner(child)
        isKnown = isKnown && branch != nil
        return branch ?? child
      }
      return isKnown ? result : nil
    }
  }

  /// Whether a part of the formula has branches: |u|, sign u, max, min, floor or a piecewise formula.
  public var isPiecewise: Bool {
    contains { part in
      switch part.form {
      case .piecewise, .call(.abs, _), .call(.sign, _), .call(.max, _), .call(.min, _),
        .call(.floor, _), .call(.mod, _), .call(.atan2, _):
        true
      default: false
      }
    }
  }
}

extension [Branch] {
  /// The value of the branch that holds on a neighbourhood of the point: no comparison up to it is at
  /// its border there.
  fileprivate func valid(near point: [Symbol: Expression], under assumptions: Assumptions)
    -> Expression?
  {
    for branch in self {
      for (a, b) in branch.condition.comparedPairs
      where !assumptions.signs(of: (a - b).substituting(point)).isNonzero { return nil }
      switch assumptions.decide(branch.condition.substituting(point)) {
      case true?: return branch.value
      case false?: continue
      case nil: return nil
      }
    }
    return nil
  }
}
