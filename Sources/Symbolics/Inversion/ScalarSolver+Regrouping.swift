import Exact

/// Rewriting equations in which the unknown occurs several times.
extension ScalarSolver {
  /// Σ c kᵢ log uᵢ = r with integers kᵢ: c·log ∏ uᵢ^kᵢ = r, as every uᵢ is positive.
  func logarithmOfProduct(_ trail: Trail) -> [Trail]? {
    guard case .sum(let terms) = trail.left.form else { return nil }
    var scale: Expression?
    var product: [Expression] = []
    for term in terms {
      guard
        let logarithm = term.factors.last(where: { $0.contains(unknown) }),
        case .call(.log, let arguments) = logarithm.form
      else { return nil }
      let coefficient = term / logarithm
      let unit = scale ?? coefficient
      scale = unit
      guard !unit.contains(unknown), let count = (coefficient / unit).integerValue else {
        return nil
      }
      product.append(arguments[0].power(count))
    }
    guard let scale else { return nil }
    return [
      trail.step(scale * .log(.product(product)), trail.right, .rewrite("logarithm of a product"))
    ]
  }

  /// u/√(p + q u²) = r: u = r √p/√(1 - q r²), where p > 0.
  func overRoot(_ trail: Trail) -> [Trail]? {
    guard case .product(let factors) = trail.left.form, factors.count == 2 else { return nil }
    for (u, root) in [(factors[0], factors[1]), (factors[1], factors[0])] {
      guard case .power(let radicand, .rational(-1, 2)) = root.form,
        let (p, q) = squareOf(u, in: radicand), assumptions.signs(of: p).isPositive
      else { continue }
      let rest = (1 - q * trail.right.power(2)).simplified(under: assumptions)
      let solution = (trail.right * p.squareRoot / rest.squareRoot).simplified(under: assumptions)
      return [
        trail.step(
          u, solution, .rewrite("quotient by a root"), when: [.compare(rest, .greater, .zero)])
      ]
    }
    return nil
  }

  /// p and q, free of the unknown, with formula = p + q u².
  private func squareOf(_ u: Expression, in formula: Expression) -> (
    constant: Expression, factor: Expression
  )? {
    let symbol = Expression.freshSymbol(like: unknown, avoiding: [u, formula])
    var rewritten = formula.replacing(u, by: Expression(symbol))
    if let line = u.polynomialCoefficients(in: unknown), line.count == 2 {
      let argument = (Expression(symbol) - line[0]) / line[1]
      rewritten = formula.substituting(unknown, by: argument).normalForm(under: assumptions)
    }
    guard !rewritten.contains(unknown), let c = rewritten.polynomialCoefficients(in: symbol),
      c.count == 3, c[1].isZero
    else { return nil }
    return (c[0], c[2])
  }
}
