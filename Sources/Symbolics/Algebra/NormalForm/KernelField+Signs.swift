import Exact

/// content · ∏ baseᵏ with integer exponents k ≠ 0, the bases primitive polynomials.
struct KernelFactors {
  var content: Rational
  var factors: [(base: Polynomial, exponent: Int)]
}

extension KernelField {
  /// The irreducible factors of numerator and denominator; what is too large stays in one piece.
  func factors(of element: RationalFunction) throws(ExactError) -> KernelFactors {
    if element.isZero { return KernelFactors(content: .zero, factors: []) }
    var result = KernelFactors(content: element.numerator.scale, factors: [])
    for (part, direction) in [(element.numerator, 1), (element.denominator, -1)] {
      let primitive = part.primitivePart
      if primitive.asConstant != nil { continue }
      guard let factorization = try? primitive.factored() else {
        result.factors.append((primitive, direction))
        continue
      }
      for (base, multiplicity) in factorization.factors {
        result.factors.append((base, direction * multiplicity))
      }
      result.content *= direction > 0 ? factorization.content : .one / factorization.content
    }
    return result
  }

  /// The signs that a primitive polynomial may have where it is defined.
  func signs(of f: Polynomial) -> SignSet {
    if let value = f.asConstant { return SignSet(sign: value.sign) }
    let known = knownSigns[f] ?? .all
    if !known.isUndetermined { return known }
    if let index = generator(of: f), let own = signs(ofGenerator: index) {
      return own.intersection(known)
    }
    if let found = foundSigns[f] { return found }
    var found = assumptions.signs(of: expression(of: f)).intersection(known)
    if found.isEmpty { found = known }
    foundSigns[f] = found
    return found
  }

  private func signs(ofGenerator index: Int) -> SignSet? {
    switch kernels[index].meaning {
    case .exponential: return .positive
    case .root(_, let degree) where degree.isMultiple(of: 2): return .nonnegative
    case .atom(.pi): return .positive
    default: return nil
    }
  }

  /// Remembers that the polynomial's sign is one of `signs`.
  func learn(_ f: Polynomial, _ signs: SignSet) {
    let primitive = f.primitivePart
    let own = f.scale.sign < 0 ? -signs : signs
    let both = (knownSigns[primitive] ?? .all).intersection(own)
    // Contradictory facts hold nowhere; any one of them may be believed.
    if both.isEmpty || both == knownSigns[primitive] { return }
    knownSigns[primitive] = both
    foundSigns[primitive] = nil
    guard let generator = signGenerators[primitive] else { return }
    if both.isUndetermined {
      kernels[generator].relation = squareRelation(both, element(generator))
    } else {
      let value = Rational(both.isPositive ? 1 : both.isNegative ? -1 : 0)
      kernels[generator].relation = (1, constant(value))
    }
  }

  /// Remembers what the sign of a product says about its factors, as far as one sign is open.
  func learn(_ product: KernelFactors, _ signs: SignSet) {
    var rest = signs.contains(.zero) ? SignSet.all : .nonzero
    var open: [Polynomial] = []
    var sign = SignSet(sign: product.content.sign)
    for (base, exponent) in product.factors {
      // A factor of a nonzero product is nonzero, a factor in a denominator always is.
      if exponent < 0 || rest == .nonzero { learn(base, .nonzero) }
      if exponent.isMultiple(of: 2) { continue }
      let own = self.signs(of: base)
      if own == .positive || own == .negative { sign = sign * own } else { open.append(base) }
    }
    if open.count == 1, product.factors.allSatisfy({ isNonzeroOrOpen($0, open[0]) }) {
      rest = signs * sign
      learn(open[0], rest)
    }
  }

  /// Whether a zero of the product can only be one of `open`.
  private func isNonzeroOrOpen(_ factor: (base: Polynomial, exponent: Int), _ open: Polynomial)
    -> Bool
  {
    factor.base == open || factor.exponent < 0 || signs(of: factor.base).isNonzero
  }

  /// Signs from the facts among the assumptions. Facts that cannot be read teach nothing.
  func learnFacts() {
    // Ends of intervals may depend on other symbols.
    let memberships = assumptions.intervals.sorted { $0.key < $1.key }.flatMap { symbol, interval in
      interval.membership(of: Expression(symbol)).conjuncts
    }
    for fact in assumptions.facts + memberships {
      guard case .compare(let a, let relation, let b) = fact else { continue }
      guard let difference = try? read(a - b), let product = try? factors(of: difference) else {
        continue
      }
      if !difference.isZero { learn(product, SignSet(where: relation)) }
    }
  }

  /// |u|, by the sign of u as a whole if that is known.
  func readAbsoluteValue(_ argument: Expression) throws(ExactError) -> RationalFunction {
    let u = try read(argument)
    let signs = assumptions.signs(of: argument)
    if signs.isNonnegative || signs.isNonpositive { use(.knownSign) }
    if signs.isNonnegative { return u }
    return signs.isNonpositive ? -u : try absoluteValue(of: u)
  }

  /// sign(u), factor by factor unless it is known as a whole.
  func sign(of argument: Expression) throws(ExactError) -> RationalFunction {
    let signs = assumptions.signs(of: argument)
    if !signs.isUndetermined {
      use(.knownSign)
      return constant(signs.isPositive ? .one : signs.isNegative ? .minusOne : .zero)
    }
    return try sign(of: read(argument))
  }

  func sign(of u: RationalFunction) throws(ExactError) -> RationalFunction {
    let product = try factors(of: u)
    var result = constant(Rational(product.content.sign))
    for (base, exponent) in product.factors {
      let own = try sign(ofPrimitive: base)
      // In a denominator f is not 0, and sign(f) = 1/sign(f).
      result = try result * own.power(exponent.magnitude.isMultiple(of: 2) ? 2 : 1)
    }
    if product.factors.count > 1 { use(.signOfProduct) }
    return try reduced(result)
  }

  /// sign(f), a generator unless it is known.
  private func sign(ofPrimitive f: Polynomial) throws(ExactError) -> RationalFunction {
    let signs = signs(of: f)
    if !signs.isUndetermined {
      use(.knownSign)
      return constant(signs.isPositive ? .one : signs.isNegative ? .minusOne : .zero)
    }
    if let generator = generator(of: f) {
      switch kernels[generator].meaning {
      case .sign: return element(generator)
      case .root(let radicand, _): return try sign(of: radicand)
      default: break
      }
    }
    if let known = signGenerators[f] { return element(known) }
    let generator = try add(.sign(f))
    signGenerators[f] = generator
    knownSigns[f] = signs
    kernels[generator].relation = squareRelation(signs, element(generator))
    use(.squareOfSign)
    return element(generator)
  }

  /// s² = ±s or 1 where one sign is excluded, s³ = s in any case.
  private func squareRelation(_ signs: SignSet, _ s: RationalFunction) -> (Int, RationalFunction) {
    if signs.isNonzero { return (2, one) }
    if signs.isNonnegative { return (2, s) }
    return signs.isNonpositive ? (2, -s) : (3, s)
  }

  /// |u| = |c| ∏ |f|^k
  func absoluteValue(of u: RationalFunction) throws(ExactError) -> RationalFunction {
    use(.absoluteValue)
    let product = try factors(of: u)
    var result = constant(product.content.magnitude)
    for (base, exponent) in product.factors {
      result = try result * absoluteValue(ofPrimitive: base).power(exponent)
    }
    return try reduced(result)
  }

  /// f, -f or sign(f) f
  func absoluteValue(ofPrimitive f: Polynomial) throws(ExactError) -> RationalFunction {
    let signs = signs(of: f)
    let element = RationalFunction(f)
    if signs.isNonnegative { return element }
    if signs.isNonpositive { return -element }
    if style == .proof { return try sign(ofPrimitive: f) * element }
    let magnitude = try call(.abs, element)
    if let generator = generator(of: magnitude) {
      kernels[generator].relation = (2, try element * element)
    }
    return magnitude
  }
}
