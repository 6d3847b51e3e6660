import Exact

extension ScalarSolver {
  /// left = right as a polynomial equation of degree 1 or 2 in one kernel u(t), or in its square, after
  /// clearing denominators: u(t) = root, for each root.
  mutating func polynomialInKernel(_ trail: Trail) -> [Trail]? {
    for kernel in kernels(in: trail.left) where kernel != trail.left {
      let placeholder = Expression.freshSymbol(like: unknown, avoiding: [trail.left, trail.right])
      let left = trail.left.replacing(kernel: kernel, by: Expression(placeholder))
      guard !left.contains(unknown) else { continue }
      let (numerator, denominator) = left.normalForm().numeratorAndDenominator
      let cleared = (numerator - trail.right * denominator).normalForm()
      guard
        let c = cleared.numeratorAndDenominator.numerator
          .polynomialCoefficients(in: placeholder)
      else { continue }
      switch c.count {
      case 2: return linear(kernel, c, trail)
      case 3: return quadratic(kernel, c, trail)
      case 5 where c[1].isZero && c[3].isZero:
        return quadratic(.power(kernel, 2), [c[0], c[2], c[4]], trail)
      default: continue
      }
    }
    return nil
  }

  /// c1·u + c0 = 0
  private mutating func linear(_ kernel: Expression, _ c: [Expression], _ trail: Trail)
    -> [Trail]?
  {
    let slope = c[1].simplified(under: assumptions)
    let nonzero = Predicate.compare(slope, .unequal, .zero)
    var conditions: [Predicate] = []
    if slope.freeSymbols.allSatisfy({ !trail.right.contains($0) }) {
      if assumptions.signs(of: slope).contains(.zero) {
        exceptional.append(.compare(slope, .equal, .zero))
      }
    } else {
      conditions = [nonzero]
      noteDegeneracy(slope, c[0], trail)
    }
    let root = (-c[0] / c[1]).simplified(under: assumptions)
    return [trail.step(kernel, root, .rewrite("collect"), when: conditions)]
  }

  /// c1·u + c0 = 0 has every u as a solution where c1 = c0 = 0: z - 1 divides k z + 1 for k = -1.
  private mutating func noteDegeneracy(_ slope: Expression, _ rest: Expression, _ trail: Trail) {
    let moving = trail.right.freeSymbols.filter { slope.contains($0) }
    let degenerate: Predicate
    if let symbol = moving.first(where: { assumptions.affineRoot(of: slope, in: $0) != nil }),
      let root = assumptions.affineRoot(of: slope, in: symbol)
    {
      degenerate = .compare(
        rest.substituting(symbol, by: root).simplified(under: assumptions), .equal, .zero)
    } else {
      degenerate = .all([.compare(slope, .equal, .zero), .compare(rest, .equal, .zero)])
    }
    if assumptions.decide(degenerate) != false { exceptional.append(degenerate) }
  }

  /// c2·u² + c1·u + c0 = 0: both roots, where the discriminant is not negative.
  private mutating func quadratic(_ kernel: Expression, _ c: [Expression], _ trail: Trail)
    -> [Trail]?
  {
    if assumptions.signs(of: c[2]).contains(.zero) { return quadraticOrLinear(kernel, c, trail) }
    let discriminant = (c[1].power(2) - 4 * c[0] * c[2]).simplified(under: assumptions)
    let solvable = Predicate.compare(discriminant, .greaterOrEqual, .zero)
    let center = -c[1]
    let root = discriminant.squareRoot
    var result: [Trail] = []
    for (signed, name) in [(root, "+"), (-root, "-")] {
      let solution = ((center + signed) / (2 * c[2])).simplified(under: assumptions)
      // A double root counts once; the kernel's own range (exp u > 0, say) may exclude a root.
      let condition: Predicate =
        result.isEmpty ? solvable : .compare(discriminant, .greater, .zero)
      let next = trail.step(
        kernel, solution, .quadratic(branch: name),
        when: [condition] + kernelRange(kernel, solution))
      if next.conditions.allSatisfy({ assumptions.decide($0) != false }) { result.append(next) }
    }
    return result
  }

  /// c2·u² + c1·u + c0 = 0 where c2 may vanish and c1 has one sign s: u = -2 c0/(c1 + s √D) in any case,
  /// and -(c1 + s √D)/(2 c2) for c2 ≠ 0.
  private func quadraticOrLinear(_ kernel: Expression, _ c: [Expression], _ trail: Trail)
    -> [Trail]?
  {
    let signs = assumptions.signs(of: c[1])
    guard signs == .positive || signs == .negative else { return nil }
    let discriminant = (c[1].power(2) - 4 * c[0] * c[2]).simplified(under: assumptions)
    let root = discriminant.squareRoot
    let sum = signs == .positive ? c[1] + root : c[1] - root
    let near = (-2 * c[0] / sum).simplified(under: assumptions)
    let far = (-sum / (2 * c[2])).simplified(under: assumptions)
    let branches = [
      trail.step(
        kernel, near, .quadratic(branch: "+"),
        when: [.compare(discriminant, .greaterOrEqual, .zero)] + kernelRange(kernel, near)),
      trail.step(
        kernel, far, .quadratic(branch: "-"),
        when: [.compare(c[2], .unequal, .zero), .compare(discriminant, .greater, .zero)]
          + kernelRange(kernel, far)),
    ]
    return branches.filter { $0.conditions.allSatisfy { assumptions.decide($0) != false } }
  }

  /// What a root must satisfy to be a value of the kernel.
  private func kernelRange(_ kernel: Expression, _ root: Expression) -> [Predicate] {
    let range = assumptions.range(of: kernel)
    let parts = range.membership(of: root).conjuncts
    return parts.filter { $0 != .always && !$0.freeSymbols.contains(unknown) }
  }

  /// Subexpressions that hold every occurrence of the unknown together with each other: the
  /// unknown itself, and calls or powers around it, innermost first.
  private func kernels(in expression: Expression) -> [Expression] {
    var found: [Expression] = [Expression(unknown)]
    func visit(_ part: Expression) {
      guard part.contains(unknown) else { return }
      for child in part.form.children { visit(child) }
      switch part.form {
      case .call:
        if !found.contains(part) { found.append(part) }
      case .power(_, let exponent):
        let isIntegerPower = exponent.rationalValue?.isInteger ?? false
        if !isIntegerPower, !found.contains(part) { found.append(part) }
      default: break
      }
    }
    visit(expression)
    return found
  }

  /// a + √b = r with the unknown in both: b = (r - a)², where r - a ≥ 0.
  mutating func radical(_ trail: Trail) -> [Trail]? {
    guard case .sum(let terms) = trail.left.form else { return nil }
    for term in terms {
      let (coefficient, rest) = term.coefficientAndRest
      guard case .power(let inside, let exponent) = rest.form, exponent == .rational(1, 2),
        inside.contains(unknown)
      else { continue }
      let other = Expression.sum(terms.filter { $0 != term })
      let root = (trail.right - other) * Expression(Rational.one / coefficient)
      let squared = (inside - root.power(2)).normalForm()
      guard let c = squared.polynomialCoefficients(in: unknown), c.count == 2 else { continue }
      noteDegeneracy(c[1].simplified(under: assumptions), c[0], trail)
      let solution = (-c[0] / c[1]).simplified(under: assumptions)
      let check = root.substituting(unknown, by: solution).simplified(under: assumptions)
      return [
        trail.step(
          Expression(unknown), solution, .rewrite("square"),
          when: [.compare(check, .greaterOrEqual, .zero), .compare(c[1], .unequal, .zero)])
      ]
    }
    return nil
  }
}

extension Expression {
  /// self with a kernel replaced; where it is exp(u), exp(n u) for integers n by the n-th power.
  fileprivate func replacing(kernel: Expression, by value: Expression) -> Expression {
    guard case .call(.exp, let inner) = kernel.form else { return replacing(kernel, by: value) }
    if case .call(.exp, let arguments) = form, let n = (arguments[0] / inner[0]).integerValue {
      return value.power(n)
    }
    if case .finiteSum = form { return self }
    return mapChildren { $0.replacing(kernel: kernel, by: value) }
  }

  /// self = numerator / denominator, read off the negative powers of a product.
  public var numeratorAndDenominator: (numerator: Expression, denominator: Expression) {
    var above: [Expression] = []
    var below: [Expression] = []
    for factor in factors {
      if let value = factor.rationalValue {
        above.append(Expression(value.numerator))
        below.append(Expression(value.denominator))
        continue
      }
      let (base, exponent) = factor.baseAndExponent
      if let value = exponent.rationalValue, value.sign < 0 {
        below.append(.power(base, Expression(-value)))
      } else {
        above.append(factor)
      }
    }
    return (.product(above), .product(below))
  }
}
