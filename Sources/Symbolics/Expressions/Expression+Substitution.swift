extension Expression {
  /// self with every free symbol replaced by its value in `values`, all at once.
  ///
  /// A finite sum's index that a value mentions is renamed first, so that nothing is captured.
  public func substituting(_ values: [Symbol: Expression]) -> Expression {
    guard values.keys.contains(where: { node.symbolMask & Self.maskBit(of: $0) != 0 }) else {
      return self
    }
    var memo: [ObjectIdentifier: Expression] = [:]
    return substituting(values, memo: &memo)
  }

  /// self with `symbol` replaced by `value`.
  public func substituting(_ symbol: Symbol, by value: Expression) -> Expression {
    substituting([symbol: value])
  }

  private func substituting(
    _ values: [Symbol: Expression], memo: inout [ObjectIdentifier: Expression]
  ) -> Expression {
    guard node.symbolMask != 0 else { return self }
    if let known = memo[ObjectIdentifier(node)] { return known }
    let result: Expression
    switch form {
    case .symbol(let symbol): result = values[symbol] ?? self
    case .finiteSum(let sum): result = Self.substituting(values, in: sum)
    default: result = mapChildren { $0.substituting(values, memo: &memo) }
    }
    memo[ObjectIdentifier(node)] = result
    return result
  }

  private static func substituting(_ values: [Symbol: Expression], in sum: FiniteSum) -> Expression
  {
    var inner = values
    inner[sum.index] = nil
    var index = sum.index
    var body = sum.body
    if inner.values.contains(where: { $0.contains(index) }) {
      index = freshSymbol(
        like: index, avoiding: Array(inner.values) + [body, sum.upper, sum.lower])
      body = body.substituting(sum.index, by: Expression(index))
    }
    return .finiteSum(
      body.substituting(inner), over: index,
      from: sum.lower.substituting(values), to: sum.upper.substituting(values))
  }

  /// A symbol with the stem of `symbol` that occurs in none of `expressions`.
  static func freshSymbol(like symbol: Symbol, avoiding expressions: [Expression]) -> Symbol {
    var index = 1
    while true {
      let candidate = Symbol(symbol.stem, index)
      if !expressions.contains(where: { $0.contains(candidate) }) { return candidate }
      index += 1
    }
  }

  /// The same operation on transformed operands, made canonical again.
  public func mapChildren(_ transform: (Expression) -> Expression) -> Expression {
    switch form {
    case .rational, .pi, .symbol: self
    case .sum(let terms): .sum(terms.map(transform))
    case .product(let factors): .product(factors.map(transform))
    case .power(let base, let exponent): .power(transform(base), transform(exponent))
    case .call(let function, let arguments): .call(function, arguments.map(transform))
    case .piecewise(let branches):
      .piecewise(
        branches.map { Branch(transform($0.value), if: $0.condition.mapExpressions(transform)) })
    case .finiteSum(let sum):
      .finiteSum(
        transform(sum.body), over: sum.index, from: transform(sum.lower), to: transform(sum.upper))
    }
  }
}

extension Predicate {
  /// Every free symbol replaced by its value.
  public func substituting(_ values: [Symbol: Expression]) -> Predicate {
    mapExpressions { $0.substituting(values) }.folded
  }
}
