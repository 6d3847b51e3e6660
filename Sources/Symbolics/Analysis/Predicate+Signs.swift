import Exact

extension Predicate {
  /// The same set, with sign conditions on products said plainly: x1/cbrt(x2) > 0 is x1·x2 > 0,
  /// sqrt(u) > 0 is u > 0, and factors that are surely positive are dropped.
  ///
  /// The equivalence holds wherever the original is defined.
  public func plainSigns(under assumptions: Assumptions) -> Predicate {
    switch self {
    case .always, .never: return self
    case .and(let parts): return .all(parts.map { $0.plainSigns(under: assumptions) })
    case .or(let parts): return .any(parts.map { $0.plainSigns(under: assumptions) })
    case .not(let inner): return .not(inner.plainSigns(under: assumptions))
    case .compare(let left, let relation, let right):
      guard right.isZero else { return self }
      return Predicate.compare(left.signEquivalent(under: assumptions), relation, .zero).folded
    }
  }
}

extension Expression {
  /// An expression with the same sign everywhere that self is defined.
  func signEquivalent(under assumptions: Assumptions) -> Expression {
    var result: [Expression] = []
    for factor in factors {
      if assumptions.signs(of: factor) == .positive { continue }
      if assumptions.signs(of: factor) == .negative {
        result.append(.minusOne)
        continue
      }
      result.append(factor.signEquivalentFactor(under: assumptions))
    }
    return .product(result)
  }

  private func signEquivalentFactor(under assumptions: Assumptions) -> Expression {
    switch form {
    case .power(let base, let exponent):
      guard let value = exponent.rationalValue else { return self }
      // Odd powers keep the sign, even ones are squares, roots are of nonnegative numbers.
      if value.isInteger {
        let isOdd = !(value / 2).isInteger
        return isOdd ? base.signEquivalent(under: assumptions) : base.power(2)
      }
      return value.sign > 0 ? base.signEquivalent(under: assumptions) : .one
    case .call(let function, let arguments):
      switch function {
      case .realRoot, .sinh, .tanh, .asinh, .atan, .atanh, .asin, .erf, .erfinv, .expm1, .log1p,
        .sign:
        return arguments[0].signEquivalent(under: assumptions)
      default: return self
      }
    default: return self
    }
  }
}
