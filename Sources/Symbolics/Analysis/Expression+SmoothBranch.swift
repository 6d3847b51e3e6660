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
    func sign(_ u: Expression) -> SignSet { assumptions.signs(of: u.substituting(point)) }
    func inner(_ u: Expression) -> Expression? { u.smoothBranch(at: point, under: assumptions) }
    guard isPiecewise else { return self }
    switch form {
    case .call(.abs, let u) where sign(u[0]) == .positive: return inner(u[0])
    case .call(.abs, let u) where sign(u[0]) == .negative: return inner(-u[0])
    case .call(.sign, let u) where sign(u[0]) == .positive: return .one
    case .call(.sign, let u) where sign(u[0]) == .negative: return .minusOne
    case .call(.max, let u) where sign(u[0] - u[1]) == .positive: return inner(u[0])
    case .call(.max, let u) where sign(u[0] - u[1]) == .negative: return inner(u[1])
    case .call(.min, let u) where sign(u[0] - u[1]) == .positive: return inner(u[1])
    case .call(.min, let u) where sign(u[0] - u[1]) == .negative: return inner(u[0])
    case .piecewise(let branches):
      for branch in branches {
        for (a, b) in branch.condition.comparedPairs where !sign(a - b).isNonzero { return nil }
        switch assumptions.decide(branch.condition.substituting(point)) {
        case true?: return inner(branch.value)
        case false?: continue
        case nil: return nil
        }
      }
      return nil
    case .call(.abs, _), .call(.sign, _), .call(.max, _), .call(.min, _), .call(.floor, _),
      .call(.mod, _), .call(.atan2, _), .finiteSum:
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
    var visited: Set<Expression> = []
    func search(_ u: Expression) -> Bool {
      guard visited.insert(u).inserted else { return false }
      switch u.form {
      case .piecewise, .call(.abs, _), .call(.sign, _), .call(.max, _), .call(.min, _),
        .call(.floor, _), .call(.mod, _), .call(.atan2, _):
        return true
      default: return u.form.children.contains(where: search)
      }
    }
    return search(self)
  }
}
