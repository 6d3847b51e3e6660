import Exact

extension KernelField {
  /// The formula of an element: its numerator over its denominator, both multiplied out.
  func expression(of element: RationalFunction) throws(ExactError) -> Expression {
    let element = try reduced(element)
    let above = expression(of: element.numerator)
    if element.asPolynomial != nil { return above }
    return above / expression(of: element.denominator)
  }

  func expression(of polynomial: Polynomial) -> Expression {
    .sum(polynomial.terms.map { expression(of: $0) })
  }

  private func expression(of term: Polynomial.Term) -> Expression {
    var exponents = term.exponents
    var factors = [Expression(term.coefficient)]
    // sign(f) f reads better as |f|.
    for (f, generator) in signGenerators.sorted(by: { $0.value < $1.value }) {
      guard let inner = self.generator(of: f) else { continue }
      while exponents[generator] > 0, exponents[inner] > 0 {
        exponents[generator] -= 1
        exponents[inner] -= 1
        factors.append(.abs(expression(of: f)))
      }
    }
    for (index, exponent) in exponents.enumerated() where exponent > 0 {
      factors.append(expression(ofGenerator: index).power(exponent))
    }
    return .product(factors)
  }

  /// The formula of an element for use inside other formulas.
  func writtenForm(of element: RationalFunction) throws(ExactError) -> Expression {
    style == .proof ? try expression(of: element) : try tidyForm(of: element)
  }

  /// The argument of a generator as a formula.
  private func argument(_ u: RationalFunction) -> Expression {
    if style == .display, let tidy = try? tidyForm(of: u) { return tidy }
    return plainExpression(of: u)
  }

  /// The formula that a generator stands for.
  ///
  /// It is written once: arguments of generators contain generators, in several places each.
  func expression(ofGenerator index: Int) -> Expression {
    if let known = writtenGenerators[index] { return known }
    let written = writeGenerator(index)
    writtenGenerators[index] = written
    return written
  }

  private func writeGenerator(_ index: Int) -> Expression {
    switch kernels[index].meaning {
    case .atom(let formula): return formula
    case .exponential(let u): return .exp(argument(u))
    case .logarithm(let f):
      let signs = signs(of: f)
      let inside = expression(of: f)
      return .log(signs.isNonnegative ? inside : signs.isNonpositive ? -inside : .abs(inside))
    case .root(let u, let degree):
      let inside = argument(u)
      return degree.isMultiple(of: 2)
        ? .power(inside, .rational(1, degree)) : .call(.realRoot(degree), [inside])
    case .sign(let f): return .call(.sign, [expression(of: f)])
    case .cosine(let u): return .call(.cos, [argument(u)])
    case .sine(let u): return .call(.sin, [argument(u)])
    case .call(let function, let u): return .call(function, [argument(u)])
    case .angle(let y, let x):
      return .call(.atan2, [argument(y), argument(x)])
    }
  }

  /// As ``expression(of:)``, without reducing first.
  func plainExpression(of element: RationalFunction) -> Expression {
    let above = expression(of: element.numerator)
    return element.asPolynomial != nil ? above : above / expression(of: element.denominator)
  }

  /// content · ∏ fᵏ, a minus sign drawn into a difference.
  func factoredForm(of element: RationalFunction) throws(ExactError) -> Expression {
    let element = try reduced(element)
    let product = try factors(of: element)
    var content = product.content
    var parts: [Expression] = []
    for (base, exponent) in product.factors {
      var inside = expression(of: base)
      if content.sign < 0, !exponent.isMultiple(of: 2), base.termCount > 1,
        base.terms.contains(where: { $0.coefficient.sign < 0 })
      {
        inside = -inside
        content = -content
      }
      parts.append(inside.power(exponent))
    }
    return .product([Expression(content)] + parts)
  }

  /// The shorter of the forms of an element: in factors, or multiplied out.
  func tidyForm(of element: RationalFunction) throws(ExactError) -> Expression {
    let expanded = try expression(of: element)
    guard let factored = try? factoredForm(of: element) else { return expanded }
    return factored.shorter(expanded)
  }
}
