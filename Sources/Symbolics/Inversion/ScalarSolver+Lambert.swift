import Exact

extension ScalarSolver {
  /// Equations that the Lambert function solves: w·e^w = u.
  ///
  /// t·exp(a t + b) = r, t·log t = r, and a t + c·exp(q t) = r. Corless et al., "On the Lambert W
  /// function", Adv. Comput. Math. 5 (1996).
  mutating func lambert(_ trail: Trail) -> [Trail]? {
    if let next = productWithExponential(trail) { return next }
    if let next = productWithLogarithm(trail) { return next }
    return linearPlusExponential(trail)
  }

  /// t·exp(a t) = r: with w = a t, w·e^w = a r.
  private func productWithExponential(_ trail: Trail) -> [Trail]? {
    let t = Expression(unknown)
    let factors = trail.left.factors
    guard factors.count == 2, factors.contains(t),
      case .call(.exp, let arguments)? = factors.first(where: { $0 != t })?.form,
      let rate = slope(of: arguments[0], intercept: .zero)
    else { return nil }
    return principal(w: rate * t, of: rate * trail.right, trail)
  }

  /// t·log t = r: with w = log t, w·e^w = r.
  private func productWithLogarithm(_ trail: Trail) -> [Trail]? {
    let t = Expression(unknown)
    guard trail.left == t * .log(t) else { return nil }
    return principal(w: .log(t), of: trail.right, trail)
  }

  /// w = lambertw(u), on the branch that the range of w lies in.
  private func principal(w: Expression, of u: Expression, _ trail: Trail) -> [Trail]? {
    let branch: Int
    if assumptions.decide(.compare(w, .greaterOrEqual, -1)) == true {
      branch = 0
    } else if assumptions.decide(.compare(w, .lessOrEqual, -1)) == true {
      branch = -1
    } else {
      return nil
    }
    var conditions: [Predicate] = [.compare(u, .greaterOrEqual, -.exp(-1))]
    if branch == -1 { conditions.append(.compare(u, .less, .zero)) }
    return [
      trail.step(
        w, .call(.lambertw(branch: branch), [u]), .rewrite("lambert"), when: conditions)
    ]
  }

  /// a t + c·exp(q t) = r: t = r/a - W((q c/a) exp(q r/a))/q, unique for q c/a > 0.
  private mutating func linearPlusExponential(_ trail: Trail) -> [Trail]? {
    let terms = trail.left.terms
    let t = Expression(unknown)
    guard terms.count == 2 else { return nil }
    for (linear, other) in [(terms[0], terms[1]), (terms[1], terms[0])] {
      guard let a = slope(of: linear, intercept: .zero) else { continue }
      guard let exponential = other.factors.last(where: { $0.contains(unknown) }),
        case .call(.exp, let arguments) = exponential.form
      else { continue }
      let c = other / exponential
      guard !c.contains(unknown), let q = slope(of: arguments[0], intercept: .zero),
        assumptions.signs(of: q * c / a) == .positive
      else { continue }
      let shifted = trail.right / a
      let w = Expression.call(.lambertw(branch: 0), [q * c / a * .exp(q * shifted)])
      return [trail.step(t, shifted - w / q, .rewrite("lambert"))]
    }
    return nil
  }

  /// s with expression = s·t + intercept, s free of t.
  private func slope(of expression: Expression, intercept: Expression) -> Expression? {
    guard let coefficients = expression.polynomialCoefficients(in: unknown),
      coefficients.count == 2, coefficients[0] == intercept
    else { return nil }
    return coefficients[1]
  }
}
