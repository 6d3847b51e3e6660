import Exact

extension KernelField {
  /// exp(u): one power of a generator for every term of u.
  func exponential(of u: RationalFunction) throws(ExactError) -> RationalFunction {
    let u = try reduced(u)
    var result = one
    for (coefficient, part) in try termwise(u) {
      if let base = try baseOfLogarithm(part) {
        use(.exponentialOfLogarithm)
        result = try reduced(result * power(base, coefficient))
      } else {
        use(.exponentialOfSum)
        result = try reduced(result * exponentialPower(of: part, coefficient))
      }
    }
    return result
  }

  /// u = Σ coefficient · part, each part one monomial over the denominator of u.
  func termwise(_ u: RationalFunction) throws(ExactError)
    -> [(coefficient: Rational, part: RationalFunction)]
  {
    var parts: [(coefficient: Rational, part: RationalFunction)] = []
    for var term in u.numerator.terms {
      let coefficient = term.coefficient
      term.coefficient = .one
      parts.append(
        (coefficient, try RationalFunction(ring.polynomial([term]), over: u.denominator)))
    }
    return parts
  }

  /// |f| if the element is the generator log|f|.
  private func baseOfLogarithm(_ part: RationalFunction) throws(ExactError) -> RationalFunction? {
    guard let generator = generator(of: part), case .logarithm(let f) = kernels[generator].meaning
    else { return nil }
    return try absoluteValue(of: RationalFunction(f))
  }

  /// v^c for v > 0.
  private func power(_ v: RationalFunction, _ c: Rational) throws(ExactError) -> RationalFunction {
    guard let numerator = c.numerator.asInt, let degree = c.denominator.asInt else {
      throw .tooLarge(limit: .degree)
    }
    return degree == 1
      ? try v.power(numerator) : try root(of: v, degree: degree).power(numerator)
  }

  /// exp(c·part) as a power of the generator for the line through `part`.
  private func exponentialPower(of part: RationalFunction, _ c: Rational)
    throws(ExactError) -> RationalFunction
  {
    guard let numerator = c.numerator.asInt, let divisor = c.denominator.asInt else {
      throw .tooLarge(limit: .degree)
    }
    let index = try firstIndex(of: part, in: exponentials.map(\.argument))
    if let index {
      try refineExponential(index, toAllow: divisor)
      let known = exponentials[index]
      return try element(known.generator).power(scaled(numerator, by: known.divisor / divisor))
    }
    let divided = try part * constant(Rational(1, over: divisor))
    let generator = try add(.exponential(divided))
    exponentials.append(
      ExponentialKernel(argument: part, divisor: divisor, generator: generator))
    return try element(generator).power(numerator)
  }

  /// Replaces the generator exp(b/n) by exp(b/m) for the least multiple m of n and `divisor`.
  private func refineExponential(_ index: Int, toAllow divisor: Int) throws(ExactError) {
    let known = exponentials[index]
    let finer = try leastCommonMultiple(known.divisor, divisor)
    if finer == known.divisor { return }
    let divided = try known.argument * constant(Rational(1, over: finer))
    let generator = try add(.exponential(divided))
    kernels[known.generator].relation =
      (1, try element(generator).power(finer / known.divisor))
    exponentials[index].divisor = finer
    exponentials[index].generator = generator
  }

  /// The least common multiple, within the range of exponents.
  func leastCommonMultiple(_ a: Int, _ b: Int) throws(ExactError) -> Int {
    guard let result = Rational.lcm(Rational(a), Rational(b)).asInt, result <= ring.limits.degree
    else { throw .tooLarge(limit: .degree) }
    return result
  }

  /// a·b, within the range of exponents.
  func scaled(_ a: Int, by b: Int) throws(ExactError) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow || product.magnitude > ring.limits.degree { throw .tooLarge(limit: .degree) }
    return product
  }
}
