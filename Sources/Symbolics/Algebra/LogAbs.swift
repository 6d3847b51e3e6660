import Exact

/// log|u| as a sum: log|c ∏ fᵏ eᵛ| = log|c| + Σ k log|f| + v, bars dropped where the sign is known.
///
/// It equals log|u| wherever u is defined and not 0 and the assumptions hold. Piecewise formulas are
/// taken branch by branch; what exceeds the limits becomes log|u| as it stands.
public func logAbs(of u: Expression, under assumptions: Assumptions = Assumptions()) -> Expression {
  if case .piecewise(let branches) = u.form {
    return .piecewise(
      branches.map {
        Branch(logAbs(of: $0.value, under: assumptions.adding($0.condition)), if: $0.condition)
      })
  }
  let whole = Expression.log(.abs(u))
  guard u.isNormalisable else { return whole }
  let field = KernelField(for: [u], under: assumptions.assumingDefined(u), style: .display)
  do throws(ExactError) {
    return try field.logarithmicSum(of: u)
  } catch {
    return whole
  }
}

extension KernelField {
  /// log|u| over the factors of u, each as short as it can be written.
  fileprivate func logarithmicSum(of u: Expression) throws(ExactError) -> Expression {
    let product = try factors(of: read(u))
    if product.content.isZero { throw .divisionByZero }
    let content = product.content.magnitude
    // log(1/3) is -log 3.
    var terms = [
      content.numerator.isOne
        ? -Expression.log(Expression(content.denominator)) : .log(Expression(content))
    ]
    let written = u.factors.compactMap { factor -> WrittenFactor? in
      let base = factor.baseAndExponent.base
      return (try? read(base)).map { (form: base, element: $0) }
    }
    for (base, exponent) in product.factors {
      let logarithm = try logarithm(ofFactor: base, written: written)
      terms.append(contentsOf: logarithm.terms.map { Expression(Rational(exponent)) * $0 })
    }
    return .sum(terms)
  }

  /// A factor as it stands in the formula, which may be shorter than what is made of it here:
  /// (z - 1)^4 + 3.
  private typealias WrittenFactor = (form: Expression, element: RationalFunction)

  private func logarithm(ofFactor f: Polynomial, written: [WrittenFactor]) throws(ExactError)
    -> Expression
  {
    if let generator = generator(of: f) {
      switch kernels[generator].meaning {
      case .exponential(let u): return try tidyForm(of: u)
      case .root(let radicand, let degree):
        let inner = try logarithmicSum(of: tidyForm(of: radicand))
        return .sum(inner.terms.map { .rational(1, degree) * $0 })
      case .call(.abs, let u): return try .log(.abs(tidyForm(of: u)))
      case .sign: return .zero
      case .atom(let power):
        if let logarithm = logarithm(ofPower: power) { return logarithm }
      default: break
      }
    }
    let signs = signs(of: f)
    let element = RationalFunction(f)
    let inside = try written.reduce(tidyForm(of: element)) { shortest, factor in
      if factor.element == element { return shortest.shorter(factor.form) }
      return factor.element == -element ? shortest.shorter(-factor.form) : shortest
    }
    return .log(signs.isNonnegative ? inside : signs.isNonpositive ? -inside : .abs(inside))
  }

  /// log(u^v) = v log u for u > 0
  private func logarithm(ofPower power: Expression) -> Expression? {
    guard case .power(let base, let exponent) = power.form,
      assumptions.signs(of: base) == .positive
    else { return nil }
    return exponent * .log(base)
  }
}
