import Exact

extension KernelField {
  /// The element of a formula.
  ///
  /// - Throws: `tooLarge` beyond the limits, `divisionByZero` for a formula that is defined nowhere.
  func read(_ expression: Expression) throws(ExactError) -> RationalFunction {
    if let known = elements[expression] { return known }
    try spendStep()
    let element = try reduced(readForm(of: expression))
    try spendStep(on: element.numerator.termCount + element.denominator.termCount)
    elements[expression] = element
    return element
  }

  private func readForm(of expression: Expression) throws(ExactError) -> RationalFunction {
    switch expression.form {
    case .rational(let value): return constant(value)
    case .pi, .symbol: return try readAtom(expression)
    case .sum(let terms):
      var result = zero
      for term in terms { result = try result + read(term) }
      return result
    case .product(let factors):
      var result = one
      for factor in factors { result = try reduced(result * read(factor)) }
      return result
    case .power(let base, let exponent): return try readPower(base, exponent)
    case .call(let function, let arguments): return try readCall(function, arguments)
    case .finiteSum(let sum): return try readFiniteSum(sum)
    case .piecewise: return try readAtom(expression)
    }
  }

  /// A formula that is a generator as a whole; the same formula gives the same generator.
  func readAtom(_ expression: Expression) throws(ExactError) -> RationalFunction {
    if let known = elements[expression] { return known }
    let result = element(try add(.atom(expression)))
    elements[expression] = result
    return result
  }

  private func readPower(_ base: Expression, _ exponent: Expression)
    throws(ExactError) -> RationalFunction
  {
    if let value = exponent.rationalValue {
      guard let numerator = value.numerator.asInt, let degree = value.denominator.asInt else {
        throw .tooLarge(limit: .degree)
      }
      let u = try read(base)
      if degree == 1 { return try u.power(numerator) }
      return try root(of: u, degree: degree).power(numerator)
    }
    if base.isZero, assumptions.signs(of: exponent).isPositive { return zero }
    if let simpler = powerOfPower(base, exponent) { return try read(simpler) }
    // At u = 0 the power may be defined where the logarithm is not.
    if style == .proof, isKnownPositive(base) {
      use(.powerAsExponential)
      return try exponential(of: read(exponent) * logarithm(of: read(base)))
    }
    let (u, v) = (try read(base), try read(exponent))
    return try readAtom(.power(writtenForm(of: u), writtenForm(of: v)))
  }

  /// (u^a)^b = u^(a b) for u ≥ 0 and positive a and b.
  private func powerOfPower(_ base: Expression, _ exponent: Expression) -> Expression? {
    guard case .power(let u, let inner) = base.form, assumptions.signs(of: u).isNonnegative,
      assumptions.signs(of: inner).isPositive, assumptions.signs(of: exponent).isPositive
    else { return nil }
    use(.powerOfPower)
    return .power(u, inner * exponent)
  }

  /// Whether the formula is > 0 wherever it is defined.
  private func isKnownPositive(_ expression: Expression) -> Bool {
    expression.isPlainlyPositive || assumptions.signs(of: expression).isPositive
  }

  private func readCall(_ function: Function, _ arguments: [Expression])
    throws(ExactError) -> RationalFunction
  {
    let inner = arguments[0]
    switch function {
    case .exp: return try exponential(of: read(inner))
    case .log: return try logarithm(of: read(inner))
    case .abs: return try readAbsoluteValue(inner)
    case .sign: return try sign(of: inner)
    case .realRoot(let degree): return try realRoot(of: read(inner), degree: degree)
    case .floor: return try readFloor(inner)
    case .sin: return try readCircle(inner).sine
    case .cos: return try readCircle(inner).cosine
    case .asin, .acos, .atan: return try readInverseCircular(function, inner)
    case .atan2: return try readAngle(arguments[0], arguments[1])
    case .erf, .erfinv: return try readErrorFunction(function, read(inner))
    case .lambertw(let branch): return try readLambert(branch, inner)
    case .expm1, .log1p, .tan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .normcdf, .norminv,
      .sigmoid, .logit, .softplus, .max, .min, .mod:
      if style == .display { return try readAsWritten(function, arguments) }
      use(.definition)
      return try read(Self.definition(of: function, arguments))
    }
  }

  /// The call as a generator.
  private func readAsWritten(_ function: Function, _ arguments: [Expression])
    throws(ExactError) -> RationalFunction
  {
    var inner: [Expression] = []
    for argument in arguments { inner.append(try writtenForm(of: read(argument))) }
    let call = Expression.call(function, inner)
    if case .call(function, _) = call.form { return try readAtom(call) }
    return try read(call)
  }

  /// The function written out in exp, log, roots, sin, cos, erf, erfinv, | | and floor.
  ///
  /// Both sides are defined at the same points.
  static func definition(of function: Function, _ arguments: [Expression]) -> Expression {
    let u = arguments[0]
    let half = Expression.rational(1, 2)
    let root2 = Expression(2).squareRoot
    return switch function {
    case .expm1: .exp(u) - 1
    case .log1p: .log(1 + u)
    case .tan: .call(.sin, [u]) / .call(.cos, [u])
    case .sinh: half * (.exp(u) - .exp(-u))
    case .cosh: half * (.exp(u) + .exp(-u))
    case .tanh: 1 - 2 / (.exp(2 * u) + 1)
    case .asinh: .log(u + (1 + u.power(2)).squareRoot)
    case .acosh: .log(u + (u.power(2) - 1).squareRoot)
    case .atanh: half * .log((1 + u) / (1 - u))
    case .normcdf: half * (1 + .call(.erf, [u / root2]))
    case .norminv: root2 * .call(.erfinv, [2 * u - 1])
    case .sigmoid: 1 / (1 + .exp(-u))
    case .logit: .log(u / (1 - u))
    case .softplus: .log(1 + .exp(u))
    case .max: extremum(arguments, half)
    case .min: extremum(arguments, -half)
    case .mod: u - arguments[1] * .call(.floor, [u / arguments[1]])
    case .exp, .log, .abs, .sign, .floor, .realRoot, .sin, .cos, .asin, .acos, .atan, .erf,
      .erfinv, .lambertw, .atan2:
      .call(function, arguments)
    }
  }

  /// max(a, b) = (a + b)/2 + |a - b|/2, with -1/2 for min.
  private static func extremum(_ arguments: [Expression], _ half: Expression) -> Expression {
    arguments.dropFirst().reduce(arguments[0]) { a, b in
      .rational(1, 2) * (a + b) + half * .abs(a - b)
    }
  }

  /// floor(u + n) = floor(u) + n for the integer part n of the constant term.
  private func readFloor(_ argument: Expression) throws(ExactError) -> RationalFunction {
    let u = try read(argument)
    let constantTerm = u.asPolynomial?.terms.last { $0.exponents.allSatisfy { $0 == 0 } }
    let shift = constant((constantTerm?.coefficient ?? .zero).floor())
    if !shift.isZero { use(.integerShift) }
    let rest = try writtenForm(of: u - shift)
    return try readAtom(.call(.floor, [rest])) + shift
  }

  /// Linearity, and closed forms where there are any; else a generator.
  private func readFiniteSum(_ sum: FiniteSum) throws(ExactError) -> RationalFunction {
    let simple = sum.closedForm
    if case .finiteSum(let same) = simple.form { return try readIrreducible(same) }
    use(.finiteSum)
    if case .sum(let terms) = simple.form {
      var result = zero
      for term in terms { result = try result + read(term) }
      return result
    }
    return try read(simple)
  }

  /// A sum without closed form; to decide equality, with its body in normal form and a fixed index.
  private func readIrreducible(_ sum: FiniteSum) throws(ExactError) -> RationalFunction {
    let (lower, upper) = (
      try writtenForm(of: read(sum.lower)), try writtenForm(of: read(sum.upper))
    )
    if style == .display {
      let body = sum.body.simplified()
      return try readAtom(
        Expression(.finiteSum(FiniteSum(body, over: sum.index, from: lower, to: upper))))
    }
    let index = Symbol("⟨index⟩")
    let body = sum.body.substituting(sum.index, by: Expression(index))
    return try readAtom(
      Expression(
        .finiteSum(
          FiniteSum(body.fractionForm(under: .init()), over: index, from: lower, to: upper))))
  }
}
