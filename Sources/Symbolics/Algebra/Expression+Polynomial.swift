import Exact

extension Expression {
  /// The largest degree in one symbol that polynomial views go up to.
  public static let polynomialDegreeLimit = 64

  /// c₀, c₁, …, c_d with self = Σ cₖ symbolᵏ, the cₖ free of the symbol; nil if `self` is no
  /// polynomial in it (or one of a higher degree than ``polynomialDegreeLimit``).
  ///
  /// The last coefficient is not the number 0, but nothing else is said of where it vanishes. The
  /// zero polynomial gives an empty list.
  public func polynomialCoefficients(in symbol: Symbol) -> [Expression]? {
    guard var coefficients = rawCoefficients(in: symbol) else { return nil }
    while coefficients.last?.isZero == true { coefficients.removeLast() }
    return coefficients
  }

  private func rawCoefficients(in symbol: Symbol) -> [Expression]? {
    if !contains(symbol) { return [self] }
    switch form {
    case .symbol: return [.zero, .one]
    case .sum(let terms):
      var result: [[Expression]] = []
      for term in terms {
        guard let own = term.rawCoefficients(in: symbol) else { return nil }
        for (k, coefficient) in own.enumerated() {
          if k < result.count {
            result[k].append(coefficient)
          } else {
            result.append([coefficient])
          }
        }
      }
      return result.map { .sum($0) }
    case .product(let factors):
      var result: [Expression] = [.one]
      for factor in factors {
        guard let own = factor.rawCoefficients(in: symbol),
          let product = Self.convolution(result, own)
        else { return nil }
        result = product
      }
      return result
    case .power(let base, let exponent):
      guard let n = exponent.integerValue, (0...Self.polynomialDegreeLimit).contains(n),
        let own = base.rawCoefficients(in: symbol)
      else { return nil }
      var result: [Expression] = [.one]
      for _ in 0..<n {
        guard let product = Self.convolution(result, own) else { return nil }
        result = product
      }
      return result
    default: return nil
    }
  }

  private static func convolution(_ a: [Expression], _ b: [Expression]) -> [Expression]? {
    guard a.count + b.count - 2 <= polynomialDegreeLimit else { return nil }
    var terms = [[Expression]](repeating: [], count: a.count + b.count - 1)
    for (i, x) in a.enumerated() where !x.isZero {
      for (j, y) in b.enumerated() where !y.isZero { terms[i + j].append(x * y) }
    }
    let sums = terms.map { Expression.sum($0) }
    return sums.contains { $0.size > 20_000 } ? nil : sums
  }
}
