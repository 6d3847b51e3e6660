import Exact

extension SignCalculus {
  /// The signs of `u` as a quotient of polynomials in its kernels: those of the irreducible factors.
  func polynomialSigns(of u: Expression) -> SignSet {
    // A monomial has the sign that its symbols give it: there is nothing to factor or eliminate.
    let isMonomial = u.factors.allSatisfy {
      $0.isConstant || $0.baseAndExponent.base.symbolValue != nil
    }
    guard nesting < Self.nestingLimit, !isMonomial else { return .all }
    var result = SignSet.all
    for style in [KernelTable.Style.asWritten, .exponential] where result.isUndetermined {
      if style == .exponential, !u.hasHyperbolicFunction { break }
      guard effort.spend(10), let form = KernelForm(u, style: style) else { continue }
      result.formIntersection(signs(of: form, from: u))
    }
    return result
  }

  private func signs(of form: KernelForm, from u: Expression) -> SignSet {
    let below = signsOfFactors(form.denominator, in: form, from: u).subtracting(.zero)
    return signsOfFactors(form.numerator, in: form, from: u) * below
  }

  private func signsOfFactors(_ polynomial: Polynomial, in form: KernelForm, from u: Expression)
    -> SignSet
  {
    if let value = polynomial.asConstant { return SignSet(sign: value.sign) }
    guard let factorization = try? polynomial.factored() else {
      return signsOfFactor(polynomial, in: form, from: u)
    }
    var result = SignSet(sign: factorization.content.sign)
    for (base, multiplicity) in factorization.factors where !result.isEmpty {
      let signs = signsOfFactor(base, in: form, from: u)
      result = result * signs.power(Rational(multiplicity))
    }
    return result
  }

  /// A factor that is another expression than u is looked at by all methods, u itself by the
  /// remaining ones.
  private func signsOfFactor(_ factor: Polynomial, in form: KernelForm, from u: Expression)
    -> SignSet
  {
    let expression = form.expression(of: factor)
    if expression != u, -expression != u {
      let signs = nestedSigns(of: expression)
      if !signs.isUndetermined { return signs }
      return signs.intersection(signsByElimination(factor, in: form))
    }
    return signsByElimination(factor, in: form)
  }

  private func signsByElimination(_ factor: Polynomial, in form: KernelForm) -> SignSet {
    let used = form.kernels.indices.filter { factor.degree(in: $0) > 0 }
    if used.count == 1 { return univariateSigns(factor, used[0], in: form) }
    if used.count == 2, case .sine(let u, let divisor) = form.kernels[used[0]],
      form.kernels[used[1]] == .cosine(u, divisor: divisor)
    {
      return trigonometricSigns(factor, used[0], used[1], in: form)
    }
    guard nesting < Self.nestingLimit else { return .all }
    var result = SignSet.all
    for index in used where result.isUndetermined {
      guard effort.spend(5) else { break }
      result.formIntersection(signsByBounds(factor, index, in: form))
      if result.isUndetermined {
        result.formIntersection(signsByQuadratic(factor, index, in: form))
      }
      if result.isUndetermined {
        result.formIntersection(signsByConjugate(factor, index, in: form))
      }
    }
    return result
  }

  /// Sturm's theorem on the range of the only kernel.
  private func univariateSigns(_ factor: Polynomial, _ index: Int, in form: KernelForm) -> SignSet {
    let kernel = form.kernels[index].expression
    guard let range = range(of: kernel) else { return [] }
    let signs = factor.univariate(in: index)?.signs(on: range) ?? .all
    return assumptions.isInteger(kernel) && hasNoIntegerRoot(factor, index)
      ? signs.subtracting(.zero) : signs
  }

  /// n² - 2 is never 0: the rational roots are those of linear factors.
  private func hasNoIntegerRoot(_ polynomial: Polynomial, _ index: Int) -> Bool {
    guard let factorization = try? polynomial.factored() else { return false }
    return factorization.factors.allSatisfy { base, _ in
      guard base.degree(in: index) == 1 else { return base.degree(in: index) > 1 }
      guard let parts = try? base.coefficients(in: index), let slope = parts[1].asConstant,
        let offset = parts[0].isZero ? Rational.zero : parts[0].asConstant
      else { return false }
      return !(offset / slope).isInteger
    }
  }

  /// p(sin u, cos u) with t = tan(u/2): sin u = 2t/(1 + t²), cos u = (1 - t²)/(1 + t²), and t = ∞
  /// for u = π.
  private func trigonometricSigns(
    _ factor: Polynomial, _ sine: Int, _ cosine: Int, in form: KernelForm
  ) -> SignSet {
    guard case .sine(let angle, let divisor) = form.kernels[sine] else { return .all }
    let degree = factor.totalDegree
    var coefficients = [Rational](repeating: .zero, count: 2 * degree + 1)
    for term in factor.terms {
      let (s, c) = (term.exponents[sine], term.exponents[cosine])
      // (2t)^s (1 - t²)^c (1 + t²)^(degree - s - c)
      var product = [term.coefficient * (Rational(2).power(s) ?? .zero)]
      for _ in 0..<c { product = Self.times(product, [1, 0, -1]) }
      for _ in 0..<(degree - s - c) { product = Self.times(product, [1, 0, 1]) }
      for (k, value) in product.enumerated() { coefficients[k + s] += value }
    }
    let polynomial = UnivariatePolynomial(coefficients)
    let half = Expression.rational(1, 2 * divisor) * angle
    let quarterTurn = Interval(
      .closed(-.rational(1, 2) * .pi), .closed(.rational(1, 2) * .pi))
    guard let halfAngles = range(of: half) else { return [] }
    if halfAngles.intersection(quarterTurn) == halfAngles {
      var result = polynomial.signs(on: halfAngles.imageOfTangent)
      // u = ±π themselves, where t is infinite.
      if halfAngles.lower == quarterTurn.lower || halfAngles.upper == quarterTurn.upper {
        result.formUnion(SignSet(sign: coefficients[2 * degree].sign))
      }
      return result
    }
    return polynomial.signs(on: .reals).union(SignSet(sign: coefficients[2 * degree].sign))
  }

  private static func times(_ a: [Rational], _ b: [Rational]) -> [Rational] {
    var result = [Rational](repeating: .zero, count: a.count + b.count - 1)
    for (i, x) in a.enumerated() {
      for (j, y) in b.enumerated() { result[i + j] += x * y }
    }
    return result
  }
}

extension Expression {
  /// Whether a function that is rational in exponentials occurs outside of atoms.
  var hasHyperbolicFunction: Bool {
    switch form {
    case .call(.sinh, _), .call(.cosh, _), .call(.tanh, _), .call(.sigmoid, _): true
    case .sum(let operands), .product(let operands):
      operands.contains(where: \.hasHyperbolicFunction)
    case .power(let base, _): base.hasHyperbolicFunction
    default: false
    }
  }
}

extension UnivariatePolynomial {
  /// A superset of the signs on an interval with constant ends: exact when these are rational.
  func signs(on interval: Interval) -> SignSet {
    let region = interval.rationalHull
    let negated = UnivariatePolynomial(coefficients.map { -$0 })
    do {
      if try isPositive(on: region) { return .positive }
      if try negated.isPositive(on: region) { return .negative }
      let isNonnegative = try isNonnegative(on: region)
      let isNonpositive = try negated.isNonnegative(on: region)
      if isNonnegative { return isNonpositive ? .zero : .nonnegative }
      return isNonpositive ? .nonpositive : .all
    } catch {
      return .all
    }
  }
}

extension Interval {
  /// The interval with rational ends, the others moved outwards a little.
  var rationalHull: RealInterval {
    func end(_ end: Endpoint, isLower: Bool) -> RealInterval.End {
      guard let value = end.value else { return .unbounded }
      if let number = value.rationalValue { return end.isClosed ? .closed(number) : .open(number) }
      let ball = value.ball(precision: 128)
      return (isLower ? ball.lowerBound : ball.upperBound).map { .closed($0) } ?? .unbounded
    }
    return RealInterval(end(lower, isLower: true), end(upper, isLower: false))
  }
}
