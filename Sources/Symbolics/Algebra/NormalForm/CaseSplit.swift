import Exact

/// A formula without piecewise parts, and what holds where it applies.
struct FormulaCase {
  let formula: Expression
  /// The conditions of the branches taken.
  let condition: Predicate
  /// The assumptions and the condition.
  let assumptions: Assumptions
}

extension Expression {
  /// The most cases that a piecewise formula is split into.
  static let caseLimit = 48
  /// The largest formulas (shared parts counted each time) that normal forms are made of.
  static let normalisedSize = 20_000

  /// The formulas that the piecewise parts leave, case by case; cases that no admissible point is
  /// in are left out. Together they cover every admissible point where `self` is defined.
  ///
  /// - Parameters:
  ///   - assumptions: What is known.
  ///   - splitsExtremes: Whether |u|, sign u, max and min count as piecewise, too.
  /// - Throws: `tooLarge` beyond ``caseLimit`` cases and ``normalisedSize``.
  func cases(under assumptions: Assumptions, splittingExtremes splitsExtremes: Bool = false)
    throws(ExactError) -> [FormulaCase]
  {
    if !isNormalisable { throw .tooLarge(limit: .work) }
    var open = [FormulaCase(formula: self, condition: .always, assumptions: assumptions)]
    var closed: [FormulaCase] = []
    while let next = open.popLast() {
      guard let part = next.formula.innermostPiecewise(splitsExtremes) else {
        closed.append(next)
        continue
      }
      open += try next.split(at: part).reversed()
      if open.count + closed.count > Self.caseLimit { throw .tooLarge(limit: .work) }
    }
    return closed
  }

  /// The first piecewise part that has none inside; parts under a finite sum stay.
  private func innermostPiecewise(_ splitsExtremes: Bool) -> Expression? {
    switch form {
    case .rational, .pi, .symbol, .finiteSum: return nil
    default:
      for child in form.children {
        if let found = child.innermostPiecewise(splitsExtremes) { return found }
      }
      return isSplit(splitsExtremes) ? self : nil
    }
  }

  /// Whether it is piecewise; with `splitsExtremes` also whether it is |u|, sign u, max or min.
  private func isSplit(_ splitsExtremes: Bool) -> Bool {
    if case .piecewise = form { true } else { splitsExtremes && distinctions != nil }
  }
}

extension FormulaCase {
  /// One case a branch of `part`, or several where its condition is a disjunction.
  fileprivate func split(at part: Expression) throws(ExactError) -> [FormulaCase] {
    guard let branches = part.distinctions else { return [self] }
    var result: [FormulaCase] = []
    var earlier: [Predicate] = []
    for branch in branches {
      let here = Predicate.all(earlier + [branch.condition])
      for alternative in try here.alternatives() {
        if assumptions.decide(alternative) == false { continue }
        guard let known = assumptions.adding(alternative).replacing(part, by: branch.value) else {
          continue
        }
        let taken = FormulaCase(
          formula: formula.replacing(part, by: branch.value),
          condition: .all([condition, alternative]), assumptions: known)
        if let solved = taken.solvingEquations(alternative) { result.append(solved) }
      }
      if assumptions.decide(branch.condition) == true { break }
      earlier.append(branch.condition.negation)
    }
    return result
  }
}

extension FormulaCase {
  /// The case with every symbol replaced that an equation of `facts` gives the value of; nil when
  /// the assumptions then contradict one another.
  fileprivate func solvingEquations(_ facts: Predicate) -> FormulaCase? {
    var result = self
    for fact in facts.conjuncts {
      guard case .compare(let left, let relation, let right) = fact,
        relation == .equal || result.assumptions.pinch(left, relation, right),
        let (symbol, value) = result.assumptions.solution(of: left, equals: right)
      else { continue }
      guard let known = result.assumptions.substituting(symbol, by: value) else { return nil }
      result = FormulaCase(
        formula: result.formula.substituting(symbol, by: value), condition: result.condition,
        assumptions: known)
    }
    return result
  }
}

extension Assumptions {
  /// The facts with the formula `part` replaced by what it is now known to be; nil when a fact is
  /// then false.
  fileprivate func replacing(_ part: Expression, by value: Expression) -> Assumptions? {
    var result = withoutFacts
    var changed: [Predicate] = []
    for fact in facts {
      let replaced = fact.mapExpressions { $0.replacing(part, by: value) }
      if replaced == fact { result = result.adding(fact) } else { changed.append(replaced.folded) }
    }
    for fact in changed {
      if result.decide(fact) == false { return nil }
      result = result.adding(fact)
    }
    return result
  }

  /// Whether they say a ≤ b where the relation is a ≥ b, or the other way round.
  fileprivate func pinch(_ a: Expression, _ relation: Relation, _ b: Expression) -> Bool {
    (relation == .greaterOrEqual || relation == .lessOrEqual)
      && (facts.contains(.compare(a, relation.mirrored, b))
        || facts.contains(.compare(b, relation, a)))
  }

  /// A symbol and the one value that the equation leaves it.
  fileprivate func solution(of left: Expression, equals right: Expression) -> (Symbol, Expression)?
  {
    for (side, value) in [(left, right), (right, left)] {
      if let symbol = side.symbolValue, !value.contains(symbol) { return (symbol, value) }
    }
    let difference = left - right
    guard let symbol = difference.freeSymbols.first, difference.freeSymbols.count == 1,
      let solutions = ScalarSolver.solutions(
        of: difference, equals: .zero, for: symbol, in: interval(of: symbol), under: withoutFacts),
      solutions.branches.count == 1, solutions.exceptional == .never
    else { return nil }
    return (symbol, solutions.branches[0].solution)
  }

  /// What is known of the other symbols when `symbol` has the given value; nil when a fact is then
  /// false.
  fileprivate func substituting(_ symbol: Symbol, by value: Expression) -> Assumptions? {
    var result = Assumptions()
    var facts = self.facts
    for (other, interval) in intervals.sorted(by: { $0.key < $1.key }) {
      if other == symbol {
        facts.append(interval.membership(of: value))
      } else {
        let isInteger = integers.contains(other)
        let inner = interval.substituting([symbol: value])
        result = result.adding(other, in: inner, isInteger: isInteger)
      }
    }
    for other in integers.sorted() where intervals[other] == nil && other != symbol {
      result = result.adding(other, in: .reals, isInteger: true)
    }
    for fact in facts {
      let known = fact.substituting([symbol: value])
      if known == .never { return nil }
      result = result.adding(known)
    }
    return result
  }
}

extension Predicate {
  /// Conjunctions of comparisons of which one holds wherever `self` does.
  func alternatives() throws(ExactError) -> [Predicate] {
    switch self {
    case .always, .compare: return [self]
    case .never: return []
    case .not(let inner):
      let negation = inner.negation
      if case .not = negation { return [self] }
      return try negation.alternatives()
    case .or(let parts):
      var result: [Predicate] = []
      for part in parts { result += try part.alternatives() }
      return result
    case .and(let parts):
      var result: [Predicate] = [.always]
      for part in parts {
        let choices = try part.alternatives()
        result = result.flatMap { known in choices.map { .all([known, $0]) } }
        if result.count > Expression.caseLimit { throw .tooLarge(limit: .work) }
      }
      return result
    }
  }
}
