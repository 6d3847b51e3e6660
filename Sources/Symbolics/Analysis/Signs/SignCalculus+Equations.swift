import Exact

extension SignCalculus {
  /// What follows from u = 0: a product vanishes with the one factor that can, a sum of terms ≥ 0
  /// with each of them, a monotone function at its zero, sin and cos at the one root in range.
  func vanishing(_ u: Expression, _ depth: Int) -> [SignFact] {
    guard depth > 0, effort.spend() else { return [] }
    let parts = partsThatVanish(u)
    return parts.map { SignFact(difference: $0, signs: .zero) }
      + parts.flatMap { vanishing($0, depth - 1) }
  }

  private func partsThatVanish(_ u: Expression) -> [Expression] {
    switch u.form {
    case .product(let factors):
      let open = factors.filter { nestedSigns(of: $0).contains(.zero) }
      return open.count == 1 ? open : []
    case .sum(let terms):
      let signs = terms.map { nestedSigns(of: $0) }
      return signs.allSatisfy(\.isNonnegative) || signs.allSatisfy(\.isNonpositive) ? terms : []
    case .power(let base, let exponent):
      return (exponent.rationalValue?.sign ?? 0) > 0 ? [base] : []
    case .call(.abs, let arguments), .call(.sign, let arguments): return arguments
    case .call(.sin, let arguments): return [arguments[0]].compactMap { root(of: $0, 0) }
    case .call(.cos, let arguments):
      return [arguments[0]].compactMap { root(of: $0, Rational(1, over: 2)) }
    case .call(let function, let arguments):
      return function.monotone?.zero.map { [arguments[0] - $0] } ?? []
    case .rational, .pi, .symbol, .piecewise, .finiteSum: return []
    }
  }

  /// v - (shift + j)π/c, where u = c·v, for the only integer j for which that is within the range of u.
  private func root(of u: Expression, _ shift: Rational) -> Expression? {
    guard let range = range(of: u), let low = range.lower.value, let high = range.upper.value,
      ExactConstant.compare(high - low, 3 * .pi) == -1,
      let start = low.ball(precision: 64).midpointIfNarrow
    else { return nil }
    let first = Int((start / Double.pi - shift.doubleValue).rounded(.down)) - 1
    let inside = (first...(first + 6)).map { Expression(shift + Rational($0)) * .pi }
      .filter { range.membership(of: $0).holds(at: [:]) != false }
    guard inside.count == 1 else { return nil }
    // c·v = target is v = target/c, so that the fact is about v alone.
    let constants = Expression.product(u.factors.filter(\.isConstant))
    guard ExactConstant.sign(of: constants).map({ $0 != 0 }) == true else { return nil }
    return .product(u.factors.filter { !$0.isConstant }) - inside[0] / constants
  }
}
