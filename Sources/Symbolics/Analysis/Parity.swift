import Exact

/// Whether an integer is a multiple of 2.
public enum Parity: Hashable, Sendable {
  case even, odd
}

extension Assumptions {
  /// The parity of an integer-valued formula that is the same at all admissible points: 2k - 1 is odd
  /// for integers k; nil if that is not plain from its form.
  public func parity(of u: Expression) -> Parity? {
    switch u.form {
    case .rational(let value):
      return value.isInteger ? (value / 2).isInteger ? .even : .odd : nil
    case .sum(let terms):
      var isOdd = false
      for term in terms {
        guard let parity = parity(of: term) else { return nil }
        if parity == .odd { isOdd.toggle() }
      }
      return isOdd ? .odd : .even
    case .product(let factors):
      let parities = factors.map { parity(of: $0) }
      if parities.allSatisfy({ $0 == .odd }) { return .odd }
      return parities.contains(.even) && factors.allSatisfy(isInteger) ? .even : nil
    case .power(let base, let exponent):
      guard let n = exponent.integerValue, n > 0 else { return nil }
      return parity(of: base)
    case .pi, .symbol, .call, .piecewise, .finiteSum: return nil
    }
  }
}
