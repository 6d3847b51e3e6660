import Exact

extension Predicate {
  /// The same set, with sign conditions on products said plainly: x1/cbrt(x2) > 0 is x1·x2 > 0,
  /// sqrt(u) > 0 is u > 0, and factors that are surely positive are dropped.
  ///
  /// Both predicates hold at the same points, those where a denominator vanishes included: nothing
  /// holds there.
  public func plainSigns(under assumptions: Assumptions) -> Predicate {
    switch self {
    case .always, .never: return self
    case .and(let parts): return .all(parts.map { $0.plainSigns(under: assumptions) })
    case .or(let parts): return .any(parts.map { $0.plainSigns(under: assumptions) })
    case .not: return self
    case .compare(let left, let relation, let right):
      guard right.isZero else { return self }
      if relation == .equal || relation == .unequal, left.definednessObligations.isEmpty {
        let zeros = left.zeroSet(under: assumptions)
        return relation == .equal ? zeros : zeros.negation
      }
      return left.plainSign(relation, under: assumptions).folded
    }
  }

  /// The same set, without parts of a conjunction that follow from the others.
  public func withoutRedundancy(under assumptions: Assumptions) -> Predicate {
    var kept = conjuncts
    for part in kept.reversed() {
      let others = kept.filter { $0 != part }
      let known = others.reduce(assumptions) { $0.adding($1) }
      if !others.isEmpty, part.expressions.allSatisfy(known.isDefined), known.decide(part) == true {
        kept = others
      }
    }
    return .all(kept)
  }
}

extension Expression {
  /// self relation 0, in plain terms.
  fileprivate func plainSign(_ relation: Relation, under assumptions: Assumptions) -> Predicate {
    var kept: [Expression] = []
    var denominators: [Predicate] = []
    for factor in factors {
      let (base, exponent) = factor.baseAndExponent
      let signs = assumptions.signs(of: factor)
      // A nonzero product has no vanishing denominator; any other has to say so.
      let isSaid = !relation.holds(forSign: 0) && relation != .unequal && signs != .positive
      if (exponent.rationalValue?.sign ?? 1) < 0, !isSaid,
        assumptions.signs(of: base).contains(.zero)
      {
        denominators.append(.compare(base, .unequal, .zero))
      }
      switch signs {
      case .positive: continue
      case .negative: kept.append(.minusOne)
      default: kept.append(factor.plainFactor)
      }
    }
    let rest = Expression.product(kept)
    // A root alone: its radicand has to be positive (nonnegative) for the root to be.
    let (base, exponent) = rest.baseAndExponent
    if let value = exponent.rationalValue, !value.isInteger, value.sign > 0,
      relation == .greater || relation == .greaterOrEqual
    {
      return .all([base.plainSign(relation, under: assumptions)] + denominators)
    }
    // Merged factors may be plainer still: x2·x2^2 has the sign of x2.
    let sign: Predicate
    if rest != self {
      sign = rest.plainSign(relation, under: assumptions)
    } else if rest.coefficientAndRest.coefficient.sign < 0 {
      sign = .compare(-rest, relation.mirrored, .zero)
    } else {
      sign = .compare(rest, relation, .zero)
    }
    return .all([sign] + denominators)
  }

  /// A factor with the same sign wherever self is defined, itself defined nowhere else but at zeros
  /// of a denominator.
  private var plainFactor: Expression {
    switch form {
    case .power(let base, let exponent):
      guard let value = exponent.rationalValue, value.isInteger else { return self }
      // Odd powers keep the sign, even ones are squares.
      return (value / 2).isInteger ? base.plainFactor.power(2) : base.plainFactor
    case .call(let function, let arguments):
      switch function {
      case .realRoot, .sinh, .tanh, .asinh, .atan, .erf, .expm1, .sign:
        return arguments[0].plainFactor
      default: return self
      }
    default: return self
    }
  }
}
