import Exact

extension Expression {
  /// self = 0, as equations between factors that may vanish, roots and powers taken away:
  /// x·cbrt(y)^2·e^z = 0 is x = 0 or y = 0.
  ///
  /// The same points as self = 0 among those where `self` is defined and the assumptions hold.
  public func zeroSet(under assumptions: Assumptions) -> Predicate {
    if assumptions.signs(of: self).isNonzero { return .never }
    switch form {
    case .product(let factors): return .any(factors.map { $0.zeroSet(under: assumptions) })
    case .power(let base, let exponent):
      switch assumptions.signs(of: exponent) {
      case .positive: return base.zeroSet(under: assumptions)
      case .negative: return .never
      default: break
      }
    case .call(let function, let arguments):
      switch function {
      case .realRoot, .abs, .sign, .sinh, .tanh, .asinh, .atan, .atanh, .asin, .erf, .erfinv,
        .expm1, .log1p:
        return arguments[0].zeroSet(under: assumptions)
      default: break
      }
    default: break
    }
    return Predicate.compare(self, .equal, .zero).folded
  }
}

extension Predicate {
  /// Equations with 0 taken apart into those of their factors.
  public func zeroSets(under assumptions: Assumptions) -> Predicate {
    if case .compare(let a, .equal, let b) = self, b.isZero {
      return a.zeroSet(under: assumptions)
    }
    return self
  }
}
