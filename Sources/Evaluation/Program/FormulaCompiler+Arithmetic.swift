import Exact
import Symbolics

extension FormulaCompiler {
  /// Σ terms, with c - c·g(u) for g = exp, sigmoid, normcdf, erf replaced by what does not cancel.
  mutating func sum(_ terms: [Expression]) throws(EvaluationError) -> Int {
    if let stable = try complement(terms) { return stable }
    let terms = gathered(terms) { .sum($0) }
    try prepare(terms.map { $0.coefficientAndRest.coefficient.sign < 0 ? -$0 : $0 })
    // The first term to be added starts the sum, so that no negation is needed.
    var total: Int?
    var subtracted: [Int] = []
    var offset: Double?
    for term in terms {
      let (coefficient, _) = term.coefficientAndRest
      if let constant = try knownConstant(term) {
        offset = (offset ?? 0) + constant
      } else if coefficient.sign < 0 {
        subtracted.append(try value(of: -term))
      } else {
        let value = try value(of: term)
        total = if let total { try emit(.add(total, value)) } else { value }
      }
    }
    if total == nil, let value = offset {
      total = try constant(value)
      offset = nil
    }
    for value in subtracted {
      total = if let total { try emit(.subtract(total, value)) } else { try negated(value) }
    }
    guard let offset else { return total! }
    return try emit(.offset(total!, by: offset))
  }

  /// The operands with all constants among them combined into one.
  private func gathered(_ operands: [Expression], _ combine: ([Expression]) -> Expression)
    -> [Expression]
  {
    let constants = operands.filter(\.isConstant)
    guard constants.count > 1, constants.count < operands.count else { return operands }
    return [combine(constants)] + operands.filter { !$0.isConstant }
  }

  /// Computes the deepest operands first: then few registers wait for the others.
  private mutating func prepare(_ operands: [Expression]) throws(EvaluationError) {
    for operand in operands.sorted(by: { $0.depth > $1.depth }) where operand.rationalValue == nil {
      _ = try value(of: operand)
    }
  }

  /// The number that an expression without symbols comes to when the program is compiled.
  private mutating func knownConstant(_ expression: Expression) throws(EvaluationError) -> Double? {
    guard expression.isConstant else { return nil }
    let number = try value(of: expression)
    return constants[number]
  }

  private mutating func negated(_ value: Int) throws(EvaluationError) -> Int {
    try emit(.scale(value, by: -1))
  }

  /// The sum when it contains c - c·g(u) for a function g near 1 somewhere.
  private mutating func complement(_ terms: [Expression]) throws(EvaluationError) -> Int? {
    guard let constant = terms[0].rationalValue else { return nil }
    for (position, term) in terms.enumerated().dropFirst() {
      let (coefficient, rest) = term.coefficientAndRest
      guard coefficient == -constant, case .call(let function, let arguments) = rest.form,
        let difference = try oneMinus(function, arguments[0])
      else { continue }
      let scaled = try scaled(difference, by: constant)
      var others = terms
      others.remove(at: position)
      others.removeFirst()
      if others.isEmpty { return scaled }
      return try emit(.add(try value(of: .sum(others)), scaled))
    }
    return nil
  }

  /// 1 - g(u), for the functions with a form that does not cancel.
  private mutating func oneMinus(_ function: Function, _ u: Expression) throws(EvaluationError)
    -> Int?
  {
    switch function {
    case .exp: return try negated(try value(of: .call(.expm1, [u])))
    case .sigmoid, .normcdf: return try value(of: .call(function, [-u]))
    case .erf: return try emit(.unary(.erfc, try value(of: u)))
    case .cos: return try value(of: 2 * Expression.call(.sin, [.rational(1, 2) * u]).power(2))
    default: return nil
    }
  }

  private mutating func scaled(_ value: Int, by factor: Rational) throws(EvaluationError) -> Int {
    if factor.isOne { return value }
    let double = factor.doubleValue
    if Rational(exactly: double) != factor, factor.numerator.magnitude.isOne {
      // u/3 is rounded once, u·(1/3) twice.
      let denominator = (Rational.one / factor).doubleValue
      return try emit(.divide(value, try constant(denominator)))
    }
    return try emit(.scale(value, by: double))
  }

  /// Π factors: the factors with negative exponents divide.
  mutating func product(_ factors: [Expression]) throws(EvaluationError) -> Int {
    var factors = factors
    if let stable = stableExponentials(factors) {
      guard case .product(let replaced) = stable.form else { return try value(of: stable) }
      factors = replaced
    }
    factors = gathered(factors) { .product($0) }
    try prepare(factors.map { isReciprocal($0) ? .power($0, .minusOne) : $0 })
    var coefficient = Rational.one
    var total: Int?
    var divisors: [Expression] = []
    for factor in factors {
      if let value = factor.rationalValue {
        coefficient = value
      } else if isReciprocal(factor) {
        divisors.append(.power(factor, .minusOne))
      } else {
        let value = try value(of: factor)
        total = if let total { try emit(.multiply(total, value)) } else { value }
      }
    }
    if total == nil {
      total = try constant(coefficient.doubleValue)
    } else {
      total = try scaled(total!, by: coefficient)
    }
    for divisor in divisors {
      total = try emit(.divide(total!, try value(of: divisor)))
    }
    return total!
  }

  /// Whether to divide by 1/factor rather than to multiply by it.
  private func isReciprocal(_ factor: Expression) -> Bool {
    guard case .power(let base, let exponent) = factor.form, let value = exponent.rationalValue,
      value.sign < 0
    else { return false }
    return logisticArgument(base) == nil
  }

  mutating func power(_ base: Expression, _ exponent: Expression) throws(EvaluationError) -> Int {
    guard let rational = exponent.rationalValue else {
      let (base, exponent) = (try value(of: base), try value(of: exponent))
      return try emit(.realPower(base, exponent))
    }
    if rational.sign < 0 {
      if let v = logisticArgument(base) {
        return try value(of: .power(.call(.sigmoid, [-v]), Expression(-rational)))
      }
      let denominator = try value(of: .power(base, Expression(-rational)))
      return try emit(.divide(try constant(1), denominator))
    }
    let base = try value(of: base)
    if let n = rational.asInt, n <= 64 { return try emit(.integerPower(base, n)) }
    if rational.isInteger {
      return try emit(.realPower(base, try constant(rational.doubleValue)))
    }
    if rational == Rational(1, over: 2) { return try emit(.unary(.squareRoot, base)) }
    let high = rational.doubleValue
    let low = Rational(exactly: high).map { (rational - $0).doubleValue } ?? 0
    return try emit(.rationalPower(base, high: high, low: low))
  }
}
