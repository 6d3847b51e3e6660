extension ScalarSolver {
  /// f(u) = right: the inverse function where f is injective on the range of u.
  mutating func peelCall(_ function: Function, _ u: Expression, _ trail: Trail) -> [Trail]? {
    let right = trail.right
    let rule = IsolationStep.Rule.apply(inverseOf: function)
    func solved(_ solution: Expression, when conditions: [Predicate] = []) -> [Trail] {
      [trail.step(u, solution, rule, when: conditions)]
    }
    func within(_ lower: Expression, _ upper: Expression) -> [Predicate] {
      [.compare(right, .greater, lower), .compare(right, .less, upper)]
    }
    let positive = Predicate.compare(right, .greater, .zero)
    let halfPi = Expression.pi * .rational(1, 2)
    switch function {
    case .exp: return solved(.log(right), when: [positive])
    case .log: return solved(.exp(right))
    case .expm1: return solved(.log(right + 1), when: [.compare(right, .greater, -1)])
    case .log1p: return solved(.exp(right) - 1)
    case .realRoot(let degree): return solved(right.power(degree))
    case .tanh: return solved(.call(.atanh, [right]), when: within(-1, 1))
    case .atanh: return solved(.call(.tanh, [right]))
    case .sinh: return solved(.call(.asinh, [right]))
    case .asinh: return solved(.call(.sinh, [right]))
    case .acosh:
      return solved(.call(.cosh, [right]), when: [.compare(right, .greaterOrEqual, .zero)])
    case .atan: return solved(.call(.tan, [right]), when: within(-halfPi, halfPi))
    case .asin, .acos: return arcSolved(function, u, trail)
    case .erf: return solved(.call(.erfinv, [right]), when: within(-1, 1))
    case .erfinv: return solved(.call(.erf, [right]))
    case .normcdf: return solved(.call(.norminv, [right]), when: within(0, 1))
    case .norminv: return solved(.call(.normcdf, [right]))
    case .sigmoid: return solved(.log(right / (1 - right)), when: within(0, 1))
    case .logit: return solved(.power(1 + .exp(-right), -1))
    case .softplus: return solved(.log(.exp(right) - 1), when: [positive])
    case .lambertw(let branch):
      let relation: Relation = branch == 0 ? .greaterOrEqual : .lessOrEqual
      return solved(right * .exp(right), when: [.compare(right, relation, -1)])
    case .abs, .cosh: return evenSolved(function, u, trail)
    case .sin, .cos, .tan: return circularSolved(function, u, trail)
    case .sign, .floor, .atan2, .max, .min, .mod: return nil
    }
  }

  /// asin u = r, acos u = r: solvable within the principal values only.
  private func arcSolved(_ function: Function, _ u: Expression, _ trail: Trail) -> [Trail] {
    let isSine = function == .asin
    let halfPi = Expression.pi * .rational(1, 2)
    return [
      trail.step(
        u, .call(isSine ? .sin : .cos, [trail.right]), .apply(inverseOf: function),
        when: [
          .compare(trail.right, .greaterOrEqual, isSine ? -halfPi : .zero),
          .compare(trail.right, .lessOrEqual, isSine ? halfPi : .pi),
        ])
    ]
  }

  /// |u| = r and cosh u = r: one branch a sign that u can have.
  private func evenSolved(_ function: Function, _ u: Expression, _ trail: Trail) -> [Trail] {
    let right = trail.right
    let lowest: Expression = function == .abs ? .zero : .one
    let root = function == .abs ? right : .call(.acosh, [right])
    let signs = assumptions.signs(of: u)
    var result: [Trail] = []
    if signs.contains(.positive) || signs.contains(.zero) {
      result.append(
        trail.step(
          u, root, .evenRoot(2, because: .compare(u, .greaterOrEqual, .zero)),
          when: [.compare(right, .greaterOrEqual, lowest)]))
    }
    if signs.contains(.negative) {
      let relation: Relation = result.isEmpty ? .greaterOrEqual : .greater
      result.append(
        trail.step(
          u, -root, .evenRoot(2, because: .compare(u, .less, .zero)),
          when: [.compare(right, relation, lowest)]))
    }
    return result
  }

  /// sin, cos and tan on one of their monotone branches around the origin.
  private func circularSolved(_ function: Function, _ u: Expression, _ trail: Trail) -> [Trail]? {
    let halfPi = Expression.pi * .rational(1, 2)
    let (inverse, lower, upper): (Function, Expression, Expression) =
      switch function {
      case .sin: (.asin, -halfPi, halfPi)
      case .cos: (.acos, .zero, .pi)
      default: (.atan, -halfPi, halfPi)
      }
    let isOpen = function == .tan
    let onBranch = Predicate.all([
      .compare(u, isOpen ? .greater : .greaterOrEqual, lower),
      .compare(u, isOpen ? .less : .lessOrEqual, upper),
    ])
    guard assumptions.decide(onBranch) == true else { return nil }
    let conditions: [Predicate] =
      isOpen
      ? []
      : [
        .compare(trail.right, .greaterOrEqual, -1), .compare(trail.right, .lessOrEqual, 1),
      ]
    return [
      trail.step(
        u, .call(inverse, [trail.right]), .apply(inverseOf: function), when: conditions)
    ]
  }
}
