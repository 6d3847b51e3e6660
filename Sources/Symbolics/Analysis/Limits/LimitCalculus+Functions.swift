import Exact

/// Expansions of functions: through exponentials and logarithms, at infinity by their asymptotic
/// series, elsewhere by Taylor's.
extension LimitCalculus {
  func expand(_ function: Function, _ arguments: [Expression]) throws(Undecided) -> Expansion {
    let v = arguments[0]
    let half = Expression.rational(1, 2)
    switch function {
    case .exp: return try scale.exponential(expansion(of: v))
    case .log: return try scale.logarithm(expansion(of: v))
    case .expm1: return try expansion(of: .exp(v) - 1)
    case .log1p: return try expansion(of: .log(1 + v))
    case .sinh: return try expansion(of: half * (.exp(v) - .exp(-v)))
    case .cosh: return try expansion(of: half * (.exp(v) + .exp(-v)))
    case .sigmoid: return try expansion(of: 1 / (1 + .exp(-v)))
    case .tanh: return try expansion(of: 1 - 2 / (1 + .exp(2 * v)))
    case .softplus: return try expansion(of: .log(1 + .exp(v)))
    case .logit: return try expansion(of: .log(v) - .log(1 - v))
    case .atanh: return try expansion(of: half * (.log(1 + v) - .log(1 - v)))
    case .acosh: return try expansion(of: .log(v + (v.power(2) - 1).squareRoot))
    case .asinh:
      // Odd: for negative arguments the logarithm's would cancel.
      let sign = try? scale.eventualSign(of: expansion(of: v))
      let w = sign == -1 ? -v : v
      let result = try expansion(of: .log(w + (w.power(2) + 1).squareRoot))
      return sign == -1 ? scale.scale(result, by: .minusOne) : result
    case .abs: return scale.scale(try expansion(of: v), by: try eventualSign(of: v))
    case .sign: return .constant(try eventualSign(of: v))
    case .realRoot(let degree):
      let sign = try eventualSign(of: v)
      if sign.isZero { return .zero }
      let size = scale.scale(try expansion(of: v), by: sign)
      return scale.scale(try scale.power(size, .rational(1, degree)), by: sign)
    case .max, .min: return try extreme(arguments, isMaximum: function == .max)
    case .tan: return try expansion(of: .call(.sin, [v]) / .call(.cos, [v]))
    case .sin, .cos, .erf, .normcdf, .atan, .asin, .acos, .erfinv, .norminv, .lambertw,
      .floor:
      return try expandAtValue(function, v)
    case .atan2, .mod: throw Undecided()
    }
  }

  private func eventualSign(of v: Expression) throws(Undecided) -> Expression {
    .rational(try scale.eventualSign(of: expansion(of: v)))
  }

  private func extreme(_ arguments: [Expression], isMaximum: Bool) throws(Undecided) -> Expansion {
    var best = arguments[0]
    for other in arguments.dropFirst() {
      let sign = try scale.eventualSign(of: expansion(of: other - best))
      if (sign > 0) == isMaximum { best = other }
    }
    return try expansion(of: best)
  }

  private func expandAtValue(_ function: Function, _ v: Expression) throws(Undecided) -> Expansion {
    let inner = try expansion(of: v)
    switch limit(of: inner) {
    case .finite(let value, _): return try taylor(function, inner, at: value)
    case .plusInfinity: return try expandAtInfinity(function, v, inner, sign: 1)
    case .minusInfinity: return try expandAtInfinity(function, v, inner, sign: -1)
    case .unknown:
      guard function == .sin || function == .cos else { throw Undecided() }
      return Expansion(terms: [], remainder: .bounded(.one))
    }
  }

  private func expandAtInfinity(
    _ function: Function, _ v: Expression, _ inner: Expansion, sign: Int
  ) throws(Undecided) -> Expansion {
    let signum = Expression.rational(sign)
    switch function {
    case .sin, .cos: return Expansion(terms: [], remainder: .bounded(.one))
    case .floor: return try scale.add(inner, Expansion(terms: [], remainder: .bounded(.one)))
    case .atan:
      // ±π/2 - atan(1/v)
      let inverse = try expansion(of: 1 / v)
      let series = try scale.powerSeries([0, -1, 0, .rational(1, 3)], at: inverse)
      return try scale.add(.constant(signum * .rational(1, 2) * .pi), series)
    case .erf:
      return try scale.add(
        .constant(signum), tail(v, density: -Expression.power(.pi, .rational(-1, 2)), rate: 1))
    case .normcdf:
      let density = -Expression.power(2 * .pi, .rational(-1, 2))
      return try scale.add(
        .constant(sign > 0 ? 1 : 0), tail(v, density: density, rate: .rational(1, 2)))
    default: throw Undecided()
    }
  }

  /// c·exp(-r v²)/v·(1 - 1/(2 r v²) + O(v⁻⁴)): what the error function lacks at infinity.
  private func tail(_ v: Expression, density: Expression, rate: Expression) throws(Undecided)
    -> Expansion
  {
    let factor = try expansion(of: density * .exp(-rate * v.power(2)) / v)
    let inverse = try expansion(of: 1 / v.power(2))
    let series = try scale.powerSeries([1, -1 / (2 * rate)], at: inverse)
    return try scale.multiply(factor, series)
  }

  /// f(c) + f'(c) ε + …, where f is certainly analytic at c.
  private func taylor(_ function: Function, _ inner: Expansion, at value: Expression)
    throws(Undecided) -> Expansion
  {
    let small = try scale.add(inner, .constant(-value))
    if function == .floor { return try floor(small, at: value) }
    guard isAnalytic(function, at: value) else { throw Undecided() }
    let t = Symbol("⟨t⟩")
    var derivative = Expression.call(function, [Expression(t)])
    var coefficients: [Expression] = []
    var factorial = Rational.one
    for k in 0..<5 {
      if k > 1 { factorial = factorial * Rational(k) }
      let coefficient =
        Expression(Rational.one / factorial) * derivative.substituting(t, by: value)
      coefficients.append(scale.signs(of: coefficient) == .zero ? .zero : coefficient)
      if k < 4 { derivative = derivative.derivative(by: t) }
    }
    return try scale.powerSeries(coefficients, at: small)
  }

  /// Whether the function has a power series at the value: it lies inside the domain.
  private func isAnalytic(_ function: Function, at value: Expression) -> Bool {
    switch function {
    case .sin, .cos, .erf, .normcdf, .atan: return true
    default:
      guard let domain = function.monotone?.domain else { return false }
      let inside = [
        domain.lower.value.map { Predicate.compare(value, .greater, $0) },
        domain.upper.value.map { Predicate.compare(value, .less, $0) },
      ]
      return inside.compactMap { $0 }.allSatisfy { scale.decide($0) == true }
    }
  }

  /// floor(c + ε): c itself decides unless it is an integer; then the side does.
  private func floor(_ small: Expansion, at value: Expression) throws(Undecided) -> Expansion {
    guard let number = value.rationalValue else { throw Undecided() }
    if !number.isInteger { return .constant(Expression(number.floor())) }
    let sign = try scale.eventualSign(of: small)
    return .constant(Expression(sign < 0 ? number - 1 : number))
  }
}
