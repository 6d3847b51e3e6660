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
    for (words, isComplete) in split(tokens) {
      guard isComplete else {
        declared.formUnion(StatementSyntax.namesDeclared(by: words))
        result.append(.unreadable(words))
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

  /// The tokens of each statement, up to a `;` or a line end outside brackets, and whether all
  /// its brackets are closed and all its characters known.
  private func split(_ tokens: [Token]) -> [([Token], isComplete: Bool)] {
    var statements: [([Token], isComplete: Bool)] = []
    var current: [Token] = []
    var open: [Token] = []
    func end() {
      if let bracket = open.last {
        log.error("this \(bracket.quoted) is never closed", at: bracket.range)
      }
      let isValid = !current.contains { $0.kind == .invalid }
      if !current.isEmpty { statements.append((current, open.isEmpty && isValid)) }
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
  private func beginsStatement(_ line: ArraySlice<Token>) -> Bool {
    guard let first = line.first, case .name(let word) = first.kind,
      let second = line.dropFirst().first
    else { return line.first?.kind == .endOfText }
    if second.isSymbol("=") || second.isSymbol("~") { return true }
    if case .name = second.kind { return Parser.keywords.contains(word) }
    return false
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
    guard case .name(let first)? = words.first?.kind else { return [] }
    if ["param", "parameter", "learn"].contains(first) {
      return Set(
        words.dropFirst().compactMap { if case .name(let name) = $0.kind { name } else { nil } })
    }
    return [first]
  }

  static func unreadable(_ words: [Token]) -> StatementSyntax {
    StatementSyntax(
      kind: .unreadable(names: namesDeclared(by: words)),
      range: words[0].range.joined(to: words[words.count - 1].range), isLatex: false)
  }
}
