import Exact

/// The kernels of an expression: subexpressions in which it is a rational function, chosen so that
/// `exp(z)` and `exp(2 z)`, `√z` and `z`, `sin z` and `cos 2z` come from the same ones.
struct KernelTable {
  /// How hyperbolic functions and sigmoids are seen.
  enum Style { case asWritten, exponential }

  /// What a generator of the polynomial ring stands for.
  enum Kernel: Hashable {
    case atom(Expression)
    /// base^(1/degree), a number ≥ 0
    case root(Expression, degree: Int)
    /// The real root of odd degree
    case realRoot(Expression, degree: Int)
    /// exp(argument/divisor)
    case exponential(Expression, divisor: Int)
    /// sin or cos of argument/divisor
    case sine(Expression, divisor: Int)
    case cosine(Expression, divisor: Int)

    var expression: Expression {
      switch self {
      case .atom(let atom): atom
      case .root(let base, let degree): .power(base, .rational(1, degree))
      case .realRoot(let base, let degree): .call(.realRoot(degree), [base])
      case .exponential(let u, let divisor): .exp(.rational(1, divisor) * u)
      case .sine(let u, let divisor): .call(.sin, [.rational(1, divisor) * u])
      case .cosine(let u, let divisor): .call(.cos, [.rational(1, divisor) * u])
      }
    }
  }

  let style: Style
  private(set) var kernels: [Kernel] = []
  private(set) var roots: [Expression: Int] = [:]
  private(set) var realRoots: [Expression: Int] = [:]
  private(set) var exponentials: [Expression: Int] = [:]
  private(set) var angles: [Expression: Int] = [:]
  private var order: [Entry] = []
  private var seen: Set<Entry> = []
  private var visited: Set<Expression> = []

  private enum Entry: Hashable {
    case atom(Expression)
    case root(Expression)
    case realRoot(Expression)
    case exponential(Expression)
    case angle(Expression)
  }

  /// More kernels than this are no business of polynomials.
  static let limit = 14

  /// nil when there are too many kernels.
  init?(of expression: Expression, style: Style) {
    self.style = style
    guard expression.size <= 2000 else { return nil }
    collect(expression)
    for entry in order {
      switch entry {
      case .atom(let atom):
        if roots[atom] == nil, realRoots[atom] == nil { kernels.append(.atom(atom)) }
      case .realRoot(let base): kernels.append(.realRoot(base, degree: realRoots[base]!))
      case .root(let base): kernels.append(.root(base, degree: roots[base]!))
      case .exponential(let u): kernels.append(.exponential(u, divisor: exponentials[u]!))
      case .angle(let u):
        kernels += [.sine(u, divisor: angles[u]!), .cosine(u, divisor: angles[u]!)]
      }
    }
    if kernels.isEmpty || kernels.count > Self.limit { return nil }
  }

  private mutating func note(_ entry: Entry) {
    if seen.insert(entry).inserted { order.append(entry) }
  }

  private mutating func collect(_ u: Expression) {
    guard visited.insert(u).inserted, order.count <= Self.limit else {
      return
    }
    switch u.form {
    case .rational: return
    case .pi, .symbol, .piecewise, .finiteSum: note(.atom(u))
    case .sum(let terms): for term in terms { collect(term) }
    case .product(let factors): for factor in factors { collect(factor) }
    case .power(let base, let exponent): collectPower(base, exponent)
    case .call(let function, let arguments): collectCall(function, arguments, in: u)
    }
  }

  private mutating func collectPower(_ base: Expression, _ exponent: Expression) {
    let (fixed, rest) = Self.splitExponent(exponent)
    if !rest.isZero { note(.atom(.power(base, rest))) }
    if fixed.isInteger {
      if !fixed.isZero { collect(base) }
    } else if let degree = fixed.denominator.asInt, degree <= 12 {
      roots[base] = Self.leastCommonMultiple(roots[base] ?? 1, degree)
      collectRadicand(base)
      note(.root(base))
    } else {
      note(.atom(.power(base, Expression(fixed))))
    }
  }

  private mutating func collectCall(
    _ function: Function, _ arguments: [Expression], in u: Expression
  ) {
    switch function {
    case .exp: for term in arguments[0].terms { collectExponential(term) }
    case .expm1: collectExponential(arguments[0])
    case .log1p: note(.atom(.log(1 + arguments[0])))
    case .sin, .cos, .tan: collectAngle(arguments[0])
    case .realRoot(let degree):
      realRoots[arguments[0]] = Self.leastCommonMultiple(realRoots[arguments[0]] ?? 1, degree)
      collectRadicand(arguments[0])
      note(.realRoot(arguments[0]))
    case .sinh, .cosh, .tanh, .sigmoid:
      if style == .asWritten { return note(.atom(u)) }
      for term in arguments[0].terms { collectExponential(term) }
    default: note(.atom(u))
    }
  }

  /// The kernels of a sum or product under a root, whose powers lead to them.
  private mutating func collectRadicand(_ base: Expression) {
    switch base.form {
    case .sum, .product: collect(base)
    default: break
    }
  }

  private mutating func collectExponential(_ term: Expression) {
    let (coefficient, rest) = term.coefficientAndRest
    guard let divisor = coefficient.denominator.asInt, divisor <= 60 else {
      return note(.atom(.exp(term)))
    }
    // tanh u is a function of exp(2u): even multiples cost nothing.
    exponentials[rest] = Self.leastCommonMultiple(exponentials[rest] ?? 1, divisor)
    note(.exponential(rest))
  }

  private mutating func collectAngle(_ angle: Expression) {
    let (coefficient, rest) = Self.splitAngle(angle)
    let divisor = coefficient.denominator.asInt ?? 1
    angles[rest] = Self.leastCommonMultiple(angles[rest] ?? 1, divisor)
    note(.angle(rest))
  }

  /// u = c·v, where the first term of v has coefficient 1.
  static func splitAngle(_ u: Expression) -> (Rational, Expression) {
    let coefficient = u.terms[0].coefficientAndRest.coefficient
    guard u.terms.count > 1, !u.terms[0].coefficientAndRest.rest.isOne else {
      return u.terms.count == 1 ? u.coefficientAndRest : (.one, u)
    }
    let scale = Expression(Rational.one / coefficient)
    return (coefficient, .sum(u.terms.map { scale * $0 }))
  }

  /// exponent = rational part + rest
  static func splitExponent(_ exponent: Expression) -> (Rational, Expression) {
    if let value = exponent.rationalValue { return (value, .zero) }
    guard let constant = exponent.terms[0].rationalValue else { return (.zero, exponent) }
    return (constant, exponent - Expression(constant))
  }

  private static func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    Rational.lcm(Rational(a), Rational(b)).asInt ?? a
  }
}
