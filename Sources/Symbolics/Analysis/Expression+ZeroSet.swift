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
      case .cos, .sin:
        // cos(asin u) = sin(acos u) = √(1 - u²)
        guard case .call(let inverse, let u) = arguments[0].form,
          inverse == (function == .cos ? .asin : .acos)
        else { break }
        return (1 - u[0].power(2)).zeroSet(under: assumptions)
      default: break
      }
    default: break
    }
    return solvedZeroSet(under: assumptions) ?? Predicate.compare(self, .equal, .zero).folded
  }

  /// self = 0 as values of its only symbol, where these are all known and rational.
  private func solvedZeroSet(under assumptions: Assumptions) -> Predicate? {
    guard let symbol = freeSymbols.first, freeSymbols.count == 1, symbolValue == nil,
      let solutions = ScalarSolver.solutions(
        of: self, equals: .zero, for: symbol, in: assumptions.interval(of: symbol),
        under: assumptions.withoutFacts(about: symbol)),
      solutions.exceptional == .never
    else { return nil }
    var values: [Expression] = []
    for branch in solutions.branches {
      guard let truth = assumptions.decide(branch.condition) else { return nil }
      if !truth { continue }
      let value = branch.solution.simplified()
      guard value.rationalValue != nil else { return nil }
      if !values.contains(value) { values.append(value) }
    }
    return .any(values.map { .compare(Expression(symbol), .equal, $0) })
  }
}

extension Predicate {
  /// Equations with a constant taken apart into those of the factors of the difference.
  public func zeroSets(under assumptions: Assumptions) -> Predicate {
    guard case .compare(let a, .equal, let b) = self,
      b.isZero || (b.isConstant && a.symbolValue == nil)
    else { return self }
    return (a - b).zeroSet(under: assumptions)
  }
}
