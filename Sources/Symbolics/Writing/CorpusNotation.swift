/// The Python-like syntax of the invertibility corpus and of JSON answers: `x2*exp(-x1/2)`.
struct CorpusNotation: NotationRenderer {
  func precedence(of notation: Notation) -> Precedence {
    switch notation {
    case .sum, .negative: .sum
    case .product, .fraction, .call(.mod, _): .product
    case .power: .power
    case .comparison: .comparison
    case .negation: .negation
    case .conjunction: .conjunction
    case .disjunction: .disjunction
    case .number, .symbol, .constant, .exponential, .root, .call, .cases, .finiteSum, .truth: .atom
    }
  }

  func write(_ notation: Notation) -> String {
    switch notation {
    case .number(let digits): digits
    case .symbol(let symbol): symbol.name
    case .constant(.pi): "pi"
    case .constant(.e): "e"
    case .constant(.infinity): "inf"
    case .sum(let terms): writeSum(terms, plus: "+", minus: "-")
    case .negative(let inner): "-" + operand(inner, .product)
    case .product(let factors): factors.map { operand($0, .power) }.joined(separator: "*")
    case .fraction(let above, let below): operand(above, .product) + "/" + operand(below, .power)
    case .power(let base, let exponent): operand(base, .atom) + "**" + operand(exponent, .atom)
    case .exponential(let exponent): "exp(\(write(exponent)))"
    case .root(let inner, 2): "sqrt(\(write(inner)))"
    case .root(let inner, 3): "cbrt(\(write(inner)))"
    case .root(let inner, let degree): "root(\(write(inner)), \(degree))"
    case .call(let function, let arguments): writeCall(function, arguments)
    case .cases(let cases): "piecewise(\(cases.map(writeCase).joined(separator: ", ")))"
    case .finiteSum(let body, let index, let lower, let upper):
      "sum(\(write(body)), \(index), \(write(lower)), \(write(upper)))"
    case .comparison(let a, let relation, let b):
      operand(a, .sum) + " \(relation.rawValue) " + operand(b, .sum)
    case .conjunction(let parts): parts.map { operand($0, .negation) }.joined(separator: " and ")
    case .disjunction(let parts): parts.map { operand($0, .conjunction) }.joined(separator: " or ")
    case .negation(let inner): "not " + operand(inner, .atom)
    case .truth(let value): value ? "True" : "False"
    }
  }

  private func writeCall(_ function: Function, _ arguments: [Notation]) -> String {
    switch function {
    case .lambertw(let branch): "lambertw(\(write(arguments[0])), \(branch))"
    case .mod: operand(arguments[0], .power) + " % " + operand(arguments[1], .power)
    default: "\(function.name)(\(list(arguments, separator: ", ")))"
    }
  }

  private func writeCase(_ branch: Notation.Case) -> String {
    "(\(write(branch.value)), \(branch.condition.map(write) ?? "True"))"
  }
}
