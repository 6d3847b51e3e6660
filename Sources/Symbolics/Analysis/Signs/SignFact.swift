import Exact

/// A fact in the form: `difference` has one of `signs`.
struct SignFact {
  let difference: Expression
  let signs: SignSet

  /// What a predicate that holds says about signs; disjunctions say nothing here.
  static func facts(of predicate: Predicate) -> [SignFact] {
    switch predicate {
    case .always, .never, .or: return []
    case .not(let inner):
      if case .not = inner { return [] }
      let negation = inner.negation
      if case .not = negation { return [] }
      return facts(of: negation)
    case .and(let parts): return parts.flatMap(facts(of:))
    case .compare(let a, let relation, let b):
      let difference = a - b
      guard difference.rationalValue == nil else { return [] }
      let fact = SignFact(difference: difference, signs: SignSet(where: relation))
      guard !fact.signs.contains(.zero) else { return [fact] }
      // A product that is nowhere 0 has no factor that is.
      let factors = difference.factors.filter { $0.rationalValue == nil }
      if factors.count == 1, difference.baseAndExponent.exponent.isOne { return [fact] }
      return [fact]
        + factors.map { SignFact(difference: $0.baseAndExponent.base, signs: .nonzero) }
    }
  }
}

extension SignCalculus {
  /// Signs by u = c·d + r with a fact about d: those of c·d and of what remains.
  func signsFromFacts(of u: Expression) -> SignSet {
    signsFromFacts(of: u, depth: 3)
  }

  /// A fact and an expression with more pairs of terms are not put together.
  private static let pairLimit = 200

  private func signsFromFacts(of u: Expression, depth: Int) -> SignSet {
    var result = SignSet.all
    let coefficients = Self.coefficients(of: u)
    for fact in facts where fact.difference.terms.count * u.terms.count <= Self.pairLimit {
      for factor in scales(of: fact.difference, in: coefficients) {
        guard effort.spend() else { return result }
        let scaled = fact.difference.terms.map { Expression(-factor) * $0 }
        let rest = Expression.sum(u.terms + scaled)
        guard rest.terms.count < Swift.max(u.terms.count, 2) + 2 else { continue }
        var signs = rest.rationalValue.map { SignSet(sign: $0.sign) } ?? structuralSigns(of: rest)
        if signs.isUndetermined, depth > 1 {
          signs.formIntersection(signsFromFacts(of: rest, depth: depth - 1))
        }
        result.formIntersection(fact.signs.scaled(by: factor) + signs)
        if !result.isUndetermined { return result }
      }
    }
    return result
  }

  /// An enclosure of u by the facts about d with u = c·d + r, r constant: those on z1 - z2 bound the
  /// argument of cos(2 z1 - 2 z2 + 1). nil when they contradict one another.
  func rangeFromFacts(of u: Expression) -> Interval? {
    let coefficients = Self.coefficients(of: u)
    var result = Interval.reals
    for fact in facts where fact.difference.terms.count * u.terms.count <= Self.pairLimit {
      guard let half = Interval(fact.signs) else { continue }
      for factor in scales(of: fact.difference, in: coefficients) {
        guard effort.spend() else { return result }
        let scaled = fact.difference.terms.map { Expression(-factor) * $0 }
        let rest = Expression.sum(u.terms + scaled)
        guard rest.isConstant else { continue }
        let bound = half.multiplied(by: .point(Expression(factor))).adding(.point(rest))
        guard let narrowed = result.intersection(bound) else { return nil }
        result = narrowed
      }
    }
    return result
  }

  /// The factors c for which u - c·d loses a term of u.
  private func scales(of difference: Expression, in coefficients: [Expression: Rational])
    -> [Rational]
  {
    var found: [Rational] = []
    for term in difference.terms {
      let (coefficient, rest) = term.coefficientAndRest
      guard !rest.isOne, let own = coefficients[rest] else { continue }
      let scale = own / coefficient
      if !found.contains(scale) { found.append(scale) }
    }
    return found
  }

  private static func coefficients(of u: Expression) -> [Expression: Rational] {
    var result: [Expression: Rational] = [:]
    for term in u.terms {
      let (coefficient, rest) = term.coefficientAndRest
      result[rest] = coefficient
    }
    return result
  }
}
