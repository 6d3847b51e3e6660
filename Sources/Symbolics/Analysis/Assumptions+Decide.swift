import Exact

extension Assumptions {
  /// The signs that `u` may have at the admissible points where it is defined: a superset.
  ///
  /// `.all` when nothing is known, also when there is no such point.
  public func signs(of u: Expression) -> SignSet {
    let signs = SignCalculus(self).signs(of: u)
    if signs.isEmpty { return .all }
    if !signs.isUndetermined || attainedSigns(of: u) == signs { return signs }
    let refined = signs.intersection(slowCalculus.signs(of: u))
    return refined.isEmpty ? .all : refined
  }

  /// Whether the predicate holds at all admissible points (true), at none (false), or neither was
  /// proven (nil). Points at which one of its expressions is undefined are left aside.
  public func decide(_ predicate: Predicate) -> Bool? {
    if let truth = SignCalculus(self).decide(predicate) { return truth }
    // A comparison that goes both ways at simple points can not be decided.
    if case .compare(let a, let relation, let b) = predicate {
      let attained = attainedSigns(of: a - b)
      let wanted = SignSet(where: relation)
      if !attained.isSubset(of: wanted), !attained.isDisjoint(with: wanted) { return nil }
    }
    if let truth = slowCalculus.decide(predicate) { return truth }
    if case .compare(let a, let relation, let b) = predicate, excludesZeros(of: a - b) {
      if relation == .unequal { return true }
      if relation == .equal { return false }
    }
    // One part may have used up what was there for all of them.
    if case .and(let parts) = predicate, parts.allSatisfy({ decide($0) == true }) { return true }
    guard let cases = disjunctionCases else { return nil }
    let truths = cases.map { $0.decide(predicate) }
    return truths.dropFirst().allSatisfy { $0 == truths[0] } ? truths[0] : nil
  }

  /// Whether the predicate holds at all admissible points, shown for each combination of the branches
  /// of its piecewise parts by itself.
  public func holdsCaseByCase(_ predicate: Predicate) -> Bool { holds(predicate, splits: 4) }

  private func holds(_ predicate: Predicate, splits: Int) -> Bool {
    if decide(predicate) == true { return true }
    guard splits > 0, let part = predicate.expressions.lazy.compactMap(\.firstDistinction).first
    else { return false }
    return part.cases.separated.allSatisfy { branch in
      if decide(branch.condition) == false { return true }
      let inside = predicate.mapExpressions { $0.replacing(part.target, by: branch.value) }
      return adding(branch.condition).holds(inside.folded, splits: splits - 1)
    }
  }

  /// Whether a fact fails wherever u = 0: where s = r solves that equation for a symbol s, the fact with r for s
  /// is false. From |z| > 1 follows z ≠ 0.
  private func excludesZeros(of u: Expression) -> Bool {
    u.freeSymbols.sorted().contains { symbol in
      let own = facts.filter { $0.freeSymbols.contains(symbol) }
      guard !own.isEmpty, let root = affineRoot(of: u, in: symbol) ?? onlyRoot(of: u, in: symbol)
      else { return false }
      return own.contains {
        SignCalculus(self).decide($0.substituting([symbol: root]).folded) == false
      }
    }
  }

  /// -b/(2a), the one place at which a t² + b t + c with b² ≤ 4 a c can be 0.
  private func onlyRoot(of u: Expression, in t: Symbol) -> Expression? {
    guard let c = u.polynomialCoefficients(in: t), c.count == 3, signs(of: c[2]).isNonzero,
      SignCalculus(self).signs(of: c[1].power(2) - 4 * c[0] * c[2]).isNonpositive
    else { return nil }
    return (-c[1] / (2 * c[2])).simplified(under: self)
  }

  /// These with one part of a disjunction among the facts, for each of its parts that the others do not
  /// exclude; nil when there is none.
  var disjunctionCases: [Assumptions]? {
    for fact in facts {
      guard case .or(let parts) = fact, parts.count <= Self.disjunctionLimit else { continue }
      let others = facts.filter { $0 != fact }.reduce(withoutFacts) { $0.adding($1) }
      let possible = parts.filter { SignCalculus(others).decide($0) != false }
      return possible.isEmpty ? nil : possible.map { others.adding($0) }
    }
    return nil
  }

  /// Disjunctions of more parts are not taken apart.
  private static let disjunctionLimit = 6

  /// Signs that certainly occur at some simple admissible points: these can not be ruled out.
  private func attainedSigns(of u: Expression) -> SignSet {
    guard u.size <= 500 else { return [] }
    let search = WitnessSearch(
      in: .space([]), under: self, mentioning: u.freeSymbols, pointLimit: 60)
    var found: SignSet = []
    for witness in search.points(7) {
      let value = u.substituting(witness.parameters)
      if let sign = value.rationalValue?.sign ?? value.ball(precision: 64).certifiedSign {
        found.insert(SignSet(sign: sign))
      }
    }
    return found
  }

  /// The investigation that uses every method.
  private var slowCalculus: SignCalculus {
    SignCalculus(self, effort: SignCalculus.Effort(3000), usesDerivatives: true)
  }

  /// An interval with constant ends that contains the values of `u` at all admissible points where
  /// it is defined; an end that is left out is certainly not attained.
  public func range(of u: Expression) -> Interval {
    let calculus = SignCalculus(self)
    guard let range = calculus.range(of: u) else { return .reals }
    guard let narrower = calculus.rangeByMonotonicity(of: u) else { return range }
    return range.intersection(narrower) ?? range
  }
}

extension SignCalculus {
  func decide(_ predicate: Predicate) -> Bool? {
    switch predicate {
    case .always: return true
    case .never: return false
    case .not(let inner): return decide(inner).map { !$0 }
    case .compare(let a, let relation, let b):
      let signs = self.signs(of: a - b)
      let wanted = SignSet(where: relation)
      if signs.isEmpty { return nil }
      return signs.isSubset(of: wanted) ? true : signs.isDisjoint(with: wanted) ? false : nil
    case .and(let parts): return decide(parts, isConjunction: true)
    case .or(let parts): return decide(parts, isConjunction: false)
    }
  }

  /// Part by part, each under the assumption that those before it did not settle the matter.
  private func decide(_ parts: [Predicate], isConjunction: Bool) -> Bool? {
    var calculus = self
    var isSettled = true
    for part in parts {
      let truth = calculus.decide(part)
      if let truth, truth != isConjunction { return truth }
      guard truth == nil else { continue }
      isSettled = false
      if calculus.depth > 0 {
        calculus = calculus.assuming(isConjunction ? part : part.negation)
      }
    }
    return isSettled ? isConjunction : nil
  }
}
