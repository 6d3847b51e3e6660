import Exact

/// Signs of a polynomial by getting rid of one kernel g.
extension SignCalculus {
  /// p at the ends of the range of g: p is affine, concave, convex or monotone between them.
  func signsByBounds(_ p: Polynomial, _ index: Int, in form: KernelForm) -> SignSet {
    let kernel = form.kernels[index].expression
    let power = Self.commonPower(of: p, index)
    guard let parts = try? p.coefficients(in: index) else { return .all }
    let coefficients = stride(from: 0, to: parts.count, by: power).map {
      form.expression(of: parts[$0])
    }
    var result = SignSet.all
    for interval in intervals(of: kernel, power: power) where result.isUndetermined {
      result.formIntersection(signs(of: coefficients, on: interval))
    }
    return result
  }

  /// The greatest common divisor of the exponents of g.
  private static func commonPower(of p: Polynomial, _ index: Int) -> Int {
    let exponents = p.terms.map { Rational($0.exponents[index]) }
    return exponents.reduce(Rational.zero) { Rational.gcd($0, $1) }.asInt ?? 1
  }

  /// Enclosures of g^power: by constants, and as stated when g is a symbol.
  private func intervals(of kernel: Expression, power: Int) -> [Interval] {
    var found: [Interval] = []
    if let range = range(of: .power(kernel, Expression(Rational(power)))) { found.append(range) }
    if power == 1, let symbol = kernel.symbolValue {
      let stated = assumptions.interval(of: symbol)
      if !stated.freeSymbols.isEmpty { found.append(stated) }
    }
    return found
  }

  /// Σ cₖ gᵏ for g in an interval whose ends may be any expressions.
  private func signs(of coefficients: [Expression], on interval: Interval) -> SignSet {
    func value(at point: Expression) -> Expression {
      .sum(coefficients.enumerated().map { $1 * .power(point, Expression(Rational($0))) })
    }
    var result = SignSet.all
    let low = interval.lower.value.map(value(at:))
    let high = interval.upper.value.map(value(at:))
    let slope = slopeSigns(coefficients, on: interval)
    // p = p(end) + (something of the sign of the slope).
    if let low, slope.isNonnegative || slope.isNonpositive {
      result.formIntersection(
        nestedSigns(of: low) + Self.step(slope, atEnd: interval.lower))
    }
    if result.isUndetermined, let high, slope.isNonnegative || slope.isNonpositive {
      result.formIntersection(
        nestedSigns(of: high) + -Self.step(slope, atEnd: interval.upper))
    }
    if result.isUndetermined, coefficients.count <= 3, let low, let high {
      result.formIntersection(
        chordSigns(coefficients, nestedSigns(of: low), nestedSigns(of: high), on: interval))
    }
    return result
  }

  /// The signs of ∂p/∂g: for an affine p those of the coefficient.
  private func slopeSigns(_ coefficients: [Expression], on interval: Interval) -> SignSet {
    if coefficients.count == 2 { return nestedSigns(of: coefficients[1]) }
    let isNonnegative = interval.lower.value.map { nestedSigns(of: $0).isNonnegative } ?? false
    guard isNonnegative else { return .all }
    // For g ≥ 0 the terms k cₖ gᵏ⁻¹ have the signs of the coefficients.
    var result = SignSet.zero
    for (k, coefficient) in coefficients.enumerated().dropFirst() {
      let signs = nestedSigns(of: coefficient)
      result = result + (k == 1 ? signs : signs * .nonnegative)
      if result == .all { break }
    }
    return result
  }

  /// What is added on the way from the end to another point: nothing at the end itself.
  private static func step(_ slope: SignSet, atEnd end: Endpoint) -> SignSet {
    end.isClosed ? slope.union(.zero) : slope
  }

  /// For p at most quadratic in g: between the ends p is on one side of its chord.
  private func chordSigns(
    _ coefficients: [Expression], _ low: SignSet, _ high: SignSet, on interval: Interval
  ) -> SignSet {
    let curvature = coefficients.count == 3 ? nestedSigns(of: coefficients[2]) : .zero
    guard curvature.isNonnegative || curvature.isNonpositive else { return .all }
    var inside = low + high
    if coefficients.count == 2, !nestedSigns(of: coefficients[1]).contains(.zero) {
      // Not both ends are 0.
      if inside == .nonnegative { inside = .positive }
      if inside == .nonpositive { inside = .negative }
    }
    if curvature.contains(.positive) {
      inside = inside + (curvature.contains(.zero) ? .nonpositive : .negative)
    }
    if curvature.contains(.negative) {
      inside = inside + (curvature.contains(.zero) ? .nonnegative : .positive)
    }
    if interval.lower.isClosed { inside.formUnion(low) }
    if interval.upper.isClosed { inside.formUnion(high) }
    return inside
  }

  /// c₀ + c₁ √w by its product with c₀ - c₁ √w: where that is negative, the root outweighs c₀. A number
  /// in c₀ may be left for the end: 1 + √(1 + u²) - u > 0.
  func signsByConjugate(_ p: Polynomial, _ index: Int, in form: KernelForm) -> SignSet {
    guard case .root(let w, 2) = form.kernels[index], p.degree(in: index) == 1,
      let parts = try? p.coefficients(in: index)
    else { return .all }
    let (whole, factor) = (form.expression(of: parts[0]), form.expression(of: parts[1]))
    let ofRoot = nestedSigns(of: factor)
    guard ofRoot.isNonnegative || ofRoot.isNonpositive else { return .all }
    var result = SignSet.all
    let numbers = whole.terms.compactMap(\.rationalValue).filter { !$0.isZero }
    for number in [.zero] + numbers where result.isUndetermined {
      let rest = whole - Expression(number)
      var signs: SignSet = []
      let square = Expression.sum(w.terms.map { factor.power(2) * $0 })
      let product = nestedSigns(of: rest.power(2) - square)
      if product.contains(.negative) { signs.formUnion(ofRoot) }
      if product.contains(.zero) { signs.formUnion(ofRoot.union(.zero)) }
      if product.contains(.positive) { signs.formUnion(nestedSigns(of: rest)) }
      result.formIntersection(SignSet(sign: number.sign) + signs)
    }
    return result
  }

  /// a g² + b g + c has the sign of a where the discriminant is negative.
  func signsByQuadratic(_ p: Polynomial, _ index: Int, in form: KernelForm) -> SignSet {
    let power = Self.commonPower(of: p, index)
    guard p.degree(in: index) == 2 * power, let parts = try? p.coefficients(in: index) else {
      return .all
    }
    let a = parts[2 * power]
    let b = parts[power]
    let leading = nestedSigns(of: form.expression(of: a))
    guard leading == .positive || leading == .negative,
      let product = try? a * parts[0].scaled(by: 4), let square = try? b.power(2),
      let discriminant = try? square - product
    else { return .all }
    let signs = nestedSigns(of: form.expression(of: discriminant))
    if signs == .negative { return leading }
    return signs.isNonpositive ? leading.union(.zero) : .all
  }
}
