import Exact

extension Expression {
  /// Some exact values of `symbol` at which self, which has no other free symbol, may be 0:
  /// candidates for a witness, neither complete nor verified.
  ///
  /// - Parameters:
  ///   - symbol: The unknown.
  ///   - depth: How many nested operations are undone at most.
  /// - Returns: Formulas without symbols.
  public func rootCandidates(for symbol: Symbol, depth: Int = 4) -> [Expression] {
    guard depth > 0, contains(symbol), size <= 300 else { return [] }
    if self == Expression(symbol) { return [.zero] }
    guard let form = KernelForm(self, style: .asWritten),
      let factorization = try? form.numerator.factored()
    else { return [] }
    var found: [Expression] = []
    for (base, _) in factorization.factors {
      let moving = form.kernels.indices.filter {
        base.degree(in: $0) > 0 && form.kernels[$0].expression.contains(symbol)
      }
      guard moving.count == 1, base.degree(in: moving[0]) <= 2,
        let coefficients = try? base.coefficients(in: moving[0])
      else { continue }
      for value in Self.rootFormulas(coefficients.map(form.expression(of:))) {
        found += form.kernels[moving[0]].arguments(for: value, symbol: symbol, depth: depth)
      }
    }
    return found
  }

  /// The roots of c₀ + c₁ g + c₂ g².
  private static func rootFormulas(_ c: [Expression]) -> [Expression] {
    if c.count == 2 { return [-c[0] / c[1]] }
    let discriminant = c[1].power(2) - 4 * c[0] * c[2]
    guard let sign = ExactConstant.sign(of: discriminant), sign >= 0 else { return [] }
    let root = discriminant.squareRoot
    let signs: [Expression] = sign == 0 ? [.zero] : [.one, .minusOne]
    return signs.map { (-c[1] + $0 * root) / (2 * c[2]) }
  }
}

extension KernelTable.Kernel {
  /// Values of the symbol at which the kernel has the given value.
  fileprivate func arguments(for value: Expression, symbol: Symbol, depth: Int) -> [Expression] {
    func solve(_ u: Expression, _ target: Expression) -> [Expression] {
      u.symbolValue == symbol
        ? [target] : (u - target).rootCandidates(for: symbol, depth: depth - 1)
    }
    switch self {
    case .root(let base, let degree), .realRoot(let base, let degree):
      return solve(base, value.power(degree))
    case .exponential(let u, let divisor):
      guard ExactConstant.sign(of: value) == 1 else { return [] }
      return solve(u, .rational(divisor) * .log(value))
    case .sine(let u, let divisor):
      let angle = Expression.call(.asin, [value])
      return [angle, .pi - angle].flatMap { solve(u, .rational(divisor) * $0) }
    case .cosine(let u, let divisor):
      let angle = Expression.call(.acos, [value])
      return [angle, -angle].flatMap { solve(u, .rational(divisor) * $0) }
    case .atom(let atom):
      switch atom.form {
      case .symbol: return [value]
      case .call(.abs, let arguments):
        return solve(arguments[0], value) + solve(arguments[0], -value)
      case .call(let function, let arguments):
        guard let inverse = function.inverseFormula(at: value) else { return [] }
        return solve(arguments[0], inverse)
      case .power(let base, let exponent) where !exponent.contains(symbol):
        return solve(base, .power(value, 1 / exponent))
      default: return []
      }
    }
  }
}

extension Function {
  /// f⁻¹(value) for a monotone function whose inverse has a name.
  fileprivate func inverseFormula(at value: Expression) -> Expression? {
    switch self {
    case .exp: .log(value)
    case .log: .exp(value)
    case .expm1: .call(.log1p, [value])
    case .log1p: .call(.expm1, [value])
    case .realRoot(let degree): value.power(degree)
    case .sinh: .call(.asinh, [value])
    case .asinh: .call(.sinh, [value])
    case .tanh: .call(.atanh, [value])
    case .atanh: .call(.tanh, [value])
    case .atan: .call(.tan, [value])
    case .asin: .call(.sin, [value])
    case .acos: .call(.cos, [value])
    case .cosh: .call(.acosh, [value])
    case .acosh: .call(.cosh, [value])
    case .erf: .call(.erfinv, [value])
    case .erfinv: .call(.erf, [value])
    case .normcdf: .call(.norminv, [value])
    case .norminv: .call(.normcdf, [value])
    case .sigmoid: .call(.logit, [value])
    case .logit: .call(.sigmoid, [value])
    case .softplus: .log(.exp(value) - 1)
    case .lambertw: value * .exp(value)
    case .tan: .call(.atan, [value])
    case .abs, .sign, .floor, .sin, .cos, .atan2, .max, .min, .mod: nil
    }
  }
}
