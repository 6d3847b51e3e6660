import Exact
import Symbolics
import Tensors

/// Lambert's function of an exponential, as the inverse of z + eᶻ has it, by Wright's ω(v) = W(eᵛ).
extension FormulaCompiler {
  /// W(r eᵘ) on branch 0, which is ω(u + log r) for r > 0 and does not overflow with eᵘ.
  mutating func wrightOmega(_ argument: Expression) throws(EvaluationError) -> Tensor? {
    guard let (factor, exponent) = exponentialParts(argument) else { return nil }
    let u = try value(of: exponent)
    if factor.isOne { return u.map(.wrightOmega) }
    let r = try value(of: factor)
    let isPositive = r .> 0
    let (zero, one) = (trace.constant(0), trace.constant(1))
    // Each form gets numbers at which it is defined where the other one is taken.
    let logarithm = log(.select(isPositive, r, one))
    let plain = Tensor.select(isPositive, zero, r * exp(u))
    return .select(isPositive, (u + logarithm).map(.wrightOmega), plain.map(.lambertW(branch: 0)))
  }

  /// The sum when it contains k u - k W(r eᵘ) for a constant r > 0: with v = u + log r that is k (v - ω(v) - log r),
  /// in which v - ω(v) = log ω(v) does not cancel for large v.
  mutating func lambertDifference(_ terms: [Expression]) throws(EvaluationError) -> Tensor? {
    for (position, term) in terms.enumerated() {
      let (coefficient, rest) = term.coefficientAndRest
      guard case .call(.lambertw(branch: 0), let arguments) = rest.form,
        let (factor, exponent) = exponentialParts(arguments[0]), factor.isConstant
      else { continue }
      var others = terms
      others.remove(at: position)
      let remainder = (Expression.sum(others) + Expression(coefficient) * exponent).expanded()
      guard Set(remainder.freeSymbols).isDisjoint(with: exponent.freeSymbols),
        let r = try value(of: factor).constantValues?.first, r > 0
      else { continue }
      let shift = try value(of: .call(.log, [factor]))
      let difference = reducedByOmega(try value(of: exponent) + shift) - shift
      return difference * -coefficient.doubleValue + (try value(of: remainder))
    }
    return nil
  }

  /// v - ω(v)
  private func reducedByOmega(_ v: Tensor) -> Tensor {
    let omega = v.map(.wrightOmega)
    let isLarge = v .> 1
    return .select(isLarge, log(.select(isLarge, omega, trace.constant(1))), v - omega)
  }

  /// r and u of r eᵘ.
  func exponentialParts(_ expression: Expression) -> (
    factor: Expression, exponent: Expression
  )? {
    var factors = if case .product(let factors) = expression.form { factors } else { [expression] }
    guard
      let position = factors.firstIndex(where: {
        if case .call(.exp, _) = $0.form { true } else { false }
      }), case .call(.exp, let exponents) = factors.remove(at: position).form
    else { return nil }
    return (.product(factors), exponents[0])
  }
}
