import Exact

extension KernelField {
  /// log(u), of an u that is > 0 where it is defined.
  func logarithm(of u: RationalFunction) throws(ExactError) -> RationalFunction {
    let u = try reduced(u)
    let product = try factors(of: u)
    if product.content.isZero { throw .divisionByZero }
    learn(product, .positive)
    if product.factors.count > 1 { use(.logarithmOfProduct) }
    return try reduced(logarithm(ofAbsolute: product))
  }

  /// log|c ∏ fᵏ| = log|c| + Σ k log|f|
  private func logarithm(ofAbsolute product: KernelFactors) throws(ExactError) -> RationalFunction {
    var result = try logarithm(ofRational: product.content.magnitude)
    for (base, exponent) in product.factors {
      result = try result + logarithm(ofPrimitive: base) * constant(Rational(exponent))
    }
    return result
  }

  /// log|f| of a factor that is not 0.
  private func logarithm(ofPrimitive f: Polynomial) throws(ExactError) -> RationalFunction {
    if let generator = generator(of: f) {
      switch kernels[generator].meaning {
      case .exponential(let u):
        use(.logarithmOfExponential)
        return u
      case .root(let radicand, let degree):
        use(.logarithmOfRoot)
        return try logarithm(ofAbsolute: factors(of: radicand))
          * constant(Rational(1, over: degree))
      case .sign: return zero
      default: break
      }
    }
    return try logarithmGenerator(of: f)
  }

  /// log c = Σ k log p over the small primes p of c > 0, and the logarithm of what is left.
  private func logarithm(ofRational value: Rational) throws(ExactError) -> RationalFunction {
    var result = zero
    for (part, direction) in [(value.numerator, 1), (value.denominator, -1)] {
      for (base, exponent) in smallPrimeFactors(of: part) {
        let generator = try logarithmGenerator(of: ring.constant(base))
        result = try result + generator * constant(Rational(direction * exponent))
      }
    }
    return result
  }

  private func logarithmGenerator(of f: Polynomial) throws(ExactError) -> RationalFunction {
    if let known = logarithmGenerators[f] { return element(known) }
    let generator = try add(.logarithm(f))
    logarithmGenerators[f] = generator
    return element(generator)
  }

  /// The primes below 1000 of a positive integer with their exponents, and what is left.
  func smallPrimeFactors(of value: Rational) -> [(base: Rational, exponent: Int)] {
    var rest = value
    var result: [(base: Rational, exponent: Int)] = []
    var divisor = 2
    while divisor < 1000, !rest.isOne {
      let prime = Rational(divisor)
      var exponent = 0
      while (rest / prime).isInteger {
        rest = rest / prime
        exponent += 1
      }
      if exponent > 0 { result.append((prime, exponent)) }
      divisor += divisor == 2 ? 1 : 2
    }
    if !rest.isOne { result.append((rest, 1)) }
    return result
  }
}
