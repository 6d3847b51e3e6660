/// Splits a file into statements and reads each; a statement with an error is reported and skipped.
struct FileParser {
  let source: SourceText
  let log: DiagnosticLog
  let dialect: Parser.Dialect

  /// The statements of the file that could be read.
  func statements() -> [StatementSyntax] {
    let tokens = Lexer.tokens(of: source, log: log)
    var result: [StatementSyntax] = []
    var declared: Set<String> = []
    for (words, open) in split(tokens) {
      if let bracket = open.last {
        log.error("this \(bracket.quoted) is never closed", at: bracket.range)
      }
      let isReadable = !words.contains { $0.kind == .invalid }
      guard open.isEmpty, isReadable else {
        let guess = isReadable ? repaired(words, open, declared) : nil
        if guess != nil { log.mute(words[0].range.joined(to: words[words.count - 1].range)) }
        if case .problem? = guess?.kind { declared = [] }
        declared.formUnion(guess?.declaredNames ?? [])
        declared.formUnion(StatementSyntax.namesDeclared(by: words))
        result.append(guess ?? .unreadable(words))
        continue
      }
      var parser = Parser(words, of: source, log: log, dialect: dialect, declared: declared)
      do {
        let statement = try parser.statement()
        if case .problem = statement.kind { declared = [] }
        declared.formUnion(statement.declaredNames)
        result.append(statement)
      } catch {
        log.report(error)
        declared.formUnion(StatementSyntax.namesDeclared(by: words))
        result.append(.unreadable(words))
      }
    }
    return result
  }

  /// The statement that `words` are with their open brackets closed, at the end or before the set
  /// `in …`: what it declares is needed to check the statements after it.
  private func repaired(
    _ words: [Token], _ open: [Token], _ declared: Set<String>
  ) -> StatementSyntax? {
    let closing = open.reversed().map { bracket in
      Token(kind: bracket.closing, range: bracket.range, isSpaced: false)
    }
    let sets = words.indices.filter { words[$0].isName("in") }.reversed()
    for position in [words.count] + sets {
      let repaired = Array(words[..<position]) + closing + Array(words[position...])
      var parser = Parser(
        repaired, of: source, log: DiagnosticLog(source), dialect: dialect, declared: declared)
      if let statement = try? parser.statement() { return statement }
    }
    return nil
  }

  /// The tokens of each statement, up to a `;` or a line end outside brackets, and the brackets in it
  /// that are not closed.
  private func split(_ tokens: [Token]) -> [(words: [Token], open: [Token])] {
    var statements: [(words: [Token], open: [Token])] = []
    var current: [Token] = []
    var open: [Token] = []
    func end() {
      if !current.isEmpty { statements.append((current, open)) }
      current = []
      open = []
    }
    for (position, token) in tokens.enumerated() {
      switch token.kind {
      case .newline:
        if open.isEmpty || beginsStatement(tokens[(position + 1)...]) { end() }
      case .symbol(";"), .endOfText: end()
      case .symbol("("), .symbol("["), .symbol("{"), .begin:
        open.append(token)
        current.append(token)
      case .symbol(")"), .symbol("]"), .symbol("}"), .end:
        _ = open.popLast()
        current.append(token)
      default: current.append(token)
      }
    }
    return statements
  }

  /// Whether a line inside an open bracket looks like a new statement, so that the bracket must
  /// have been forgotten.
  private func beginsStatement(_ rest: ArraySlice<Token>) -> Bool {
    let line = rest.prefix { !$0.isStatementEnd }
    guard let first = line.first else { return rest.first?.kind == .endOfText }
    let isName = if case .name = first.kind { true } else { false }
    if case .name(let word) = first.kind, Parser.keywords.contains(word) {
      // A variable may be called so, and then an operator follows.
      switch line.dropFirst().first?.kind ?? .newline {
      case .newline, .name, .number, .symbol("("): return true
      default: break
      }
    }
    var target = isName ? line.dropFirst() : line
    // `f(z) = …` and `(u, v) in …` have names in brackets.
    if target.first?.isSymbol("(") == true {
      target = target.drop { !$0.isSymbol(")") }.dropFirst()
    } else if !isName {
      return false
    }
    guard let sign = target.first else { return false }
    if sign.isSymbol("=") || sign.isSymbol("~") { return true }
    // `k in 1..K` is the range of a sum.
    return sign.isName("in") && !target.contains { $0.isSymbol("..") }
  }
}

extension StatementSyntax {
  /// The names that later formulas of the problem may use.
  var declaredNames: Set<String> {
    switch kind {
    case .parameters(let list, _): Set(list.flatMap { [$0.name.text, $0.name.text.lowercased()] })
    case .membership(let target, _), .definition(let target, _, _), .map(_, let target, _, _):
      Set(target.names.map(\.text))
    case .problem, .signature, .base, .question, .claim, .unreadable: []
    }
  }

  /// The names that a statement with an error seems to declare: not to be reported as unknown.
  static func namesDeclared(by words: [Token]) -> Set<String> {
    guard case .name(let first)? = words.first?.kind, !isQuestion(words) else { return [] }
    if ["param", "parameter", "learn"].contains(first) {
      return Set(
        words.dropFirst().compactMap { if case .name(let name) = $0.kind { name } else { nil } })
    }
    return [first]
  }

  /// Whether the words begin a question or a claim, which declare nothing.
  private static func isQuestion(_ words: [Token]) -> Bool {
    guard case .name(let first)? = words.first?.kind, Parser.questions.contains(first) else {
      return false
    }
    let second = words.dropFirst().first
    return second.map { !$0.isSymbol("=") && !$0.isSymbol("~") && !$0.isName("in") } ?? true
  }

  static func unreadable(_ words: [Token]) -> StatementSyntax {
    StatementSyntax(
      kind: .unreadable(names: namesDeclared(by: words), isQuestion: isQuestion(words)),
      range: words[0].range.joined(to: words[words.count - 1].range), isLatex: false)
  }
}
