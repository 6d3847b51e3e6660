import Symbolics

extension DensityFormula {
  /// More conditions than this are left as they are: their terms are added.
  private static let caseLimit = 4

  /// The same sum as terms of which no two hold at once, if the conditions are few and decided.
  ///
  /// - Parameter assumptions: what is known of x.
  func disjoint(under assumptions: Assumptions) -> DensityFormula {
    let open = terms.compactMap { term -> Term? in
      let condition = term.condition.solved(under: assumptions)
      return condition == .never ? nil : Term(value: term.value, condition: condition)
    }
    guard open.count > 1, open.count <= Self.caseLimit else {
      return DensityFormula(terms: open, exceptional: exceptional)
    }
    var cases: [Term] = []
    for holding in 1..<(1 << open.count) {
      let parts = open.indices.map { position -> (holds: Bool, term: Term) in
        (holding & (1 << position) != 0, open[position])
      }
      let condition = Predicate.all(
        parts.map { $0.holds ? $0.term.condition : $0.term.condition.negation }
      ).alternatives(under: assumptions)
      if condition == .never { continue }
      // Cases that take several alternatives to state are no easier to read than a sum.
      if case .or = condition { return DensityFormula(terms: open, exceptional: exceptional) }
      let values = parts.filter(\.holds).map(\.term.value)
      let sum = Expression.sum(values).simplified(under: assumptions.adding(condition))
      cases.append(Term(value: sum, condition: condition))
    }
    return DensityFormula(terms: cases, exceptional: exceptional)
  }
}

extension Predicate {
  /// The condition as alternatives that some point meets, none with a part that follows from its others.
  fileprivate func alternatives(under assumptions: Assumptions) -> Predicate {
    var found: [[Predicate]] = [[]]
    for part in conjuncts {
      let choices = part.disjuncts
      found = found.flatMap { known in choices.map { known + $0.conjuncts } }
        .filter { assumptions.decide(.all($0)) != false }
    }
    return .any(
      found.map { parts in
        Predicate.all(parts).withoutRedundancy(under: assumptions)
      })
  }

  /// The comparisons in it solved for the symbol that they are about, where they are monotone in it: x <= 4
  /// for sqrt(x) <= 2; without those that always hold.
  fileprivate func solved(under assumptions: Assumptions) -> Predicate {
    if assumptions.decide(self) == false { return .never }
    if case .or(let parts) = self { return .any(parts.map { $0.solved(under: assumptions) }) }
    var parts = conjuncts
    for position in parts.indices {
      var known = assumptions
      for other in parts.indices where other != position {
        known = known.narrowed(by: parts[other])
      }
      parts[position] = parts[position].solvedComparison(under: known)
    }
    return Predicate.all(parts).withoutRedundancy(under: assumptions)
  }

  private func solvedComparison(under known: Assumptions) -> Predicate {
    if let truth = known.decide(self) { return truth ? .always : .never }
    guard case .compare(let left, let relation, let right) = self,
      let symbol = freeSymbols.first, freeSymbols.count == 1, left != Expression(symbol)
    else { return self }
    let value = Symbol("value of \(symbol.name)")
    guard
      let map = ScalarBijection.find(
        left - right, in: symbol, over: known.interval(of: symbol), value: value, under: known),
      let direction = map.direction, let inverse = map.inverse,
      known.decide(map.solvable.substituting([value: .zero])) == true
    else { return self }
    let bound = inverse.substituting(value, by: .zero).simplified(under: known)
    return .compare(
      Expression(symbol), direction == .increasing ? relation : relation.mirrored, bound)
  }
}

extension Assumptions {
  /// These and the condition, as a bound of a symbol where it is one.
  fileprivate func narrowed(by condition: Predicate) -> Assumptions {
    guard case .compare(let left, let relation, let right) = condition,
      let symbol = left.symbolValue, right.isConstant
    else { return adding(condition) }
    return narrowing(symbol, relation, right).adding(condition)
  }
}
