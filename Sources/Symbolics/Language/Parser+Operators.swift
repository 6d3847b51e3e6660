/// Operators, by precedence.
extension Parser {
  /// A formula or a condition.
  mutating func formula() throws(LanguageError) -> FormulaSyntax {
    try nested { (parser) throws(LanguageError) in try parser.disjunction() }
  }

  /// A condition, in which `a = b` is a comparison.
  mutating func condition() throws(LanguageError) -> FormulaSyntax {
    let outer = equalsIsComparison
    equalsIsComparison = true
    defer { equalsIsComparison = outer }
    return try formula()
  }

  private mutating func disjunction() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    var parts = [try conjunction()]
    while takeName("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : try node(.or(parts), from: start)
  }

  private mutating func conjunction() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    var parts = [try negation()]
    while takeName("and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : try node(.and(parts), from: start)
  }

  private mutating func negation() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    guard takeName("not") else { return try comparison() }
    let inner = try nested { (parser) throws(LanguageError) in try parser.negation() }
    return try node(.not(inner), from: start)
  }

  private mutating func comparison() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    var operands = [try sum()]
    var relations: [Relation] = []
    while let relation = nextRelation {
      advance()
      relations.append(relation)
      operands.append(try sum())
    }
    return relations.isEmpty
      ? operands[0] : try node(.comparison(operands, relations), from: start)
  }

  /// The comparison sign that stands next.
  var nextRelation: Relation? {
    guard case .symbol(let text) = next.kind else { return nil }
    return text == "=" && equalsIsComparison ? .equal : Relation(rawValue: text)
  }

  /// Terms joined by + and -.
  mutating func sum() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    let first = try product()
    guard next.isSymbol("+") || next.isSymbol("-") else { return first }
    var terms = [FormulaSyntax.Term(isNegative: false, operand: first)]
    while next.isSymbol("+") || next.isSymbol("-") {
      let isNegative = advance().isSymbol("-")
      terms.append(FormulaSyntax.Term(isNegative: isNegative, operand: try product()))
    }
    return try node(.sum(terms), from: start)
  }

  /// Factors joined by signs or side by side.
  mutating func product() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    if next.isSymbol("-") || next.isSymbol("+") {
      let isNegative = advance().isSymbol("-")
      let inner = try nested { (parser) throws(LanguageError) in try parser.product() }
      return isNegative ? try node(.negative(inner), from: start) : inner
    }
    var factors = [FormulaSyntax.Factor(operation: .multiply, operand: try power())]
    while let operation = nextOperation {
      let isImplicit = !isOperationSign
      if isImplicit {
        try checkImplicitFactor(after: factors)
      } else {
        advance()
      }
      let operand =
        isImplicit
        ? try power()
        : try nested { (parser) throws(LanguageError) in try parser.signedPower() }
      factors.append(FormulaSyntax.Factor(operation: operation, operand: operand))
    }
    return factors.count == 1 ? factors[0].operand : try node(.product(factors), from: start)
  }

  private var isOperationSign: Bool {
    if case .symbol(let text) = next.kind { return ["*", "×", "/", "%"].contains(text) }
    return false
  }

  private var nextOperation: FormulaSyntax.Factor.Operation? {
    switch next.kind {
    case .symbol("*"), .symbol("×"): .multiply
    case .symbol("/"): .divide
    case .symbol("%"): .modulo
    default: dialect == .flow && startsOperand ? .multiply : nil
    }
  }

  /// Whether the next token begins an operand, so that it multiplies what stands before.
  var startsOperand: Bool {
    switch next.kind {
    case .number, .command, .begin: true
    case .name(let text): !FunctionTable.reservedWords.contains(text)
    case .symbol(let text): text == "(" || text == "{" || (text == "|" && openBars == 0)
    default: false
    }
  }

  /// Products without a sign that people would read differently.
  private func checkImplicitFactor(after factors: [FormulaSyntax.Factor]) throws(LanguageError) {
    let before = previousRange
    if case .number(let digits) = next.kind {
      throw LanguageError(
        "a number cannot follow a factor directly",
        hint: "write * in front of \(digits), or an operator that is missing",
        at: next.range)
    }
    guard let last = factors.last, last.operation == .divide else { return }
    if case .number = last.operand.kind, next.isSpaced { return }
    let divisor = source.quoted(last.operand.range)
    log.warn(
      "'/ \(divisor) \(source[next.range])' divides by \(divisor) only",
      hint: "write / (\(divisor) \(source[next.range])) to divide by both, or * in between",
      at: last.operand.range.joined(to: before).joined(to: next.range))
  }

  /// A factor after a sign, which may have a sign of its own.
  private mutating func signedPower() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    guard next.isSymbol("-") || next.isSymbol("+") else { return try power() }
    let isNegative = advance().isSymbol("-")
    let inner = try nested { (parser) throws(LanguageError) in try parser.signedPower() }
    return isNegative ? try node(.negative(inner), from: start) : inner
  }

  /// base^exponent; exponents are read from the right.
  mutating func power() throws(LanguageError) -> FormulaSyntax {
    let start = next.range
    let base = try operand()
    guard next.isSymbol("^") else { return base }
    advance()
    let exponentStart = next
    let exponent = try nested { (parser) throws(LanguageError) in try parser.signedPower() }
    if case .number = exponentStart.kind, case .number = exponent.kind, case .name = next.kind,
      !next.isSpaced, dialect == .flow, !isLatex
    {
      let exponentText = source[exponent.range]
      log.warn(
        "the exponent ends before '\(source[next.range])'",
        hint: "write ^(\(exponentText) \(source[next.range])) if it belongs to the exponent",
        at: exponent.range.joined(to: next.range))
    }
    return try node(.power(base, exponent), from: start)
  }
}
