import Exact

extension KernelField {
  /// The element with every power of a generator replaced that has a relation.
  func reduced(_ element: RationalFunction) throws(ExactError) -> RationalFunction {
    let above = try reduced(element.numerator)
    guard element.asPolynomial == nil else { return above }
    let below = try reduced(element.denominator)
    if below.isZero { throw .divisionByZero }
    return try above / below
  }

  /// A polynomial modulo the relations. Replacements may bring denominators.
  func reduced(_ polynomial: Polynomial) throws(ExactError) -> RationalFunction {
    var current = RationalFunction(polynomial)
    // Every relation leads to generators that were made earlier or are finer: this ends.
    while let (generator, degree, value) = applicableRelation(to: current.numerator) {
      try spendStep(on: current.numerator.termCount)
      let numerator = try replacing(generator, degree, by: value, in: current.numerator)
      current = try numerator / RationalFunction(current.denominator)
    }
    let special = try reducedByProducts(current.numerator)
    if special != current.numerator {
      return try reduced(special) / RationalFunction(current.denominator)
    }
    guard let multiplied = try multiplyingRoots(in: current.numerator) else { return current }
    return try reduced(multiplied) / RationalFunction(current.denominator)
  }

  /// The relation to apply next: replaced generators first, then the youngest.
  private func applicableRelation(to polynomial: Polynomial) -> (Int, Int, RationalFunction)? {
    if polynomial.isZero { return nil }
    var found: (Int, Int, RationalFunction)?
    for index in kernels.indices.reversed() {
      guard let (degree, value) = kernels[index].relation else { continue }
      guard polynomial.degree(in: index) >= degree else { continue }
      if degree == 1 { return (index, degree, value) }
      if found == nil { found = (index, degree, value) }
    }
    return found
  }

  /// Σ cₖ gᵏ with g^d = r becomes Σ cₖ g^(k mod d) r^(k div d).
  private func replacing(
    _ generator: Int, _ degree: Int, by value: RationalFunction, in polynomial: Polynomial
  ) throws(ExactError) -> RationalFunction {
    let coefficients = try polynomial.coefficients(in: generator)
    // Collected by powers of r, so that denominators are brought in once each.
    var parts: [Int: Polynomial] = [:]
    for (k, coefficient) in coefficients.enumerated() where !coefficient.isZero {
      let power = try ring.generator(generator).power(k % degree)
      parts[k / degree] = try (parts[k / degree] ?? ring.constant(.zero)) + coefficient * power
    }
    var result = zero
    for exponent in parts.keys.sorted() {
      result = try result + RationalFunction(parts[exponent]!) * value.power(exponent)
    }
    return result
  }

  /// The relations between products: sign(f)² f = f and W exp(W) = u for polynomial u.
  private func reducedByProducts(_ polynomial: Polynomial) throws(ExactError) -> Polynomial {
    var current = polynomial
    for (f, generator) in signGenerators.sorted(by: { $0.value < $1.value })
    where current.degree(in: generator) >= 1 {
      current = try droppingSign(generator, of: f, in: current)
    }
    for lambert in lamberts where current.degree(in: lambert.generator) >= 1 {
      current = try multiplyingOut(lambert, in: current)
    }
    return current
  }

  /// a^(1/n) b^(1/n) in a term becomes (a b)^(1/n) where a b is a monomial, as in Cardano's formula; nil
  /// when there is none.
  private func multiplyingRoots(in polynomial: Polynomial) throws(ExactError) -> RationalFunction? {
    let used = roots.filter { polynomial.degree(in: $0.generator) >= 1 }
    for (position, first) in used.enumerated() {
      for second in used[(position + 1)...] where second.degree == first.degree {
        let (a, b) = (first.generator, second.generator)
        let areTogether = polynomial.terms.contains { $0.exponents[a] > 0 && $0.exponents[b] > 0 }
        guard areTogether, let value = try productOfRoots(first, second) else { continue }
        use(first.degree.isMultiple(of: 2) ? .rootOfProduct : .realRootOfProduct)
        var result = zero
        for var term in polynomial.terms {
          let count = min(term.exponents[a], term.exponents[b])
          term.exponents[a] -= count
          term.exponents[b] -= count
          result = try result + RationalFunction(ring.polynomial([term])) * value.power(count)
        }
        return result
      }
    }
    return nil
  }

  /// The product of two roots of one degree if their radicands multiply to a monomial: found once for
  /// each pair.
  private func productOfRoots(_ first: RootKernel, _ second: RootKernel) throws(ExactError)
    -> RationalFunction?
  {
    let pair = [first.generator, second.generator]
    if let known = rootProducts[pair] { return known }
    // Asked for again while it is being found, it is not known.
    rootProducts[pair] = .some(nil)
    // Roots of monomials are what this leads to.
    guard first.radicand.numerator.termCount > 1, second.radicand.numerator.termCount > 1 else {
      return nil
    }
    try spendStep()
    let radicand = try reduced(first.radicand * second.radicand)
    guard radicand.asPolynomial?.termCount == 1 else { return nil }
    let value = try root(of: radicand, degree: first.degree)
    rootProducts[pair] = .some(value)
    return value
  }

  /// A + B s + C s² with s = sign(f): the part of C that f divides needs no s², and where f has one
  /// sign the part of B that f divides needs no s.
  private func droppingSign(
    _ generator: Int, of f: Polynomial, in polynomial: Polynomial
  ) throws(ExactError) -> Polynomial {
    let signs = knownSigns[f] ?? .all
    let coefficients = try polynomial.coefficients(in: generator)
    let s = ring.generator(generator)
    var result = polynomial
    if coefficients.count == 3 {
      let part = try partDivisible(by: f, of: coefficients[2])
      result = try result - part * s * s + part
    }
    if coefficients.count >= 2, signs.isNonnegative || signs.isNonpositive {
      let part = try partDivisible(by: f, of: coefficients[1])
      result = try result - part * s + (signs.isNonnegative ? part : -part)
    }
    if result != polynomial { use(.squareOfSign) }
    return result
  }

  /// A part of the polynomial that f divides: the terms with f if it is a generator, else all or
  /// nothing.
  private func partDivisible(by f: Polynomial, of polynomial: Polynomial)
    throws(ExactError) -> Polynomial
  {
    if let index = generator(of: f) {
      return try ring.polynomial(polynomial.terms.filter { $0.exponents[index] > 0 })
    }
    return try polynomial.divided(exactlyBy: f) == nil ? ring.constant(.zero) : polynomial
  }

  /// w e^n in a term becomes u when w = W(u) and e = exp(w/n) are generators.
  private func multiplyingOut(
    _ lambert: LambertKernel, in polynomial: Polynomial
  ) throws(ExactError) -> Polynomial {
    let w = element(lambert.generator)
    guard let u = try reduced(lambert.argument).asPolynomial,
      let exponential = exponentials.first(where: { $0.argument == w })
    else { return polynomial }
    let (e, n) = (exponential.generator, exponential.divisor)
    var result = ring.constant(.zero)
    for var term in polynomial.terms {
      let count = min(term.exponents[lambert.generator], term.exponents[e] / n)
      term.exponents[lambert.generator] -= count
      term.exponents[e] -= n * count
      if count > 0 { use(.lambertInverse) }
      result = try result + ring.polynomial([term]) * u.power(count)
    }
    return result
  }
}
