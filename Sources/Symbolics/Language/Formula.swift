/// Single formulas, conditions and points from text, as in command-line options.
public enum Formula {
  /// The names that a formula may use.
  public enum Names: Sendable {
    /// Every name is a symbol.
    case any
    case only([Symbol])

    var scope: Scope {
      switch self {
      case .any: return Scope(isOpen: true)
      case .only(let symbols):
        var scope = Scope()
        scope.hasDeclarations = false
        for symbol in symbols { scope.add(symbol.name, .scalar(Expression(symbol))) }
        return scope
      }
    }
  }

  /// The two ways of writing formulas.
  public enum Syntax: Sendable {
    /// The formula language: `e^(-x1/2) x2`.
    case flow
    /// The syntax of the corpus and of JSON answers: `exp(-x1/2)*x2`.
    case corpus

    var dialect: Parser.Dialect { self == .flow ? .flow : .corpus }
  }

  /// One formula.
  ///
  /// - Parameters:
  ///   - text: the formula.
  ///   - names: the names that it may use.
  ///   - syntax: how it is written.
  ///   - file: what messages call the text.
  /// - Returns: the formula as an expression.
  /// - Throws: every error found.
  public static func parse(
    _ text: String, names: Names = .any, syntax: Syntax = .flow, file: String = "formula"
  ) throws(ParseFailure) -> Expression {
    try read(text, names, syntax, file) { (parser, elaborator) throws(LanguageError) in
      let tree = try parser.formula()
      return try elaborated { () throws(AlreadyReported) in
        let value = try elaborator.scalar(tree)
        try elaborator.checkSize(value, at: tree.range)
        return value
      }
    }
  }

  /// One condition, `a != 0 and b > 1`.
  ///
  /// - Parameters:
  ///   - text: the condition.
  ///   - names: the names that it may use.
  ///   - syntax: how it is written.
  ///   - file: what messages call the text.
  /// - Returns: the condition as a predicate.
  /// - Throws: every error found.
  public static func parsePredicate(
    _ text: String, names: Names = .any, syntax: Syntax = .flow, file: String = "condition"
  ) throws(ParseFailure) -> Predicate {
    try read(text, names, syntax, file) { (parser, elaborator) throws(LanguageError) in
      let tree = try parser.condition()
      return try elaborated { () throws(AlreadyReported) in try elaborator.predicate(tree) }
    }
  }

  /// One point: `0, 1, 1/3` or `(0, 1, 1/3)`.
  ///
  /// - Parameters:
  ///   - text: the coordinates.
  ///   - names: the names that they may use; none by default.
  ///   - file: what messages call the text.
  /// - Returns: the coordinates.
  /// - Throws: every error found.
  public static func parsePoint(
    _ text: String, names: Names = .only([]), file: String = "point"
  ) throws(ParseFailure) -> [Expression] {
    try read(text, names, .flow, file) { (parser, elaborator) throws(LanguageError) in
      var items = [try parser.formula()]
      while parser.take(",") { items.append(try parser.formula()) }
      return try elaborated { () throws(AlreadyReported) in
        var entries: [Expression] = []
        for item in items { entries += try elaborator.value(of: item).entries }
        try elaborator.checkDefined(at: items[0].range)
        return entries
      }
    }
  }

  /// Values of parameters: `K=7, a=1/2`.
  ///
  /// - Parameters:
  ///   - text: assignments separated by commas.
  ///   - file: what messages call the text.
  /// - Returns: the value of each symbol.
  /// - Throws: every error found, a name that is set twice among them.
  public static func parseAssignments(
    _ text: String, file: String = "values"
  ) throws(ParseFailure) -> [Symbol: Expression] {
    try read(text, .only([]), .flow, file) { (parser, elaborator) throws(LanguageError) in
      var result: [Symbol: Expression] = [:]
      repeat {
        let name = try parser.name("the name of a parameter")
        try parser.expect("=", "after '\(name.text)'")
        let tree = try parser.formula()
        if result[Symbol(name.text)] != nil {
          throw LanguageError("'\(name.text)' is set twice", at: name.range)
        }
        result[Symbol(name.text)] = try elaborated { () throws(AlreadyReported) in
          let value = try elaborator.scalar(tree)
          try elaborator.checkDefined(at: tree.range)
          return value
        }
      } while parser.take(",")
      return result
    }
  }

  /// Runs the elaboration; its errors have been reported, which a nil stands for.
  private static func elaborated<Result>(
    _ body: () throws(AlreadyReported) -> Result
  ) throws(LanguageError) -> Result {
    do { return try body() } catch { throw LanguageError("", at: SourceRange(0, 0)) }
  }

  private static func read<Result>(
    _ text: String, _ names: Names, _ syntax: Syntax, _ file: String,
    _ body: (inout Parser, FormulaElaborator) throws(LanguageError) -> Result
  ) throws(ParseFailure) -> Result {
    let source = SourceText(text, file: file)
    let log = DiagnosticLog(source)
    let tokens = Lexer.tokens(of: source, log: log).filter {
      $0.kind != .newline && $0.kind != .endOfText
    }
    if log.hasErrors { throw log.failure }
    let scope = names.scope
    var parser = Parser(
      tokens, of: source, log: log, dialect: syntax.dialect, declared: Set(scope.names))
    do {
      let result = try body(&parser, FormulaElaborator(source, log: log, scope: scope))
      try parser.expectEnd(after: "the formula")
      if !log.hasErrors { return result }
    } catch {
      if !log.hasErrors { log.report(error) }
    }
    throw log.failure
  }
}

extension Formula {
  /// What a formula needs in order to be defined, as written; nothing for a text that is none.
  static func obligations(of text: String, names: [Symbol]) -> [Obligation] {
    let result = try? read(text, .only(names), .flow, "formula") {
      (parser, elaborator) throws(LanguageError) in
      let tree = try parser.formula()
      return try elaborated { () throws(AlreadyReported) in
        _ = try elaborator.scalar(tree)
        return elaborator.obligations
      }
    }
    return result ?? []
  }
}
