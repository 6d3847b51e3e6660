import Exact

extension FiniteSum {
  /// The highest power of the index that is summed in closed form.
  static let powerLimit = 16

  /// The sum without Σ as far as it goes: sums of terms taken apart, factors free of the index in
  /// front, powers of the index by Bernoulli's formula, rational geometric series.
  ///
  /// Each rule holds for integer bounds with upper ≥ lower - 1, where the sum is defined.
  var closedForm: Expression {
    if let coefficients = body.polynomialCoefficients(in: index),
      coefficients.count <= Self.powerLimit + 1
    {
      return .sum(
        coefficients.enumerated().map { power, coefficient in
          coefficient * (powerSum(power, to: upper) - powerSum(power, to: lower - 1))
        })
    }
    if body.terms.count > 1 {
      return .sum(
        body.terms.map { term in
          let part = Expression.finiteSum(term, over: index, from: lower, to: upper)
          guard case .finiteSum(let inner) = part.form else { return part }
          return inner.closedForm
        })
    }
    return geometricSeries
      ?? .finiteSum(body, over: index, from: lower, to: upper)
  }

  /// 1^p + 2^p + … + n^p = 1/(p+1) Σ_j binomial(p+1, j) B_j n^(p+1-j), with B_1 = 1/2.
  private func powerSum(_ power: Int, to n: Expression) -> Expression {
    var binomial = Rational.one
    var terms: [Expression] = []
    for (j, number) in Self.bernoulliNumbers(upTo: power).enumerated() {
      let coefficient = binomial * number / Rational(power + 1)
      terms.append(Expression(coefficient) * n.power(power + 1 - j))
      binomial = binomial * Rational(power + 1 - j) / Rational(j + 1)
    }
    return .sum(terms)
  }

  /// B_0, …, B_n with B_1 = 1/2: Σ_{j ≤ m} binomial(m+1, j) B_j = m + 1.
  private static func bernoulliNumbers(upTo n: Int) -> [Rational] {
    var numbers: [Rational] = []
    for m in 0...n {
      var binomial = Rational.one
      var rest = Rational(m + 1)
      for j in 0..<m {
        rest = rest - binomial * numbers[j]
        binomial = binomial * Rational(m + 1 - j) / Rational(j + 1)
      }
      numbers.append(rest / Rational(m + 1))
    }
    return numbers
  }

  /// Σ r^k = (r^(upper + 1) - r^lower)/(r - 1) for a positive constant r ≠ 1.
  private var geometricSeries: Expression? {
    let ratio: Expression
    switch body.form {
    case .power(let base, let exponent) where exponent == Expression(index):
      guard let value = base.rationalValue, value.sign > 0, !value.isOne else { return nil }
      ratio = base
    case .call(.exp, let arguments):
      let (coefficient, rest) = arguments[0].coefficientAndRest
      guard rest == Expression(index), !coefficient.isZero else { return nil }
      ratio = .exp(Expression(coefficient))
    default: return nil
    }
    return (.power(ratio, upper + 1) - .power(ratio, lower)) / (ratio - 1)
  }
}
