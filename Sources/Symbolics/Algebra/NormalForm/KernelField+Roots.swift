import Exact

extension KernelField {
  /// The real n-th root for odd n, on all of R.
  func realRoot(of u: RationalFunction, degree: Int) throws(ExactError) -> RationalFunction {
    let u = try reduced(u)
    let product = try factors(of: u)
    if product.content.isZero { return zero }
    if product.factors.count > 1 { use(.realRootOfProduct) }
    var result = try root(ofRational: product.content.magnitude, degree: degree)
    if product.content.sign < 0 { result = -result }
    for (base, exponent) in product.factors {
      let root = try root(ofFactor: base, degree: degree)
      result = try reduced(result * root.power(exponent))
    }
    return result
  }

  /// u^(1/n) for u ≥ 0.
  ///
  /// Powers come out as |f|^k, factors of known sign and even powers each get a root of their own,
  /// and the others, whose product alone is known to be ≥ 0, stay together under one root.
  func root(of u: RationalFunction, degree: Int) throws(ExactError) -> RationalFunction {
    if !degree.isMultiple(of: 2) { return try realRoot(of: u, degree: degree) }
    let u = try reduced(u)
    let product = try factors(of: u)
    if product.content.isZero { return zero }
    learn(product, .nonnegative)
    if product.factors.count > 1 { use(.rootOfProduct) }
    var result = try root(ofRational: product.content.magnitude, degree: degree)
    var openSign = product.content.sign
    var open: [(base: Polynomial, exponent: Int)] = []
    for (base, exponent) in product.factors {
      let whole = floorDivision(exponent, degree)
      let rest = exponent - whole * degree
      let signs = signs(of: base)
      if whole != 0 {
        result = try result * absoluteValue(of: RationalFunction(base)).power(whole)
      }
      if rest == 0 { continue }
      if signs.isNonnegative || signs.isNonpositive || rest.isMultiple(of: 2) {
        if signs.isNonpositive, !rest.isMultiple(of: 2) { openSign = -openSign }
        let magnitude = try absoluteValue(ofPrimitive: base)
        result = try result * root(ofNonnegative: magnitude, degree: degree).power(rest)
      } else {
        open.append((base, rest))
      }
    }
    return try reduced(result * root(ofOpen: open, sign: openSign, degree: degree))
  }

  private func floorDivision(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  /// The root of a product that is ≥ 0 although no factor's sign is known.
  private func root(ofOpen open: [(base: Polynomial, exponent: Int)], sign: Int, degree: Int)
    throws(ExactError) -> RationalFunction
  {
    if open.isEmpty { return one }
    if open.count == 1 {
      // sign · f ≥ 0, so that (sign · f^k)^(1/n) = ((sign · f)^(1/n))^k for odd k.
      let radicand = try RationalFunction(open[0].base) * constant(Rational(sign))
      return try root(ofNonnegative: radicand, degree: degree).power(open[0].exponent)
    }
    var radicand = constant(Rational(sign))
    for (base, exponent) in open {
      radicand = try radicand * RationalFunction(base).power(exponent)
    }
    return try rootGenerator(of: radicand, degree: degree)
  }

  /// The root of |f| or of a factor f ≥ 0 (then `magnitude` is f up to sign); roots of
  /// exponentials and of roots are taken inside.
  private func root(ofNonnegative magnitude: RationalFunction, degree: Int)
    throws(ExactError) -> RationalFunction
  {
    if let generator = generator(of: magnitude) {
      if let inner = try root(ofGenerator: generator, degree: degree) { return inner }
    }
    return try rootGenerator(of: magnitude, degree: degree)
  }

  /// The real root of odd degree of a factor.
  private func root(ofFactor f: Polynomial, degree: Int) throws(ExactError) -> RationalFunction {
    if let generator = generator(of: f) {
      if case .sign = kernels[generator].meaning { return element(generator) }
      if let inner = try root(ofGenerator: generator, degree: degree) { return inner }
    }
    return try rootGenerator(of: RationalFunction(f), degree: degree)
  }

  private func root(ofGenerator generator: Int, degree: Int)
    throws(ExactError) -> RationalFunction?
  {
    switch kernels[generator].meaning {
    case .exponential(let u):
      return try exponential(of: u * constant(Rational(1, over: degree)))
    case .root(let radicand, let inner):
      use(.rootOfRoot)
      return try rootGenerator(of: radicand, degree: scaled(inner, by: degree))
    default: return nil
    }
  }

  /// The root of a rational number c > 0: prime by prime.
  private func root(ofRational value: Rational, degree: Int) throws(ExactError) -> RationalFunction
  {
    if let exact = value.root(degree) { return constant(exact) }
    var result = one
    for (part, direction) in [(value.numerator, 1), (value.denominator, -1)] {
      for (base, exponent) in smallPrimeFactors(of: part) {
        let root = try rootGenerator(of: constant(base), degree: degree)
        result = try result * root.power(direction * exponent)
      }
    }
    return try reduced(result)
  }

  /// radicand^(1/degree) as a power of the one generator for roots of this radicand.
  private func rootGenerator(of radicand: RationalFunction, degree: Int)
    throws(ExactError) -> RationalFunction
  {
    use(.powerOfRoot)
    for index in roots.indices {
      let known = roots[index]
      let isSame = try areEqual(known.radicand, radicand)
      // For odd degrees root(-u) = -root(u), provided that the finer root exists.
      if !isSame {
        guard !degree.isMultiple(of: 2), try areEqual(known.radicand, -radicand) else { continue }
      }
      let finer = try leastCommonMultiple(known.degree, degree)
      if finer != known.degree { try refineRoot(index, to: finer) }
      let root = try element(roots[index].generator).power(finer / degree)
      return isSame ? root : -root
    }
    let generator = try addRoot(of: radicand, degree: degree)
    roots.append(RootKernel(radicand: radicand, degree: degree, generator: generator))
    return element(generator)
  }

  private func addRoot(of radicand: RationalFunction, degree: Int) throws(ExactError) -> Int {
    let generator = try add(.root(radicand, degree: degree))
    kernels[generator].relation = (degree, radicand)
    return generator
  }

  private func refineRoot(_ index: Int, to finer: Int) throws(ExactError) {
    let known = roots[index]
    let generator = try addRoot(of: known.radicand, degree: finer)
    kernels[known.generator].relation =
      (1, try element(generator).power(finer / known.degree))
    roots[index].degree = finer
    roots[index].generator = generator
  }
}
