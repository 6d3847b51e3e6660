import Exact

extension Problem {
  /// The problem for those parameter values only that satisfy `condition`, and what could not be built
  /// into the problem itself.
  ///
  /// A parameter that an equation determines is replaced by its value, and a bound on a parameter
  /// cuts its interval. Other conditions, and those on a parameter that was replaced, are returned as
  /// facts. The restricted problem is at least as general as the condition: what holds of it, under
  /// the facts, holds wherever the condition does.
  ///
  /// - Parameters:
  ///   - condition: a conjunction of comparisons of parameters.
  ///   - facts: what is known of the parameters already.
  public func restricted(to condition: Predicate, facts: [Predicate] = []) -> (
    problem: Problem, facts: [Predicate]
  ) {
    var restriction = ParameterRestriction(problem: self, open: facts + condition.conjuncts)
    restriction.run()
    return (restriction.problem, restriction.facts)
  }
}

/// Conditions on parameters that are built into a problem, one after the other.
private struct ParameterRestriction {
  var problem: Problem
  /// The conditions that were not looked at since the problem changed.
  var open: [Predicate]
  /// The conditions that can not be built in.
  var facts: [Predicate] = []

  init(problem: Problem, open: [Predicate]) {
    self.problem = problem
    self.open = open
  }

  /// Each round builds one condition in, which may make others simpler.
  mutating func run() {
    while let position = open.indices.first(where: { build(open[$0]) }) {
      open.remove(at: position)
      let known = Assumptions(parameters: problem.parameters)
      open = open.map { $0.plainSigns(under: known) }.flatMap(\.conjuncts)
        .filter { known.decide($0) != true }
    }
    facts = open
  }

  private mutating func build(_ condition: Predicate) -> Bool {
    guard case .compare(let left, let relation, let right) = condition else { return false }
    return relation == .equal ? solve(left, right) : cut(left - right, relation)
  }

  /// A parameter that u relation 0 bounds by a number, or by other parameters where nothing did.
  private mutating func cut(_ u: Expression, _ relation: Relation) -> Bool {
    problem.parameters.indices.contains { cut(u, relation, at: $0) }
  }

  private mutating func cut(_ u: Expression, _ relation: Relation, at index: Int) -> Bool {
    let parameter = problem.parameters[index]
    let known = Assumptions(parameters: problem.parameters)
    guard u.contains(parameter.symbol), let bound = known.affineRoot(of: u, in: parameter.symbol),
      let slope = u.derivative(by: parameter.symbol).simplified().rationalValue, slope.sign != 0
    else { return false }
    let relation = slope.sign > 0 ? relation : relation.mirrored
    guard bound.isConstant || isNew(bound, relation, for: parameter) else { return false }
    var interval = known.narrowing(parameter.symbol, relation.closed, bound)
      .interval(of: parameter.symbol)
    var excluded: [Expression] = []
    for value in parameter.excluded + (relation.holds(forSign: 0) ? [] : [bound]) {
      interval.leaveOut(value, &excluded)
    }
    let narrowed = known.adding(parameter.symbol, in: interval)
    // A value that is outside of the interval by now need not be left out once more.
    excluded.removeAll { narrowed.decide(interval.membership(of: $0)) == false }
    problem.parameters[index] = Parameter(
      parameter.symbol, in: interval, isInteger: parameter.isInteger, excluding: excluded,
      isLearned: parameter.isLearned)
    return true
  }

  /// Whether a bound by other parameters is the only one on that side, and goes one way: no parameter
  /// depends on itself by way of others.
  private func isNew(_ bound: Expression, _ relation: Relation, for parameter: Parameter) -> Bool {
    let others = problem.parameters.filter { bound.contains($0.symbol) }
    guard others.allSatisfy({ $0.interval.freeSymbols.isEmpty }),
      !problem.parameters.contains(where: {
        $0.interval.freeSymbols.contains(parameter.symbol)
      })
    else { return false }
    switch relation {
    case .less, .lessOrEqual: return parameter.interval.upper == .plusInfinity
    case .greater, .greaterOrEqual: return parameter.interval.lower == .minusInfinity
    case .equal, .unequal: return false
    }
  }

  /// The parameter that left = right determines, put in everywhere; its own constraint becomes a
  /// condition on the others.
  private mutating func solve(_ left: Expression, _ right: Expression) -> Bool {
    let known = Assumptions(parameters: problem.parameters)
    for parameter in problem.parameters where (left - right).contains(parameter.symbol) {
      guard
        let solutions = ScalarSolver.solutions(
          of: left, equals: right, for: parameter.symbol, in: parameter.interval, under: known),
        solutions.branches.count == 1, solutions.exceptional == .never
      else { continue }
      let value = [parameter.symbol: solutions.branches[0].solution]
      problem = problem.setting(value)
      let constraint = parameter.constraint.substituting(value)
      open = (open + constraint.conjuncts).map { $0.substituting(value).folded }
      return true
    }
    return false
  }
}

extension Interval {
  /// Takes a number out: an end becomes open, any other is added to those excluded.
  fileprivate mutating func leaveOut(_ value: Expression, _ excluded: inout [Expression]) {
    if lower == .closed(value) { lower = .open(value) }
    if upper == .closed(value) { upper = .open(value) }
    let isEnd = lower == .open(value) || upper == .open(value)
    if !isEnd, !excluded.contains(value) { excluded.append(value) }
  }
}
