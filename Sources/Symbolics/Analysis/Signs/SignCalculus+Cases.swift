import Exact

extension SignCalculus {
  /// The signs of `u` case by case: |v| = ±v, sign v = ±1, the larger of two, a branch.
  func signsByCases(of u: Expression) -> SignSet {
    guard depth > 2, nesting < Self.nestingLimit, u.size <= 500, effort.spend(5),
      let (target, cases) = u.firstDistinction
    else { return .all }
    var result: SignSet = []
    for (value, condition) in cases {
      if decide(condition) == false { continue }
      let calculus = assuming(condition)
      result.formUnion(calculus.nestedSigns(of: u.replacing(target, by: value)))
      if result == .all { break }
    }
    return result
  }
}

extension Expression {
  /// The first operation inside that distinguishes cases, with its value in each.
  fileprivate var firstDistinction: (target: Expression, cases: [(Expression, Predicate)])? {
    if let cases { return (self, cases) }
    switch form {
    case .rational, .pi, .symbol, .finiteSum: return nil
    case .sum, .product, .power, .call, .piecewise:
      for child in form.children {
        if let found = child.firstDistinction { return found }
      }
      return nil
    }
  }

  private var cases: [(Expression, Predicate)]? {
    switch form {
    case .call(.abs, let arguments):
      let u = arguments[0]
      return [(u, .compare(u, .greaterOrEqual, .zero)), (-u, .compare(u, .less, .zero))]
    case .call(.sign, let arguments):
      let u = arguments[0]
      return [
        (.one, .compare(u, .greater, .zero)), (.minusOne, .compare(u, .less, .zero)),
        (.zero, .compare(u, .equal, .zero)),
      ]
    case .call(.max, let arguments) where arguments.count == 2:
      return [
        (arguments[0], .compare(arguments[0], .greaterOrEqual, arguments[1])),
        (arguments[1], .compare(arguments[0], .less, arguments[1])),
      ]
    case .call(.min, let arguments) where arguments.count == 2:
      return [
        (arguments[0], .compare(arguments[0], .lessOrEqual, arguments[1])),
        (arguments[1], .compare(arguments[0], .greater, arguments[1])),
      ]
    case .piecewise(let branches):
      var result: [(Expression, Predicate)] = []
      var earlier: [Predicate] = []
      for branch in branches {
        result.append((branch.value, .all(earlier + [branch.condition])))
        earlier.append(branch.condition.negation)
      }
      return result
    default: return nil
    }
  }

  /// self with every occurrence of `target` outside of finite sums replaced.
  func replacing(_ target: Expression, by value: Expression) -> Expression {
    if self == target { return value }
    switch form {
    case .rational, .pi, .symbol, .finiteSum: return self
    default: return mapChildren { $0.replacing(target, by: value) }
    }
  }
}
