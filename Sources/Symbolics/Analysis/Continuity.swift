extension Assumptions {
  /// Whether `formula` has no jump as a function of all of `symbols` together; false says only that
  /// this was not shown.
  ///
  /// Unlike ``Expression/isContinuousWhereDefined(in:)`` it looks into case distinctions: two cases are
  /// continued by one another where both are defined and continuous up to the border between them, and
  /// agree on it.
  ///
  /// - Parameters:
  ///   - formula: The formula.
  ///   - symbols: The variables; everything else is a constant.
  public func isContinuous(_ formula: Expression, in symbols: [Symbol]) -> Bool {
    if formula.isContinuousWhereDefined(in: symbols) { return true }
    switch formula.form {
    case .piecewise(let branches): return isContinuous(branches, in: symbols)
    case .call(.sign, _), .call(.floor, _), .call(.mod, _), .call(.atan2, _), .finiteSum:
      return false
    case let form: return form.children.allSatisfy { isContinuous($0, in: symbols) }
    }
  }

  /// The first case against all others, and these among themselves.
  private func isContinuous(_ branches: [Branch], in symbols: [Symbol]) -> Bool {
    guard let first = branches.first else { return false }
    let others = Expression.piecewise(Array(branches.dropFirst()))
    if branches.count == 1 {
      return first.condition == .always && isContinuous(first.value, in: symbols)
    }
    guard case .compare(let left, let relation, let right) = first.condition,
      relation != .equal, relation != .unequal, isContinuous(left - right, in: symbols)
    else { return false }
    let inside = adding(.compare(left, relation.closed, right))
    let outside = adding(.compare(left, relation.negated.closed, right))
    return inside.isDefined(first.value) && outside.isDefined(others)
      && inside.isContinuous(first.value, in: symbols)
      && outside.isContinuous(others, in: symbols)
      && agree(first.value, others, where: left - right, in: symbols)
  }

  /// u = v where the border is 0, solved for a variable in which it is affine.
  private func agree(
    _ u: Expression, _ v: Expression, where border: Expression, in symbols: [Symbol]
  ) -> Bool {
    for symbol in symbols where border.contains(symbol) {
      guard let root = affineRoot(of: border, in: symbol) else { continue }
      let known = withoutFacts(about: symbol)
      return (u - v).substituting(symbol, by: root).isIdentical(to: .zero, under: known)
    }
    return false
  }
}

extension Relation {
  /// <= for <, and >= for >; any other as it is.
  public var closed: Relation {
    switch self {
    case .less: .lessOrEqual
    case .greater: .greaterOrEqual
    case .equal, .unequal, .lessOrEqual, .greaterOrEqual: self
    }
  }
}
