import Exact

extension SignCalculus {
  /// The signs of `u` case by case: |v| = ±v, sign v = ±1, the larger of two, a branch.
  func signsByCases(of u: Expression) -> SignSet {
    guard depth > 2, nesting < Self.nestingLimit, u.size <= 500, effort.spend(5),
      let (target, cases) = u.firstDistinction
    else { return .all }
    var result: SignSet = []
    for branch in cases.separated {
      if decide(branch.condition) == false { continue }
      let calculus = assuming(branch.condition)
      result.formUnion(calculus.nestedSigns(of: u.replacing(target, by: branch.value)))
      if result == .all { break }
    }
    return result
  }
}

extension Expression {
  /// The first operation inside that distinguishes cases, with its value in each.
  var firstDistinction: (target: Expression, cases: [Branch])? {
    if let distinctions { return (self, distinctions) }
    switch form {
    case .rational, .pi, .symbol, .finiteSum: return nil
    case .sum, .product, .power, .call, .piecewise:
      for child in form.children {
        if let found = child.firstDistinction { return found }
      }
      return nil
    }
  }

}
