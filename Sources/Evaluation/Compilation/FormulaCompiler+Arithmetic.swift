import Exact
import Symbolics
import Tensors

extension FormulaCompiler {
  /// Σ terms, with c - c·g(u) for g = exp, sigmoid, normcdf, erf replaced by what does not cancel.
  mutating func sum(_ terms: [Expression]) throws(EvaluationError) -> Tensor {
    if let stable = try complement(terms) { return stable }
    if let stable = try rootDifference(terms) { return stable }
    if let stable = try lambertDifference(terms) { return stable }
    let terms = gathered(terms) { .sum($0) }
    try prepare(terms.map { $0.coefficientAndRest.coefficient.sign < 0 ? -$0 : $0 })
    // The first term to be added starts the sum, so that no negation is needed.
    var total: Tensor?
    var subtracted: [Tensor] = []
    var offset: Double?
    for term in terms {
      let (coefficient, _) = term.coefficientAndRest
      if let constant = try knownConstant(term) {
        offset = (offset ?? 0) + constant
      } else if coefficient.sign < 0 {
        subtracted.append(try value(of: -term))
      } else {
        let value = try value(of: term)
        total = total.map { $0 + value } ?? value
      }
    }
    if total == nil, let value = offset {
      total = trace.constant(value)
      offset = nil
    }
    for value in subtracted { total = total.map { $0 - value } ?? -value }
    guard let offset else { return total! }
    return total! + offset
  }

  /// The operands with all constants among them combined into one.
  private func gathered(_ operands: [Expression], _ combine: ([Expression]) -> Expression)
    -> [Expression]
  {
    let constants = operands.filter(\.isConstant)
    guard constants.count > 1, constants.count < operands.count else { return operands }
    return [combine(constants)] + operands.filter { !$0.isConstant }
  }

  /// Computes the deepest operands first: then few values wait for the others.
  private mutating func prepare(_ operands: [Expression]) throws(EvaluationError) {
    for operand in operands.sorted(by: { $0.depth > $1.depth }) where operand.rationalValue == nil {
      _ = try value(of: operand)
    }
  }

  /// The number that an expression without symbols comes to when the program is compiled.
  private mutating func knownConstant(_ expression: Expression) throws(EvaluationError) -> Double? {
    guard expression.isConstant else { return nil }
    return try value(of: expression).constantValues?.first
  }

  /// The sum when it contains c - c·g(u) for a function g near 1 somewhere.
  private mutating func complement(_ terms: [Expression]) throws(EvaluationError) -> Tensor? {
    guard let constant = terms[0].rationalValue else { return nil }
    for (position, term) in terms.enumerated().dropFirst() {
      let (coefficient, rest) = term.coefficientAndRest
      guard coefficient == -constant, case .call(let function, let arguments) = rest.form,
        let difference = try oneMinus(function, arguments[0])
      else { continue }
      let scaled = scaled(difference, by: constant)
      var others = terms
      others.remove(at: position)
      others.removeFirst()
      if others.isEmpty { return scaled }
      return try value(of: .sum(others)) + scaled
    }
    return nil
  }

  /// 1 - g(u), for the functions with a form that does not cancel.
  private mutating func oneMinus(_ function: Function, _ u: Expression) throws(EvaluationError)
    -> Tensor?
  {
    switch function {
    case .exp: return -(try value(of: .call(.expm1, [u])))
    case .sigmoid, .normcdf: return try value(of: .call(function, [-u]))
    case .erf: return try value(of: u).map(.erfc)
    case .cos: return try value(of: 2 * Expression.call(.sin, [.rational(1, 2) * u]).power(2))
    default: return nil
    }
  }

  private func scaled(_ value: Tensor, by factor: Rational) -> Tensor {
    if factor.isOne { return value }
    let double = factor.doubleValue
    if Rational(exactly: double) != factor, factor.numerator.magnitude.isOne {
      // u/3 is rounded once, u·(1/3) twice.
      let denominator = (Rational.one / factor).doubleValue
      return value / denominator
    }
    return value * double
  }

  /// Π factors: the factors with negative exponents divide.
  mutating func product(_ factors: [Expression]) throws(EvaluationError) -> Tensor {
    var factors = factors
    if let stable = stableExponentials(factors) {
      guard case .product(let replaced) = stable.form else { return try value(of: stable) }
      factors = replaced
    }
    factors = gathered(factors) { .product($0) }
    try prepare(factors.map { isReciprocal($0) ? .power($0, .minusOne) : $0 })
    var coefficient = Rational.one
    var total: Tensor?
    var divisors: [Expression] = []
    for factor in factors {
      if let value = factor.rationalValue {
        coefficient = value
      } else if isReciprocal(factor) {
        divisors.append(.power(factor, .minusOne))
      } else {
        let value = try value(of: factor)
        total = total.map { $0 * value } ?? value
      }
    }
    var result =
      total.map { scaled($0, by: coefficient) } ?? trace.constant(coefficient.doubleValue)
    for divisor in divisors { result = result.divided(by: try value(of: divisor), at: poles) }
    return result
  }

  /// Whether to divide by 1/factor rather than to multiply by it.
  private func isReciprocal(_ factor: Expression) -> Bool {
    guard case .power(let base, let exponent) = factor.form, let value = exponent.rationalValue,
      value.sign < 0
    else { return false }
    return logisticArgument(base) == nil
  }

  mutating func power(_ base: Expression, _ exponent: Expression) throws(EvaluationError) -> Tensor
  {
    guard let rational = exponent.rationalValue else {
      let (base, exponent) = (try value(of: base), try value(of: exponent))
      return base.realPower(exponent)
    }
    if rational.sign < 0 {
      if let v = logisticArgument(base) {
        return try value(of: .power(.call(.sigmoid, [-v]), Expression(-rational)))
      }
      let denominator = try value(of: .power(base, Expression(-rational)))
      return trace.constant(1).divided(by: denominator, at: poles)
    }
    let base = try value(of: base)
    if let n = rational.asInt, n <= 64 { return base.integerPower(n) }
    if rational.isInteger { return pow(base, rational.doubleValue) }
    if rational == Rational(1, over: 2) { return sqrt(base) }
    let high = rational.doubleValue
    let low = Rational(exactly: high).map { (rational - $0).doubleValue } ?? 0
    return base.rationalPower(high: high, low: low)
  }
}
