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

  /// The formula that a generator stands for.
  func expression(ofGenerator index: Int) -> Expression {
    switch kernels[index].meaning {
    case .atom(let formula): return formula
    case .exponential(let u): return .exp(plainExpression(of: u))
    case .logarithm(let f):
      let signs = signs(of: f)
      let inside = expression(of: f)
      return .log(signs.isNonnegative ? inside : signs.isNonpositive ? -inside : .abs(inside))
    case .root(let u, let degree):
      let inside = plainExpression(of: u)
      return degree.isMultiple(of: 2)
        ? .power(inside, .rational(1, degree)) : .call(.realRoot(degree), [inside])
    case .sign(let f): return .call(.sign, [expression(of: f)])
    case .cosine(let u): return .call(.cos, [plainExpression(of: u)])
    case .sine(let u): return .call(.sin, [plainExpression(of: u)])
    case .call(let function, let u): return .call(function, [plainExpression(of: u)])
    case .angle(let y, let x):
      return .call(.atan2, [plainExpression(of: y), plainExpression(of: x)])
    }
  }

  /// As ``expression(of:)``, without reducing first.
  func plainExpression(of element: RationalFunction) -> Expression {
    let above = expression(of: element.numerator)
    return element.asPolynomial != nil ? above : above / expression(of: element.denominator)
  }
}
