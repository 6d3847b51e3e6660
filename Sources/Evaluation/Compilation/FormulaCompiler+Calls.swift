import Exact
import Symbolics
import Tensors

extension FormulaCompiler {
  mutating func call(_ function: Function, _ arguments: [Expression]) throws(EvaluationError)
    -> Tensor
  {
    switch function {
    case .max, .min: return try extremum(function, arguments)
    case .atan2: return try folding(arguments) { .angle($0, $1) }
    case .mod: return try folding(arguments) { $0.combined(.remainder, $1) }
    case .log:
      if let stable = try stableLogarithm(of: arguments[0]) { return stable }
    case .acosh:
      if let stable = try inverseHyperbolicCosine(arguments[0]) { return stable }
    case .log1p:
      if case .call(.exp, let inner) = arguments[0].form {
        return try value(of: .call(.softplus, inner))
      }
    case .lambertw(branch: 0):
      if let stable = try wrightOmega(arguments[0]) { return stable }
    default: break
    }
    return try value(of: arguments[0]).applying(function, at: poles)
  }

  /// The largest or smallest argument; where gradients are wanted as a choice between branches.
  private mutating func extremum(
    _ function: Function, _ arguments: [Expression]
  ) throws(EvaluationError) -> Tensor {
    if purpose == .values {
      return try folding(arguments) { $0.combined(function == .max ? .maximum : .minimum, $1) }
    }
    guard arguments.count > 1 else { return try value(of: arguments[0]) }
    let rest = Expression.call(function, Array(arguments.dropFirst()))
    let relation = function == .max ? Relation.greaterOrEqual : .lessOrEqual
    return try piecewise([
      Branch(arguments[0], if: .compare(arguments[0], relation, rest)), Branch(rest, if: .always),
    ])
  }

  private mutating func folding(
    _ arguments: [Expression], _ combine: (Tensor, Tensor) -> Tensor
  ) throws(EvaluationError) -> Tensor {
    var total = try value(of: arguments[0])
    for argument in arguments.dropFirst() { total = combine(total, try value(of: argument)) }
    return total
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
  private mutating func stableLogarithm(of u: Expression) throws(EvaluationError) -> Tensor? {
    if let v = logisticArgument(u) { return try value(of: .call(.softplus, [v])) }
    switch u.form {
    case .call(.sigmoid, let arguments):
      return try value(of: -.call(.softplus, [-arguments[0]]))
    case .call(.normcdf, let arguments):
      return try value(of: arguments[0]).map(.logNormalCDF)
    case .call(.cosh, let arguments):
      return try value(of: arguments[0]).logCosh
    case .call(.abs, let arguments):
      guard case .sum(let terms) = arguments[0].form else { return nil }
      return try logarithm(ofSum: terms, isMagnitude: true)
    case .sum(let terms) where terms[0].isOne:
      if terms.count == 2, terms[1].coefficientAndRest.coefficient == .minusOne,
        case .call(let function, let arguments) = terms[1].coefficientAndRest.rest.form
      {
        if function == .sigmoid || function == .normcdf {
          return try stableLogarithm(of: .call(function, [-arguments[0]]))
        }
        if function == .erf || function == .cos { return nil }
      }
      if let stable = try logarithmOfHyperbolicTangent(terms) { return stable }
      if let stable = try logarithm(ofSum: terms, isMagnitude: false) { return stable }
      return try value(of: .call(.log1p, [.sum(Array(terms.dropFirst()))]))
    case .sum(let terms): return try logarithm(ofSum: terms, isMagnitude: false)
    default: return nil
    }
  }

  /// log(1 ± tanh v) = log 2 - log(1 + e^(∓2v)), and as it stands near 0.
  private mutating func logarithmOfHyperbolicTangent(
    _ terms: [Expression]
  ) throws(EvaluationError) -> Tensor? {
    guard terms.count == 2, case let (sign, tangent) = terms[1].coefficientAndRest,
      sign == .one || sign == .minusOne, case .call(.tanh, let arguments) = tangent.form
    else { return nil }
    let v = sign.doubleValue * (try value(of: arguments[0]))
    let isNear = abs(v) .< 0.25
    let near = log1p(tanh(Tensor.select(isNear, v, trace.constant(0))))
    return Tensor.select(isNear, near, 0.693_147_180_559_945_3 - softplus(-2 * v))
  }
}
