import Exact

extension SignCalculus {
  /// Signs of c·Σ body + r by the bounds of the body: Σ body = Σ (body - M) + count·M.
  func signsBySumBounds(of u: Expression) -> SignSet {
    guard nesting < Self.nestingLimit, depth > 0 else { return .all }
    var result = SignSet.all
    for term in u.terms where result.isUndetermined {
      guard let position = term.factors.firstIndex(where: \.isFiniteSum),
        case .finiteSum(let sum) = term.factors[position].form, effort.spend(5)
      else { continue }
      var others = term.factors
      others.remove(at: position)
      let coefficient = Expression.product(others)
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

extension Expression {
  fileprivate var isFiniteSum: Bool {
    if case .finiteSum = form { true } else { false }
  }
}
