import Exact
import Symbolics
import Tensors

/// Differences that cancel where both parts are nearly equal, by forms that do not.
extension FormulaCompiler {
  /// A sum with a square or cube root r = ⁿ√u in it, where the rest is a number or a multiple of u; nil
  /// for all other sums.
  mutating func rootDifference(_ terms: [Expression]) throws(EvaluationError) -> Tensor? {
    guard
      let position = terms.firstIndex(where: { Root($0.coefficientAndRest.rest) != nil }),
      let root = Root(terms[position].coefficientAndRest.rest)
    else { return nil }
    let coefficient = terms[position].coefficientAndRest.coefficient
    var others = terms
    others.remove(at: position)
    let rest = Expression.sum(others)
    if let constant = rest.rationalValue { return try difference(coefficient, root, constant) }
    // k u + c √u = √u (k √u + c)
    guard root.degree == 2, rest.freeSymbols == root.radicand.freeSymbols,
      let multiple = (rest / root.radicand).simplified().rationalValue
    else { return nil }
    let r = Expression(root)
    return try value(of: r) * value(of: Expression(multiple) * r + Expression(coefficient))
  }

  /// c (r - w) for r = ⁿ√u and a number w > 0 as c (u - wⁿ)/(r^(n-1) + … + w^(n-1)): u - wⁿ is
  /// formed by exact arithmetic on the constants of u, so that √(1 + x) - 1 keeps all digits for
  /// small x. nil for w ≤ 0.
  private mutating func difference(_ coefficient: Rational, _ root: Root, _ constant: Rational)
    throws(EvaluationError) -> Tensor?
  {
    let w = -constant / coefficient
    guard w.sign > 0, let power = w.power(root.degree) else { return nil }
    let difference = try value(of: root.radicand - Expression(power))
    let r = Expression(root)
    let conjugate = (0..<root.degree).map { k in
      r.power(root.degree - 1 - k) * Expression(w).power(k)
    }
    let quotient = difference / (try value(of: .sum(conjugate)))
    return coefficient.isOne ? quotient : quotient * coefficient.doubleValue
  }

  /// acosh(u) = log(1 + y + √y √(y + 2)) with y = u - 1, for a sum u with a constant: nothing of y is
  /// lost where u is near 1. nil for all other arguments.
  mutating func inverseHyperbolicCosine(_ u: Expression) throws(EvaluationError) -> Tensor? {
    guard case .sum(let terms) = u.form, terms.contains(where: { $0.rationalValue != nil }) else {
      return nil
    }
    let y = try value(of: u - 1)
    return log1p(y + sqrt(y) * sqrt(y + 2))
  }
}

/// ⁿ√u for n = 2 or 3.
private struct Root {
  let radicand: Expression
  let degree: Int

  init?(_ expression: Expression) {
    switch expression.form {
    case .power(let base, let exponent) where exponent.rationalValue == Rational(1, over: 2):
      (radicand, degree) = (base, 2)
    case .call(.realRoot(3), let arguments): (radicand, degree) = (arguments[0], 3)
    default: return nil
    }
  }
}

extension Expression {
  fileprivate init(_ root: Root) {
    self = root.degree == 2 ? root.radicand.squareRoot : .call(.realRoot(3), [root.radicand])
  }
}
