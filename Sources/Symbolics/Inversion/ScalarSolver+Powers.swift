import Exact

extension ScalarSolver {
  /// base^exponent = right.
  mutating func peelPower(_ base: Expression, _ exponent: Expression, _ trail: Trail) -> [Trail]? {
    if !base.contains(unknown) { return peelExponential(base, exponent, trail) }
    if exponent.contains(unknown) { return peelSelfPower(base, exponent, trail) }
    guard let value = exponent.rationalValue else {
      return peelSymbolicExponent(base, exponent, trail)
    }
    let right = trail.right
    if value.sign < 0 {
      // u^(-p) = r  <=>  u^p = 1/r, and r = 0 has no solution.
      return [
        trail.step(
          .power(base, Expression(-value)), .power(right, .minusOne), .power(.minusOne),
          when: [.compare(right, .unequal, .zero)])
      ]
    }
    guard value.isInteger, let n = value.asInt else {
      let inverse = Expression(Rational.one / value)
      return [
        trail.step(
          base, .power(right, inverse), .power(inverse),
          when: [.compare(right, .greaterOrEqual, .zero)])
      ]
    }
    if n % 2 == 1 {
      return [trail.step(base, .call(.realRoot(n), [right]), .oddRoot(n))]
    }
    return peelEvenPower(base, n, trail)
  }

  /// base^n = right with even n: the root has the sign of the base, both signs if it is open.
  private func peelEvenPower(_ base: Expression, _ n: Int, _ trail: Trail) -> [Trail] {
    let right = trail.right
    let root = Expression.power(right, .rational(1, n))
    let solvable = Predicate.compare(right, .greaterOrEqual, .zero)
    let signs = assumptions.signs(of: base)
    var result: [Trail] = []
    // A base that is never positive is 0 only where the negative root is, too.
    if signs.contains(.positive) || !signs.contains(.negative) {
      result.append(
        trail.step(
          base, root, .evenRoot(n, because: .compare(base, .greaterOrEqual, .zero)),
          when: [solvable]))
    }
    if signs.contains(.negative) {
      // The two branches meet at zero, which the first one has.
      let condition = result.isEmpty ? solvable : .compare(right, .greater, .zero)
      result.append(
        trail.step(
          base, -root, .evenRoot(n, because: .compare(base, .less, .zero)), when: [condition]))
    }
    return result
  }

  /// a^u = r with a free of the unknown: u = log r / log a.
  private mutating func peelExponential(
    _ base: Expression, _ exponent: Expression, _ trail: Trail
  ) -> [Trail]? {
    guard assumptions.signs(of: base) == .positive else { return nil }
    let logarithm = Expression.log(base)
    if assumptions.signs(of: logarithm).contains(.zero) {
      exceptional.append(.compare(base, .equal, .one))
    }
    return [
      trail.step(
        exponent, .log(trail.right) / logarithm, .apply(inverseOf: .exp),
        when: [.compare(trail.right, .greater, .zero)])
    ]
  }

  /// u^e = r with e free of the unknown and no number, for u > 0; nil where u may be negative, as
  /// for an integer e.
  private mutating func peelSymbolicExponent(
    _ base: Expression, _ exponent: Expression, _ trail: Trail
  ) -> [Trail]? {
    // An integer exponent admits negative bases, and its parity is not known.
    if assumptions.isInteger(exponent), !assumptions.signs(of: base).isNonnegative { return nil }
    let signs = assumptions.signs(of: exponent)
    if signs.contains(.zero) { exceptional.append(.compare(exponent, .equal, .zero)) }
    let inverse = Expression.power(exponent, .minusOne)
    // For e > 0 the power is also defined at u = 0.
    let relation: Relation = signs == .positive ? .greaterOrEqual : .greater
    return [
      trail.step(
        base, .power(trail.right, inverse), .power(inverse),
        when: [.compare(trail.right, relation, .zero)])
    ]
  }

  /// u^v with the unknown in both: exp(v log u).
  private func peelSelfPower(_ base: Expression, _ exponent: Expression, _ trail: Trail)
    -> [Trail]?
  {
    [
      trail.step(
        exponent * .log(base), .log(trail.right), .apply(inverseOf: .exp),
        when: [.compare(trail.right, .greater, .zero)])
    ]
  }
}
