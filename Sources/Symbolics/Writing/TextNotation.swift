/// Plain text for people, which is also the formula language: `e^(-x1/2) x2`.
struct TextNotation: NotationRenderer {
  /// Inside `|…|` a further absolute value is written `abs(…)`.
  var isInsideBars = false

  func precedence(of notation: Notation) -> Precedence {
    switch notation {
    case .sum, .negative: .sum
    case .product, .fraction: .product
    case .power, .exponential: .power
    case .comparison: .comparison
    case .negation: .negation
    case .conjunction: .conjunction
    case .disjunction: .disjunction
    case .number, .symbol, .constant, .root, .call, .cases, .finiteSum, .truth: .atom
    }
  }

  func write(_ notation: Notation) -> String {
    switch notation {
    case .number(let digits): digits
    case .symbol(let symbol): symbol.name
    case .constant(.pi): "pi"
    case .constant(.e): "e"
    case .constant(.infinity): "inf"
    case .sum(let terms): writeSum(terms, plus: " + ", minus: " - ")
    case .negative(let inner): "-" + operand(inner, .product)
    case .product(let factors): writeProduct(factors)
    case .fraction(let above, let below): operand(above, .product) + "/" + operand(below, .power)
    case .power(let base, let exponent): operand(base, .atom) + "^" + operand(exponent, .atom)
    case .exponential(let exponent): "e^" + operand(exponent, .atom)
    case .root(let inner, 2): "sqrt(\(write(inner)))"
    case .root(let inner, 3): "cbrt(\(write(inner)))"
    case .root(let inner, let degree): "root(\(write(inner)), \(degree))"
    case .call(let function, let arguments): writeCall(function, arguments)
    case .cases(let cases): "piecewise(\(cases.map(writeCase).joined(separator: ", ")))"
    case .finiteSum(let body, let index, let lower, let upper):
      "sum(\(index) in \(write(lower))..\(write(upper)), \(write(body)))"
    case .comparison(let a, let relation, let b):
      operand(a, .sum) + " \(relation.rawValue) " + operand(b, .sum)
    case .conjunction(let parts): parts.map { operand($0, .negation) }.joined(separator: " and ")
    case .disjunction(let parts): parts.map { operand($0, .conjunction) }.joined(separator: " or ")
    case .negation(let inner): "not " + operand(inner, .atom)
    case .truth(let value): value ? "true" : "false"
    }
  }

  private func writeProduct(_ factors: [Notation]) -> String {
    var text = operand(factors[0], .power)
    for factor in factors.dropFirst() {
      text += (factor.startsWithDigit ? " * " : " ") + operand(factor, .power)
    }
    return text
  }

  private func writeCall(_ function: Function, _ arguments: [Notation]) -> String {
    switch function {
    case .abs where !isInsideBars:
      return "|\(TextNotation(isInsideBars: true).write(arguments[0]))|"
    case .lambertw(let branch) where branch != 0:
      return "lambertw(\(write(arguments[0])), \(branch))"
    default: return "\(function.name)(\(list(arguments, separator: ", ")))"
    }
  }

  private func writeCase(_ branch: Notation.Case) -> String {
    guard let condition = branch.condition else { return write(branch.value) + " otherwise" }
    return write(branch.value) + " if " + write(condition)
  }
}
