import Symbolics

extension CheckSetting {
  /// Whether f is a map of R^n into R^n.
  var isMapOfSpace: Bool {
    formulas.count == problem.inputs.count && problem.domain.isWholeSpace
      && problem.codomain.isWholeSpace
  }

  /// Whether f is a polynomial map of R^n: if it is injective, then it is onto (Białynicki-Birula and Rosenlicht 1962).
  var isPolynomialOfSpace: Bool {
    isMapOfSpace && formulas.allSatisfy { $0.isPolynomial(in: problem.inputs) }
  }
}

extension Expression {
  /// Whether it is a polynomial in the symbols, with coefficients free of them.
  fileprivate func isPolynomial(in symbols: [Symbol]) -> Bool {
    if !containsAny(of: symbols) { return true }
    switch form {
    case .symbol: return true
    case .sum(let parts), .product(let parts):
      return parts.allSatisfy { $0.isPolynomial(in: symbols) }
    case .power(let base, let exponent):
      return exponent.integerValue.map { $0 >= 0 } ?? false && base.isPolynomial(in: symbols)
    case .rational, .pi, .call, .piecewise, .finiteSum: return false
    }
  }
}
