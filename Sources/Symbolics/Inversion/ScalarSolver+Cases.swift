extension ScalarSolver {
  /// A piecewise formula: every branch solved under its own condition.
  mutating func peelPiecewise(_ branches: [Branch], _ trail: Trail) -> [Trail]? {
    var result: [Trail] = []
    for (position, branch) in branches.separated.enumerated() {
      let rule = IsolationStep.Rule.rewrite("branch \(position + 1)")
      guard
        let solved = solve(trail.step(branch.value, trail.right, rule), where: branch.condition)
      else { return nil }
      result += solved
    }
    return result
  }

  /// The innermost |u|, sign(u), max or min with the unknown inside: every case of it solved.
  mutating func peelCases(_ trail: Trail) -> [Trail]? {
    guard let call = caseCall(in: trail.left), let cases = call.distinctions else { return nil }
    var result: [Trail] = []
    for branch in cases.separated {
      let left = trail.left.replacing(call, by: branch.value)
      guard
        let solved = solve(
          trail.step(left, trail.right, .rewrite("case")), where: branch.condition)
      else { return nil }
      result += solved
    }
    return result
  }

  /// Solves one case: the unknown is further restricted by `condition`.
  private mutating func solve(_ trail: Trail, where condition: Predicate) -> [Trail]? {
    if assumptions.decide(condition) == false { return [] }
    var inner = ScalarSolver(
      unknown: unknown, narrowed: narrowed(by: condition), budget: budgetLeft / 2)
    guard let solved = inner.isolate(trail) else { return nil }
    absorb(inner)
    return solved.map { finished in
      var finished = finished
      finished.conditions.append(condition.substituting([unknown: finished.right]))
      return finished
    }
  }

  /// The assumptions with `condition` added, as an interval of the unknown where it is one.
  private func narrowed(by condition: Predicate) -> Assumptions {
    var result = assumptions.adding(condition)
    for part in condition.conjuncts {
      guard case .compare(let a, let relation, let b) = part else { continue }
      let t = Expression(unknown)
      if a == t, !b.contains(unknown) { result = result.narrowing(unknown, relation, b) }
      if b == t, !a.contains(unknown) { result = result.narrowing(unknown, relation.mirrored, a) }
    }
    return result
  }

  private func caseCall(in expression: Expression) -> Expression? {
    guard expression.contains(unknown) else { return nil }
    for child in expression.form.children {
      if let found = caseCall(in: child) { return found }
    }
    if case .call = expression.form, expression.distinctions != nil { return expression }
    return nil
  }
}

extension Assumptions {
  /// These with the interval of `symbol` cut by `symbol relation bound`, where the cut is certain.
  public func narrowing(_ symbol: Symbol, _ relation: Relation, _ bound: Expression) -> Assumptions
  {
    var interval = interval(of: symbol)
    switch relation {
    case .greater, .greaterOrEqual:
      let end = relation == .greater ? Endpoint.open(bound) : .closed(bound)
      if isTighter(bound, than: interval.lower, below: true) { interval.lower = end }
    case .less, .lessOrEqual:
      let end = relation == .less ? Endpoint.open(bound) : .closed(bound)
      if isTighter(bound, than: interval.upper, below: false) { interval.upper = end }
    case .equal: interval = Interval(.closed(bound), .closed(bound))
    case .unequal: break
    }
    return adding(symbol, in: interval, isInteger: integers.contains(symbol))
  }

  private func isTighter(_ bound: Expression, than end: Endpoint, below: Bool) -> Bool {
    guard let old = end.value else { return true }
    return decide(.compare(bound, below ? .greater : .less, old)) == true
  }
}
