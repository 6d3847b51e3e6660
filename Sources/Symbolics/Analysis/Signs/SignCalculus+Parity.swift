import Exact

extension SignCalculus {
  /// The signs of a product by those of a simpler one that has the same sign wherever `u` is defined:
  /// odd powers and odd roots replaced by what is inside, equal factors paired off.
  ///
  /// x1·cbrt(x2)^2/x2 has the sign of x1·x2 where x2 ≠ 0; facts about x1·x2 then apply.
  func signsByParity(of u: Expression) -> SignSet {
    guard case .product(let factors) = u.form else { return .all }
    var parities = Parities()
    for factor in factors { parities.add(factor) }
    let odd = parities.entries.filter(\.isOdd).map(\.base)
    let even = parities.entries.filter { !$0.isOdd && !signs(of: $0.base).isNonzero }
    let simpler = Expression.product(
      [Expression(parities.sign)] + odd + even.map { $0.base.power(2) })
    return simpler == u ? .all : nestedSigns(of: simpler)
  }
}

/// The factors of a product as far as its sign goes.
private struct Parities {
  typealias Entry = (base: Expression, isOdd: Bool)

  /// Each base once, in the order in which it was met.
  private(set) var entries: [Entry] = []
  /// The sign of the rational factors.
  private(set) var sign = Rational.one

  mutating func add(_ factor: Expression) {
    if let value = factor.rationalValue {
      sign = sign * Rational(value.sign)
      return
    }
    switch factor.form {
    case .product(let factors): for inner in factors { add(inner) }
    case .call(.realRoot, let arguments): add(arguments[0])
    case .power(let base, let exponent):
      guard let n = exponent.rationalValue else { return toggle(factor) }
      // A fractional power is defined where the base is not negative.
      if !n.isInteger || !(n / 2).isInteger { return add(base) }
      toggle(base)
      toggle(base)
    default: toggle(factor)
    }
  }

  private mutating func toggle(_ base: Expression) {
    if let position = entries.firstIndex(where: { $0.base == base }) {
      entries[position].isOdd.toggle()
    } else {
      entries.append((base, isOdd: true))
    }
  }
}
