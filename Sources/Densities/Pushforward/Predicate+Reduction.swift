import Exact
import Symbolics

extension Expression {
  /// |self|, with bars only around factors whose sign is not known.
  func magnitude(under assumptions: Assumptions) -> Expression {
    let signs = assumptions.signs(of: self)
    if signs.isNonnegative { return self }
    if signs.isNonpositive { return -self }
    switch form {
    case .product(let factors): return .product(factors.map { $0.magnitude(under: assumptions) })
    case .power(let base, let exponent) where exponent.rationalValue?.isInteger == true:
      return .power(base.magnitude(under: assumptions), exponent)
    default: return .abs(self)
    }
  }

  /// A product of the same sign with fewer factors: positive ones dropped, odd powers and roots
  /// replaced by what is inside. nil when an even power, which may be 0, forbids that.
  private func signProduct(under assumptions: Assumptions, leavingOut exceptional: Predicate)
    -> Expression?
  {
    var kept: [Expression] = []
    var even: [Expression] = []
    for factor in factors {
      if let value = factor.rationalValue {
        kept.append(Expression(Rational(value.sign)))
        continue
      }
      if assumptions.signs(of: factor).isPositive { continue }
      switch factor.form {
      case .power(let base, let exponent):
        guard let n = exponent.rationalValue, n.isInteger else { return nil }
        if (n / 2).isInteger { even.append(base) } else { kept.append(base) }
      case .call(.realRoot, let arguments): kept.append(arguments[0])
      default: kept.append(factor)
      }
    }
    let product = Expression.product(kept)
    let zeros = Predicate.any([product.zeroSet(under: assumptions), exceptional])
    for base in even where !zeros.includes(base.zeroSet(under: assumptions)) { return nil }
    return product
  }

  /// The comparison of self with 0, with a simpler product of the same sign where there is one.
  fileprivate func compared(
    _ relation: Relation, under assumptions: Assumptions, leavingOut exceptional: Predicate
  ) -> Predicate {
    var relation = relation
    if exceptional.includes(zeroSet(under: assumptions)) { relation = relation.strict }
    if relation == .greater || relation == .less,
      let product = signProduct(under: assumptions, leavingOut: exceptional)
    {
      return Predicate.compare(product, relation, .zero).folded
    }
    let kept = factors.filter { !assumptions.signs(of: $0).isPositive }
    return Predicate.compare(.product(kept), relation, .zero).folded
  }
}

extension Relation {
  /// < for ≤ and > for ≥.
  fileprivate var strict: Relation {
    switch self {
    case .lessOrEqual: .less
    case .greaterOrEqual: .greater
    default: self
    }
  }
}

extension Predicate {
  /// The parts of a disjunction, or the predicate itself; none for `.never`.
  var disjuncts: [Predicate] {
    switch self {
    case .never: []
    case .or(let parts): parts
    default: [self]
    }
  }

  /// Whether each alternative of `other` is one of this predicate's.
  func includes(_ other: Predicate) -> Bool {
    other.disjuncts.allSatisfy { disjuncts.contains($0) }
  }

  /// The same condition off the null set `exceptional`, in simpler terms: positive factors dropped
  /// from comparisons with 0, and ≥ replaced by > where equality is exceptional.
  func reduced(under assumptions: Assumptions, leavingOut exceptional: Predicate) -> Predicate {
    switch self {
    case .and(let parts):
      return .all(parts.map { $0.reduced(under: assumptions, leavingOut: exceptional) })
    case .compare(let a, let relation, let b) where b.isZero:
      return a.compared(relation, under: assumptions, leavingOut: exceptional)
    default: return self
    }
  }
}
