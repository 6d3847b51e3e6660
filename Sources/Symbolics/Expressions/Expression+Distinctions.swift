extension Expression {
  /// The values of an operation that distinguishes cases, with their conditions, as branches of a
  /// piecewise formula: |u| = ±u, sign u = ±1 or 0, the larger or smaller of two, the branches of
  /// what is piecewise already; nil for every other operation.
  var distinctions: [Branch]? {
    switch form {
    case .piecewise(let branches): branches
    case .call(.abs, let u):
      [Branch(u[0], if: .compare(u[0], .greaterOrEqual, .zero)), Branch(-u[0], if: .always)]
    case .call(.sign, let u):
      [
        Branch(.one, if: .compare(u[0], .greater, .zero)),
        Branch(.minusOne, if: .compare(u[0], .less, .zero)),
        Branch(.zero, if: .compare(u[0], .equal, .zero)),
      ]
    case .call(.max, let u) where u.count == 2:
      [Branch(u[0], if: .compare(u[0], .greaterOrEqual, u[1])), Branch(u[1], if: .always)]
    case .call(.min, let u) where u.count == 2:
      [Branch(u[0], if: .compare(u[0], .lessOrEqual, u[1])), Branch(u[1], if: .always)]
    default: nil
    }
  }

  /// u - v for all u and v that the conditions of cases inside compare: where one of them is 0, the
  /// formula may change over to another one.
  public var caseBorders: [Expression] {
    var found: [Expression] = []
    forEachPart { part in
      for branch in part.distinctions ?? [] {
        found += branch.condition.comparedPairs.map { $0.left - $0.right }
      }
    }
    return found
  }

  /// self with every occurrence of `target` outside of finite sums replaced.
  public func replacing(_ target: Expression, by value: Expression) -> Expression {
    if self == target { return value }
    switch form {
    case .rational, .pi, .symbol, .finiteSum: return self
    default: return mapChildren { $0.replacing(target, by: value) }
    }
  }
}

extension [Branch] {
  /// The branches with conditions that exclude one another: each its own and none of those before.
  var separated: [Branch] {
    var earlier: [Predicate] = []
    return map { branch in
      defer { earlier.append(branch.condition.negation) }
      return Branch(branch.value, if: .all(earlier + [branch.condition]))
    }
  }
}
