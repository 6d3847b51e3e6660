import Exact

extension Expression {
  /// The canonical piecewise expression: impossible branches dropped, nothing after a sure one, no
  /// cases within the last one, and none with its value before it.
  public static func piecewise(_ branches: [Branch]) -> Expression {
    var kept: [Branch] = []
    for branch in branches {
      let condition = branch.condition.folded
      if condition == .never { continue }
      if condition == .always {
        // The cases of what is left are cases of the whole.
        if case .piecewise(let rest) = branch.value.form {
          kept += rest
        } else {
          kept.append(Branch(branch.value, if: .always))
        }
        break
      }
      kept.append(Branch(branch.value, if: condition))
    }
    if let last = kept.last, last.condition == .always {
      while kept.count > 1, kept[kept.count - 2].value == last.value {
        kept.remove(at: kept.count - 2)
      }
    }
    if let first = kept.first, first.condition == .always { return first.value }
    return Expression(.piecewise(kept))
  }

  /// Sums of up to this many terms with integer bounds are written out.
  public static let expandedTerms = 64

  /// Σ body over index = lower…upper: written out when the bounds are integers and near, factors
  /// free of the index pulled out.
  ///
  /// The sum is defined for integers lower and upper with upper ≥ lower - 1 (an empty sum is zero).
  public static func finiteSum(
    _ body: Expression, over index: Symbol, from lower: Expression, to upper: Expression
  ) -> Expression {
    if body.isZero { return .zero }
    if let first = lower.integerValue, let last = upper.integerValue {
      if last < first { return .zero }
      if last - first < expandedTerms {
        return sum((first...last).map { body.substituting(index, by: Expression(Rational($0))) })
      }
    }
    // A factor free of the index comes out in front.
    let free = body.factors.filter { !$0.contains(index) }
    let bound = body.factors.filter { $0.contains(index) }
    if bound.isEmpty { return product(free + [upper - lower + 1]) }
    let inner = Expression(
      .finiteSum(FiniteSum(product(bound), over: index, from: lower, to: upper)))
    return free.isEmpty ? inner : product(free + [inner])
  }
}

extension Predicate {
  /// Comparisons of rational numbers (and of an expression with itself) decided.
  public var folded: Predicate {
    switch self {
    case .always, .never: return self
    case .compare(let a, let relation, let b):
      if a == b { return relation.holds(forSign: 0) ? .always : .never }
      guard let x = a.rationalValue, let y = b.rationalValue else { return self }
      return relation.holds(forSign: x < y ? -1 : 1) ? .always : .never
    case .and(let parts): return .all(parts.map(\.folded))
    case .or(let parts): return .any(parts.map(\.folded))
    case .not(let inner): return inner.folded.negation
    }
  }
}
