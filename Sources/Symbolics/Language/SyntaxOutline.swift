/// Syntax trees as indented text, for `--show tree`.
enum SyntaxOutline {
  static func text(of statement: StatementSyntax) -> String {
    lines(of: statement.kind).joined(separator: "\n")
  }

  private static func lines(of kind: StatementSyntax.Kind) -> [String] {
    switch kind {
    case .problem(let name): ["problem \(name)"]
    case .parameters(let list, let areLearned):
      [areLearned ? "learn" : "param"] + indented(list.flatMap(lines))
    case .membership(let target, let domain):
      ["membership \(names(target))"] + indented(lines(of: domain))
    case .signature(let name, let domain, let codomain):
      ["signature \(name.text)"] + indented(lines(of: domain) + lines(of: codomain))
    case .definition(let target, let body, let codomain):
      ["definition \(names(target))"]
        + indented(lines(of: body) + (codomain.map(lines(of:)) ?? []))
    case .map(let name, let argument, let body, let codomain):
      ["map \(name.text)(\(names(argument)))"]
        + indented(lines(of: body) + (codomain.map(lines(of:)) ?? []))
    case .base(let target, let distribution):
      ["base \(names(target)) ~ \(distribution.name.text)"]
        + indented(distribution.arguments.flatMap(lines))
    case .question(let question): lines(of: question)
    case .claim(let claim): lines(of: claim)
    case .unreadable: ["unreadable"]
    }
  }

  private static func names(_ target: TargetSyntax) -> String {
    target.names.map(\.text).joined(separator: ", ")
  }

  private static func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }

  private static func lines(of parameter: ParameterSyntax) -> [String] {
    var result = [parameter.name.text + (parameter.isInteger ? " : integer" : "")]
    for (relation, value) in parameter.bounds {
      result += indented([relation.rawValue] + indented(lines(of: value)))
    }
    if let set = parameter.set { result += indented(lines(of: set)) }
    return result
  }

  private static func lines(of argument: DistributionSyntax.Argument) -> [String] {
    let label = argument.label.map { [$0 + ":"] } ?? []
    switch argument.value {
    case .formula(let formula): return label + lines(of: formula)
    case .set(let set): return label + lines(of: set)
    case .identity: return label + ["identity"]
    }
  }

  private static func lines(of question: QuestionSyntax) -> [String] {
    switch question {
    case .proveInvertible: ["prove invertible"]
    case .inverse: ["inverse"]
    case .jacobian: ["jacobian"]
    case .density(let points): ["density"] + indented(points.flatMap { lines(of: $0.formula) })
    case .push(let point): ["push"] + indented(lines(of: point.formula))
    case .sample(let count): ["sample \(count)"]
    }
  }

  private static func lines(of claim: ClaimSyntax) -> [String] {
    switch claim {
    case .inverse(let formula): ["claim inverse"] + indented(lines(of: formula))
    case .densityAt(let point, let value):
      ["claim density at"] + indented(lines(of: point.formula) + lines(of: value))
    case .density(let formula): ["claim density"] + indented(lines(of: formula))
    case .invertible(let value): [value ? "claim invertible" : "claim not invertible"]
    case .logAbsDet(let formula): ["claim logdet"] + indented(lines(of: formula))
    case .determinant(let formula): ["claim det"] + indented(lines(of: formula))
    }
  }

  private static func lines(of domain: DomainSyntax) -> [String] {
    lines(of: domain.set) + (domain.condition.map { ["where"] + indented(lines(of: $0)) } ?? [])
  }

  private static func lines(of set: SetSyntax) -> [String] {
    switch set.kind {
    case .reals: ["reals"]
    case .interval(let lower, let upper, let isLowerClosed, let isUpperClosed):
      ["interval \(isLowerClosed ? "[" : "(") \(isUpperClosed ? "]" : ")")"]
        + indented(lines(of: lower) + lines(of: upper))
    case .product(let sets): ["product of sets"] + indented(sets.flatMap(lines))
    case .power(let set, let exponent): ["power of set, \(exponent)"] + indented(lines(of: set))
    case .matrices(let set, let rows, let columns):
      ["matrices \(rows)x\(columns)"] + indented(lines(of: set))
    case .without(let set, let values):
      ["set without"] + indented(lines(of: set) + values.flatMap(lines))
    }
  }

  static func lines(of formula: FormulaSyntax) -> [String] {
    switch formula.kind {
    case .number(let digits): [digits]
    case .name(let name): [name]
    case .truth(let value): ["\(value)"]
    case .sum(let terms):
      ["sum"]
        + indented(terms.flatMap { [$0.isNegative ? "-" : "+"] + indented(lines(of: $0.operand)) })
    case .product(let factors):
      ["product"]
        + indented(factors.flatMap { ["\($0.operation)"] + indented(lines(of: $0.operand)) })
    case .negative(let inner): ["negative"] + indented(lines(of: inner))
    case .power(let base, let exponent):
      ["power"] + indented(lines(of: base) + lines(of: exponent))
    case .call(let function, let arguments):
      ["call \(function)"] + indented(arguments.flatMap(lines))
    case .tuple(let items): ["vector"] + indented(items.flatMap(lines))
    case .matrix(let rows):
      ["matrix"] + indented(rows.flatMap { ["row"] + indented($0.flatMap(lines)) })
    case .finiteSum(let index, let lower, let upper, let body):
      ["sum over \(index)"] + indented(lines(of: lower) + lines(of: upper) + lines(of: body))
    case .piecewise(let branches): ["piecewise"] + indented(branches.flatMap(lines))
    case .comparison(let operands, let relations):
      ["comparison \(relations.map(\.rawValue).joined(separator: " "))"]
        + indented(operands.flatMap(lines))
    case .and(let parts): ["and"] + indented(parts.flatMap(lines))
    case .or(let parts): ["or"] + indented(parts.flatMap(lines))
    case .not(let inner): ["not"] + indented(lines(of: inner))
    }
  }

  private static func lines(of branch: FormulaSyntax.BranchSyntax) -> [String] {
    lines(of: branch.value)
      + (branch.condition.map { ["if"] + indented(lines(of: $0)) } ?? ["otherwise"])
  }
}
