/// Reads the tokens of one statement.
///
/// Precedence, loosest first: `or`, `and`, `not`, comparisons, `+ -`, products and quotients from
/// left to right (a product without sign is one like any other), unary minus, powers (from the right).
struct Parser {
  /// The syntax in which formulas are written.
  enum Dialect: Sendable {
    case flow
    /// Python-like: products have a sign.
    case corpus
  }

  let source: SourceText
  let log: DiagnosticLog
  let dialect: Dialect
  var tokens: [Token]
  var position = 0
  /// Names that the problem declares, for splitting `kz` in LaTeX and for `sigma`.
  var declared: Set<String>
  let isLatex: Bool

  /// Where the brackets open that have a comma of their own; looked up when a set is read.
  var bracketsWithComma: Set<SourceRange>?
  var depth = 0
  var nodeCount = 0
  /// Absolute values that are open: a bar then closes, it does not multiply.
  var openBars = 0
  /// Whether `a = b` is a condition here.
  var equalsIsComparison = false

  /// `tokens` are those of one statement, without its end.
  init(
    _ tokens: [Token], of source: SourceText, log: DiagnosticLog, dialect: Dialect = .flow,
    declared: Set<String> = []
  ) {
    self.source = source
    self.log = log
    self.dialect = dialect
    self.declared = declared
    let end = tokens.last?.range.upper ?? 0
    isLatex = tokens.contains(where: \.isLatex)
    self.tokens = tokens + [Token(kind: .newline, range: SourceRange(end, end), isSpaced: true)]
  }

  var next: Token { tokens[position] }
  /// The token after the next, or the end.
  var afterNext: Token { tokens[min(position + 1, tokens.count - 1)] }
  var isAtEnd: Bool { position == tokens.count - 1 }
  /// The last token read.
  var previousRange: SourceRange { tokens[max(0, position - 1)].range }

  @discardableResult mutating func advance() -> Token {
    let token = next
    if !isAtEnd { position += 1 }
    return token
  }

  mutating func take(_ symbol: String) -> Bool {
    guard next.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func takeName(_ name: String) -> Bool {
    guard next.isName(name) else { return false }
    advance()
    return true
  }

  /// Reads `symbol` or fails, saying what was to be closed or separated.
  @discardableResult mutating func expect(_ symbol: String, _ purpose: String)
    throws(LanguageError) -> Token
  {
    guard next.isSymbol(symbol) else {
      throw LanguageError(
        "expected '\(symbol)' \(purpose), found \(next.quoted)", at: next.range)
    }
    return advance()
  }

  func expectEnd(after what: String) throws(LanguageError) {
    guard isAtEnd else {
      throw LanguageError(
        "unexpected \(next.quoted) after \(what)",
        hint: "statements end at the end of the line or with ';'", at: next.range)
    }
  }

  /// The name that stands next.
  mutating func name(_ purpose: String) throws(LanguageError) -> NameSyntax {
    guard case .name(let text) = next.kind, !FunctionTable.reservedWords.contains(text) else {
      throw LanguageError("expected \(purpose), found \(next.quoted)", at: next.range)
    }
    return NameSyntax(text: text, range: advance().range)
  }

  func isDeclared(_ name: String) -> Bool {
    declared.contains(name) || declared.contains(Symbol(name).stem)
  }

  mutating func node(_ kind: FormulaSyntax.Kind, from start: SourceRange) throws(LanguageError)
    -> FormulaSyntax
  {
    let range = start.joined(to: previousRange)
    nodeCount += 1
    if nodeCount > LanguageLimits.syntaxNodes {
      throw LanguageError(
        "the statement has more than \(LanguageLimits.syntaxNodes) parts", at: start)
    }
    return FormulaSyntax(kind, at: range)
  }

  /// Runs `body` one level deeper.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(LanguageError) -> Result
  ) throws(LanguageError) -> Result {
    depth += 1
    defer { depth -= 1 }
    if depth > LanguageLimits.nesting {
      throw LanguageError(
        "nested more than \(LanguageLimits.nesting) levels deep", at: next.range)
    }
    return try body(&self)
  }
}
