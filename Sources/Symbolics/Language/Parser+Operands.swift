/// Numbers, names, calls and brackets.
extension Parser {
  mutating func operand() throws(LanguageError) -> FormulaSyntax {
    let start = next
    switch start.kind {
    case .number(let digits):
      advance()
      return try node(.number(digits), from: start.range)
    case .name(let text):
      return try namedOperand(text)
    case .symbol("("):
      return try bracketed()
    case .symbol("["):
      return try matrixLiteral()
    case .symbol("{"):
      return try group()
    case .symbol("|"):
      return try absoluteValue()
    case .command(let command):
      return try latexOperand(command)
    case .begin(let environment):
      return try latexEnvironment(environment)
    default:
      throw LanguageError("expected a formula, found \(start.quoted)", at: start.range)
    }
  }

  private mutating func namedOperand(_ text: String) throws(LanguageError) -> FormulaSyntax {
    let start = next
    if FunctionTable.reservedWords.contains(text) {
      throw LanguageError("expected a formula, found the word '\(text)'", at: start.range)
    }
    if ["true", "True", "false", "False"].contains(text) {
      advance()
      return try node(.truth(text.lowercased() == "true"), from: start.range)
    }
    if let function = function(named: text) {
      advance()
      return try call(function, named: text, from: start.range)
    }
    if isLatex, let parts = split(text) {
      tokens.replaceSubrange(
        position...position,
        with: parts.map {
          Token(kind: .name($0), range: start.range, isSpaced: true, isLatex: true)
        })
    }
    guard case .name(let name) = next.kind else { return try operand() }
    advance()
    if next.isSymbol("["), !next.isSpaced { return try indexed(name, from: start.range) }
    return try node(.name(name), from: start.range)
  }

  /// The function that `text` names here.
  private func function(named text: String) -> FunctionTable.Entry? {
    if let entry = FunctionTable.entries[text] { return entry }
    guard let letter = FunctionTable.letters[text], !isDeclared(text),
      afterNext.isSymbol("(") || afterNext.isSymbol("{") || afterNext.isSymbol("^")
    else { return nil }
    return FunctionTable.entries[letter]
  }

  /// `kz1` as k·z1 when the problem has k and z but no kz.
  private func split(_ text: String) -> [String]? {
    guard !isDeclared(text), text.count <= 16 else { return nil }
    let characters = Array(text)
    var parts: [String] = []
    for character in characters {
      if character.isNumber, !parts.isEmpty {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(String(character))
      }
    }
    let areKnown = parts.allSatisfy { isDeclared($0) || $0 == "e" }
    return parts.count > 1 && areKnown ? parts : nil
  }

  /// z[2] is z2, A[1, 2] is a12.
  private mutating func indexed(_ name: String, from start: SourceRange) throws(LanguageError)
    -> FormulaSyntax
  {
    advance()
    var digits = ""
    repeat {
      guard case .number(let index) = next.kind, index.allSatisfy(\.isNumber) else {
        throw LanguageError(
          "expected a whole number as the index of '\(name)', found \(next.quoted)",
          at: next.range)
      }
      digits += index
      advance()
    } while take(",")
    try expect("]", "after the index of '\(name)'")
    return try node(.name(name + digits), from: start)
  }

  private mutating func call(
    _ function: FunctionTable.Entry, named name: String, from start: SourceRange
  ) throws(LanguageError) -> FormulaSyntax {
    if next.isSymbol("(") {
      switch function {
      case .finiteSum: return try finiteSum(from: start)
      case .piecewise: return try piecewise(from: start)
      default: break
      }
    }
    if next.isSymbol("^") { return try powerOfCall(function, named: name, from: start) }
    let arguments = try self.arguments(of: function, named: name)
    return try call(function, arguments, named: name, from: start)
  }

  private mutating func call(
    _ function: FunctionTable.Entry, _ arguments: [FormulaSyntax], named name: String,
    from start: SourceRange
  ) throws(LanguageError) -> FormulaSyntax {
    let arity = function.arity
    guard arity.contains(arguments.count) else {
      let wanted =
        arity.count == 1
        ? "\(arity.lowerBound)" : arity.count == 2 ? "1 or 2" : "at least \(arity.lowerBound)"
      throw LanguageError(
        "\(name) takes \(wanted) argument\(wanted == "1" ? "" : "s"), not \(arguments.count)",
        at: start.joined(to: previousRange))
    }
    return try node(.call(function, arguments), from: start)
  }

  /// `sin^2(u)` is (sin u)^2; `Phi^{-1}(u)` is the inverse function.
  private mutating func powerOfCall(
    _ function: FunctionTable.Entry, named name: String, from start: SourceRange
  ) throws(LanguageError) -> FormulaSyntax {
    advance()
    let exponent = try nested { (parser) throws(LanguageError) in try parser.operand() }
    if case .negative(let inner) = exponent.kind, case .number("1") = inner.kind {
      guard function == .unary(.normcdf) else {
        throw LanguageError(
          "\(name)^(-1) may mean the inverse function or the reciprocal",
          hint: "write the inverse function by its name, or 1/\(name)(…)",
          at: start.joined(to: exponent.range))
      }
      let arguments = try self.arguments(of: .unary(.norminv), named: name)
      return try call(.unary(.norminv), arguments, named: name, from: start)
    }
    guard case .number = exponent.kind else {
      throw LanguageError(
        "expected a number as the power of \(name)", hint: "write (\(name)(…))^…",
        at: exponent.range)
    }
    let arguments = try self.arguments(of: function, named: name)
    let base = try call(function, arguments, named: name, from: start)
    return try node(.power(base, exponent), from: start)
  }

  /// The arguments in brackets, or one operand without: `log 2`, `\sin z`.
  private mutating func arguments(of function: FunctionTable.Entry, named name: String)
    throws(LanguageError) -> [FormulaSyntax]
  {
    if next.isSymbol("(") {
      advance()
      return try bracketContents(closing: ")", of: "the arguments of \(name)")
    }
    guard dialect == .flow, startsOperand, function.arity.contains(1) else {
      throw LanguageError(
        "\(name) is a function; expected '(' and its arguments, found \(next.quoted)",
        hint: "write \(name)(…)", at: next.range)
    }
    let argument = try nested { (parser) throws(LanguageError) in try parser.power() }
    if startsOperand, !startsCall {
      throw LanguageError(
        "it is not clear where the argument of \(name) ends", hint: "write \(name)(…)",
        at: argument.range.joined(to: next.range))
    }
    return [argument]
  }

  private var startsCall: Bool {
    switch next.kind {
    case .name(let text): FunctionTable.entries[text] != nil
    case .command: true
    default: false
    }
  }

  /// Formulas up to the closing bracket, separated by commas.
  mutating func bracketContents(closing: String, of what: String) throws(LanguageError)
    -> [FormulaSyntax]
  {
    let bars = openBars
    openBars = 0
    defer { openBars = bars }
    var items = [try formula()]
    while take(",") { items.append(try formula()) }
    try expect(closing, "or ',' in \(what)")
    return items
  }

  /// (u) or (u, v, …)
  private mutating func bracketed() throws(LanguageError) -> FormulaSyntax {
    let start = advance().range
    let items = try bracketContents(closing: ")", of: "the brackets")
    if items.count > 1 { return try node(.tuple(items), from: start) }
    return FormulaSyntax(items[0].kind, at: start.joined(to: previousRange))
  }

  /// {u}, as in LaTeX.
  mutating func group() throws(LanguageError) -> FormulaSyntax {
    let start = try expect("{", "").range
    let items = try bracketContents(closing: "}", of: "the braces")
    guard items.count == 1 else {
      throw LanguageError(
        "a set in braces is no formula", hint: "write a vector as (a, b)",
        at: start.joined(to: previousRange))
    }
    return FormulaSyntax(items[0].kind, at: start.joined(to: previousRange))
  }

  /// [a, b] and [[a, b], [c, d]]
  private mutating func matrixLiteral() throws(LanguageError) -> FormulaSyntax {
    let start = advance().range
    let items = try bracketContents(closing: "]", of: "the brackets")
    return try node(.tuple(items), from: start)
  }

  private mutating func absoluteValue() throws(LanguageError) -> FormulaSyntax {
    let start = advance().range
    openBars += 1
    defer { openBars -= 1 }
    let inner = try formula()
    try expect("|", "to close the absolute value")
    return try node(.call(.unary(.abs), [inner]), from: start)
  }
}
