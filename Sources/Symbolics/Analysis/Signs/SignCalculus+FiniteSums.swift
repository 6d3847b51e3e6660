import Exact

extension SignCalculus {
  /// Signs of a formula with finite sums among its terms: without Σ where the sums have closed forms,
  /// else term by term, else by the bounds of the bodies.
  func signsOfFormulaWithSums(_ u: Expression) -> SignSet {
    guard nesting < Self.nestingLimit, depth > 0,
      u.terms.contains(where: { $0.coefficientAndFiniteSum != nil })
    else { return .all }
    var result = SignSet.all
    for rewritten in [withClosedForms(u), withEndsApart(u)] where result.isUndetermined {
      if let rewritten, effort.spend(5) { result.formIntersection(nestedSigns(of: rewritten)) }
    }
    if result.isUndetermined { result.formIntersection(signsByTelescoping(of: u)) }
    if result.isUndetermined { result.formIntersection(signsBySumBounds(of: u)) }
    return result
  }

  /// u with the sums that have closed forms in these; nil when none has.
  private func withClosedForms(_ u: Expression) -> Expression? {
    rewritingSums(of: u) { _, sum in sum.closedForm }
  }

  /// u with those terms apart from their sums that are of another kind, or like another term of u; nil
  /// when there are none.
  private func withEndsApart(_ u: Expression) -> Expression? {
    rewritingSums(of: u) { coefficient, sum in
      let apart = sum.withEndApart { end in
        let like = (coefficient * end).coefficientAndRest.rest
        return u.terms.contains { $0.coefficientAndRest.rest == like }
      }
      guard let apart = apart ?? sum.withPlainEndApart,
        nestedSigns(of: sum.upper - sum.lower + 1).isPositive
      else { return nil }
      return apart
    }
  }

  private func rewritingSums(
    of u: Expression, _ rewritten: (Expression, FiniteSum) -> Expression?
  ) -> Expression? {
    let result = Expression.sum(
      u.terms.map { term in
        guard let (coefficient, sum) = term.coefficientAndFiniteSum,
          let other = rewritten(coefficient, sum)
        else { return term }
        return coefficient * other
      })
    return result == u ? nil : result
  }

  /// Signs of g(n) + Σ_{k=l}^n body(k) = g(l-1) + Σ_{k=l}^n (body(k) + g(k) - g(k-1)), all sums with the
  /// same bounds taken together.
  private func signsByTelescoping(of u: Expression) -> SignSet {
    guard let first = u.terms.lazy.compactMap(\.coefficientAndFiniteSum).first?.sum else {
      return .all
    }
    let index = Expression(Expression.freshSymbol(like: first.index, avoiding: [u]))
    var body = Expression.zero
    var rest = Expression.zero
    var count = 0
    for term in u.terms {
      if let (coefficient, sum) = term.coefficientAndFiniteSum,
        sum.lower == first.lower, sum.upper == first.upper
      {
        body = body + coefficient * sum.body(at: index)
        count += 1
      } else {
        rest = rest + term
      }
    }
    var start = rest
    let (offset, bound) = KernelTable.splitExponent(first.upper)
    if let n = bound.symbolValue, rest.contains(n), !first.lower.contains(n), rest.isTotal(in: n) {
      func value(_ upper: Expression) -> Expression {
        rest.substituting(n, by: upper - Expression(offset))
      }
      body = body + value(index) - value(index - 1)
      start = value(first.lower - 1)
    } else if count < 2 {
      return .all
    }
    guard effort.spend(5), let symbol = index.symbolValue else { return .all }
    let sum = Expression.finiteSum(body, over: symbol, from: first.lower, to: first.upper)
    return nestedSigns(of: sum) + nestedSigns(of: start)
  }

  /// Signs of c·Σ body + r by the bounds of the body: Σ body = Σ (body - M) + count·M.
  private func signsBySumBounds(of u: Expression) -> SignSet {
    var result = SignSet.all
    for term in u.terms where result.isUndetermined {
      guard let (coefficient, sum) = term.coefficientAndFiniteSum, effort.spend(5) else {
        continue
      }
      let (calculus, body, _) = underIndex(sum)
      guard let range = calculus.range(of: body) else { continue }
      for bound in [range.lower.value, range.upper.value].compactMap({ $0 }) {
        let deviation = Expression.finiteSum(
          sum.body - bound, over: sum.index, from: sum.lower, to: sum.upper)
        let rest = u - term + coefficient * bound * (sum.upper - sum.lower + 1)
        result.formIntersection(
          nestedSigns(of: coefficient) * nestedSigns(of: deviation) + nestedSigns(of: rest))
      }
    }
    return result
  }
}
