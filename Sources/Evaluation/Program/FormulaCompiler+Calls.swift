import Exact
import Symbolics

extension FormulaCompiler {
  mutating func call(_ function: Function, _ arguments: [Expression]) throws(EvaluationError)
    -> Int
  {
    switch function {
    case .max: return try folding(.maximum, arguments)
    case .min: return try folding(.minimum, arguments)
    case .atan2: return try folding(.atan2, arguments)
    case .mod: return try folding(.remainder, arguments)
    case .log:
      if let stable = try stableLogarithm(of: arguments[0]) { return stable }
    case .log1p:
      if case .call(.exp, let inner) = arguments[0].form {
        return try value(of: .call(.softplus, inner))
      }
    default: break
    }
    return try emit(.unary(.function(function), try value(of: arguments[0])))
  }

  private mutating func folding(_ operation: BinaryOperation, _ arguments: [Expression])
    throws(EvaluationError) -> Int
  {
    var total = try value(of: arguments[0])
    for argument in arguments.dropFirst() {
      total = try emit(.binary(operation, total, try value(of: argument)))
    }
    return total
  }

  /// The branches are computed for every row and selected afterwards, the last one first.
  mutating func piecewise(_ branches: [Branch]) throws(EvaluationError) -> Int {
    var result = try constant(.nan)
    for branch in branches.reversed() {
      let chosen = try value(of: branch.value)
      let condition = try truth(of: branch.condition)
      result = try emit(.select(condition: condition, then: chosen, otherwise: result))
    }
    return result
  }

  private mutating func truth(of predicate: Predicate) throws(EvaluationError) -> Int {
    switch predicate {
    case .always: return try constant(1)
    case .never: return try constant(0)
    case .compare(let a, let relation, let b):
      let (a, b) = (try value(of: a), try value(of: b))
      return try emit(.compare(a, relation, b))
    case .and(let parts):
      var result = try constant(1)
      for part in parts { result = try emit(.and(result, try truth(of: part))) }
      return result
    case .or(let parts):
      var result = try constant(0)
      for part in parts { result = try emit(.or(result, try truth(of: part))) }
      return result
    case .not(let inner): return try emit(.not(try truth(of: inner)))
    }
  }
}

/// Forms that overflow or cancel, and what is computed instead.
extension FormulaCompiler {
  /// v when the expression is 1 + e^v.
  func logisticArgument(_ expression: Expression) -> Expression? {
    guard case .sum(let terms) = expression.form, terms.count == 2, terms[0].isOne,
      case .call(.exp, let arguments) = terms[1].form
    else { return nil }
    return arguments[0]
  }

  /// e^(k v)·(1 + e^v)^(-n) = σ(v)^k·σ(-v)^(n - k) for 0 ≤ k ≤ n, which cannot overflow.
  func stableExponentials(_ factors: [Expression]) -> Expression? {
    guard
      let exponential = factors.firstIndex(where: {
        if case .call(.exp, _) = $0.form { true } else { false }
      }), case .call(.exp, let arguments) = factors[exponential].form
    else { return nil }
    for (position, factor) in factors.enumerated() {
      guard case .power(let base, let exponent) = factor.form, let v = logisticArgument(base),
        let n = exponent.integerValue, n < 0, n >= -8
      else { continue }
      var multiple = Expression.zero
      for k in 1...(-n) {
        multiple = multiple + v
        guard multiple == arguments[0] else { continue }
        var others = factors
        others[position] = Expression.call(.sigmoid, [v]).power(k)
        others[exponential] = Expression.call(.sigmoid, [-v]).power(-n - k)
        return .product(others)
      }
    }
    return nil
  }

  /// log u, for the u near which a logarithm loses digits or overflows.
  mutating func stableLogarithm(of u: Expression) throws(EvaluationError) -> Int? {
    if let v = logisticArgument(u) { return try value(of: .call(.softplus, [v])) }
    switch u.form {
    case .call(.sigmoid, let arguments):
      return try value(of: -.call(.softplus, [-arguments[0]]))
    case .call(.normcdf, let arguments):
      return try emit(.unary(.logNormcdf, try value(of: arguments[0])))
    case .call(.cosh, let arguments):
      return try emit(.unary(.logCosh, try value(of: arguments[0])))
    case .sum(let terms) where terms[0].isOne:
      if terms.count == 2, terms[1].coefficientAndRest.coefficient == .minusOne,
        case .call(let function, let arguments) = terms[1].coefficientAndRest.rest.form
      {
        if function == .sigmoid || function == .normcdf {
          return try stableLogarithm(of: .call(function, [-arguments[0]]))
        }
        if function == .erf || function == .cos { return nil }
      }
      return try value(of: .call(.log1p, [.sum(Array(terms.dropFirst()))]))
    default: return nil
    }
  }
}
