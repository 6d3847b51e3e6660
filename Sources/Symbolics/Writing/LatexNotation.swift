/// LaTeX for a maths environment: `e^{-x_1/2} x_2`.
struct LatexNotation: NotationRenderer {
  /// In exponents and bounds fractions are written `a/b`.
  var isScript = false

  func precedence(of notation: Notation) -> Precedence {
    switch notation {
    case .sum, .negative: .sum
    case .finiteSum, .call(.mod, _): .sum
    case .product: .product
    case .fraction: isScript ? .product : .power
    case .power, .exponential: .power
    case .comparison: .comparison
    case .negation: .negation
    case .conjunction: .conjunction
    case .disjunction: .disjunction
    case .call(.norminv, _): .power
    case .number, .symbol, .constant, .root, .call, .cases, .truth: .atom
    }
  }

  func bracketed(_ text: String) -> String { LatexNotation.bracketed(text) }

  /// Brackets that grow only around tall content. TeX breaks no line between those that do, so that
  /// long content has plain ones.
  static func bracketed(_ text: String) -> String {
    let isTall = ["\\frac", "\\sum", "\\begin", "\\sqrt", "\\left"].contains { text.contains($0) }
    return isTall && text.count <= longestGrowing ? "\\left(\(text)\\right)" : "(\(text))"
  }

  /// LaTeX that is longer than this does not fit a line.
  private static let longestGrowing = 300

  private static func bars(_ text: String) -> String {
    text.count <= longestGrowing ? "\\left|\(text)\\right|" : "\\lvert \(text) \\rvert"
  }

  func write(_ notation: Notation) -> String {
    switch notation {
    case .number(let digits): digits
    case .symbol(let symbol): symbol.latex
    case .constant(.pi): "\\pi"
    case .constant(.e): "e"
    case .constant(.infinity): "\\infty"
    case .sum(let terms): writeSum(terms, plus: " + ", minus: " - ")
    case .negative(let inner): "-" + operand(inner, .product)
    case .product(let factors): writeProduct(factors)
    case .fraction(let above, let below): writeFraction(above, below)
    case .power(let base, let exponent): writeBase(base) + "^" + braced(script(exponent))
    case .exponential(let exponent): "e^{\(script(exponent))}"
    case .root(let inner, 2): "\\sqrt{\(write(inner))}"
    case .root(let inner, let degree): "\\sqrt[\(degree)]{\(write(inner))}"
    case .call(let function, let arguments): writeCall(function, arguments)
    case .cases(let cases):
      "\\begin{cases} \(cases.map(writeCase).joined(separator: " \\\\ ")) \\end{cases}"
    case .finiteSum(let body, let index, let lower, let upper):
      "\\sum_{\(index.latex)=\(script(lower))}^{\(script(upper))} \(operand(body, .product))"
    case .comparison(let a, let relation, let b):
      operand(a, .sum) + " \(relation.latex) " + operand(b, .sum)
    case .conjunction(let parts):
      parts.map { operand($0, .negation) }.joined(separator: " \\text{ and } ")
    case .disjunction(let parts):
      parts.map { operand($0, .conjunction) }.joined(separator: " \\text{ or } ")
    case .negation(let inner): "\\neg " + operand(inner, .atom)
    case .truth(let value): value ? "\\text{true}" : "\\text{false}"
    }
  }

  /// Brackets around a root, whose sign ends where no exponent is looked for.
  private func writeBase(_ base: Notation) -> String {
    if case .root = base { bracketed(write(base)) } else { operand(base, .atom) }
  }

  private func script(_ notation: Notation) -> String {
    LatexNotation(isScript: true).write(notation)
  }

  /// In braces unless it is one character.
  private func braced(_ text: String) -> String { text.count == 1 ? text : "{\(text)}" }

  private func writeFraction(_ above: Notation, _ below: Notation) -> String {
    if isScript { return operand(above, .product) + "/" + operand(below, .power) }
    return "\\frac{\(write(above))}{\(write(below))}"
  }

  private func writeProduct(_ factors: [Notation]) -> String {
    var text = operand(factors[0], .power)
    for factor in factors.dropFirst() {
      text += (factor.startsWithDigit ? " \\cdot " : " ") + operand(factor, .power)
    }
    return text
  }

  private func writeCase(_ branch: Notation.Case) -> String {
    let condition = branch.condition.map { "\\text{if } " + write($0) } ?? "\\text{otherwise}"
    return "\(write(branch.value)) & \(condition)"
  }

  private func writeCall(_ function: Function, _ arguments: [Notation]) -> String {
    let list = list(arguments, separator: ", ")
    switch function {
    case .abs: return Self.bars(list)
    case .floor: return "\\left\\lfloor \(list) \\right\\rfloor"
    case .mod: return "\(operand(arguments[0], .power)) \\bmod \(operand(arguments[1], .power))"
    default: return function.latex + bracketed(list)
    }
  }
}

extension Function {
  /// The name in LaTeX.
  var latex: String {
    switch self {
    case .exp, .log, .sin, .cos, .tan, .sinh, .cosh, .tanh, .max, .min: "\\\(name)"
    case .asin, .acos, .atan: "\\arc\(name.dropFirst())"
    case .asinh, .acosh, .atanh: "\\operatorname{ar\(name.dropFirst())}"
    case .sigmoid: "\\sigma"
    case .normcdf: "\\Phi"
    case .norminv: "\\Phi^{-1}"
    case .sign: "\\operatorname{sgn}"
    case .lambertw(let branch): "W_{\(branch)}"
    case .expm1, .log1p, .abs, .floor, .realRoot, .erf, .erfinv, .logit, .softplus, .atan2, .mod:
      "\\operatorname{\(name)}"
    }
  }
}

extension Relation {
  var latex: String {
    switch self {
    case .equal: "="
    case .unequal: "\\neq"
    case .less: "<"
    case .lessOrEqual: "\\le"
    case .greater: ">"
    case .greaterOrEqual: "\\ge"
    }
  }
}

extension Symbol {
  /// The name in LaTeX: `x_1`, `a_{12}`, `\alpha`, `\mathrm{rate}`.
  var latex: String {
    let letters = stem.filter { $0 != "_" }
    let head =
      Symbol.greekLetters.contains(letters)
      ? "\\\(letters)" : letters.count > 1 ? "\\mathrm{\(letters)}" : letters
    if digits.isEmpty { return head }
    return digits.count == 1 ? "\(head)_\(digits)" : "\(head)_{\(digits)}"
  }

  /// The letters that have a LaTeX command of their name.
  static let greekLetters: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma",
    "Delta", "Theta", "Lambda", "Xi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
  ]
}
