import Exact

extension FiniteSum {
  /// The sum with a term at one end apart, where a symbol drops out of that term, or it is 0:
  /// Σ_{k=0}^K sigmoid(k z) = 1/2 + Σ_{k=1}^K sigmoid(k z).
  ///
  /// It equals the sum where that has at least one term, and only there.
  ///
  /// - Returns: nil when both ends are like the other terms.
  var withPlainEndApart: Expression? {
    let symbols = body.freeSymbols.filter { $0 != index && !lower.contains($0) }
    return withEndApart { term in term.isZero || symbols.contains { !term.contains($0) } }
  }

  /// The sum with the first or the last term apart, the first one that is wanted; nil if neither is.
  func withEndApart(where isWanted: (Expression) -> Bool) -> Expression? {
    let (first, last) = (body(at: lower), body(at: upper))
    if isWanted(first) {
      return first + .finiteSum(body, over: index, from: lower + 1, to: upper)
    }
    if isWanted(last) {
      return last + .finiteSum(body, over: index, from: lower, to: upper - 1)
    }
    return nil
  }

  /// The body with another index.
  func body(at index: Expression) -> Expression { body.substituting(self.index, by: index) }
}

extension Expression {
  /// A term c·Σ body taken apart; nil when no factor is a finite sum.
  var coefficientAndFiniteSum: (coefficient: Expression, sum: FiniteSum)? {
    for (position, factor) in factors.enumerated() {
      guard case .finiteSum(let sum) = factor.form else { continue }
      var others = factors
      others.remove(at: position)
      return (.product(others), sum)
    }
    return nil
  }

  /// Whether the formula, as a function of the symbol, has a value at every real number at which the
  /// parts free of the symbol have one; false says only that this is not plain from its form.
  func isTotal(in symbol: Symbol) -> Bool {
    guard contains(symbol) else { return true }
    switch form {
    case .rational, .pi, .symbol: return true
    case .sum(let operands), .product(let operands):
      return operands.allSatisfy { $0.isTotal(in: symbol) }
    case .power(let base, let exponent):
      if let n = exponent.integerValue { return n >= 0 && base.isTotal(in: symbol) }
      return !base.contains(symbol) && base.isPlainlyPositive && exponent.isTotal(in: symbol)
    case .call(let function, let operands):
      return function.argumentRequirement == nil && function != .mod && function != .atan2
        && operands.allSatisfy { $0.isTotal(in: symbol) }
    case .piecewise, .finiteSum: return false
    }
  }
}
