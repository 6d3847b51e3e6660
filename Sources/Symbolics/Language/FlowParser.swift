/// What a `.flow` file says: its problems, and remarks about them.
public struct ParsedFile: Sendable {
  /// The problems in the order of the text.
  public let problems: [Problem]
  /// What is accepted but may not mean what was meant.
  public let warnings: [Diagnostic]
}

/// Reads `.flow` files: text → tokens → statements → checked problems.
public enum FlowParser {
  /// The problems of a text.
  ///
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - file: its name, for messages; a file without a `problem` line is one problem of that name.
  /// - Returns: the problems in the order of the text.
  /// - Throws: every error found, each with its place and a hint.
  public static func parse(_ text: String, file: String) throws(ParseFailure) -> [Problem] {
    try parseFile(text, file: file).problems
  }

  /// The problems of a text, with warnings about formulas that may not mean what was meant.
  ///
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - file: its name, for messages.
  /// - Returns: the problems and the warnings, in the order of the text.
  /// - Throws: every error found.
  public static func parseFile(_ text: String, file: String) throws(ParseFailure) -> ParsedFile {
    try parse(SourceText(text, file: file), dialect: .flow, name: stem(of: file))
  }

  /// The problems of a text in either dialect; `name` is that of a problem without one.
  static func parse(_ source: SourceText, dialect: Parser.Dialect, name: String)
    throws(ParseFailure) -> ParsedFile
  {
    let log = DiagnosticLog(source)
    let statements = FileParser(source: source, log: log, dialect: dialect).statements()
    let problems = blocks(of: statements, named: name, log: log).compactMap { block in
      let problemLog = DiagnosticLog(source)
      defer { log.take(problemLog) }
      return ProblemElaborator(
        name: block.name, at: block.start, in: source, log: problemLog, dialect: dialect
      ).problem(block.statements)
    }
    if log.hasErrors { throw log.failure }
    return ParsedFile(problems: problems, warnings: log.warnings)
  }

  /// The tokens of a text, one a line, with line and column.
  ///
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - file: its name, for messages.
  /// - Returns: the list as text.
  /// - Throws: what cannot be split into tokens.
  public static func describeTokens(_ text: String, file: String) throws(ParseFailure) -> String {
    let source = SourceText(text, file: file)
    let log = DiagnosticLog(source)
    let tokens = Lexer.tokens(of: source, log: log)
    if log.hasErrors { throw log.failure }
    return tokens.map { token in
      let place = source.location(of: token.range.lower)
      return "\(place.line):\(place.column)\t\(token)"
    }.joined(separator: "\n")
  }

  /// The syntax trees of a text's statements, one node a line, indented.
  ///
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - file: its name, for messages.
  /// - Returns: the trees as text.
  /// - Throws: what is no statement.
  public static func describeTree(_ text: String, file: String) throws(ParseFailure) -> String {
    let source = SourceText(text, file: file)
    let log = DiagnosticLog(source)
    let statements = FileParser(source: source, log: log, dialect: .flow).statements()
    if log.hasErrors { throw log.failure }
    return statements.map { SyntaxOutline.text(of: $0) }.joined(separator: "\n")
  }

  private struct Block {
    let name: String
    let start: SourceRange
    var statements: [StatementSyntax]
  }

  private static func blocks(
    of statements: [StatementSyntax], named name: String, log: DiagnosticLog
  ) -> [Block] {
    var blocks: [Block] = []
    var strays: StatementSyntax?
    for statement in statements {
      if case .problem(let name) = statement.kind {
        if blocks.contains(where: { $0.name == name }) {
          log.error("a second problem named '\(name)'", at: statement.range)
        }
        blocks.append(Block(name: name, start: statement.range, statements: []))
      } else if blocks.isEmpty {
        strays = strays ?? statement
      }
      if !blocks.isEmpty { blocks[blocks.count - 1].statements.append(statement) }
    }
    if blocks.isEmpty, let first = statements.first {
      return [Block(name: name, start: first.range, statements: statements)]
    }
    if let strays {
      log.error(
        "this stands before the first problem", hint: "parameters do not carry over; move it below",
        at: strays.range)
    }
    if blocks.isEmpty, !log.hasErrors {
      log.error(
        "the text holds no statement", hint: "a problem needs z in R^n and x = (…)",
        at: SourceRange(0, 0))
    }
    if blocks.count > LanguageLimits.problems {
      log.error(
        "more than \(LanguageLimits.problems) problems", at: blocks[LanguageLimits.problems].start)
      blocks.removeLast(blocks.count - LanguageLimits.problems)
    }
    return blocks
  }

  /// "problem-1" of "sheet/problem-1.flow"
  private static func stem(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name.hasSuffix(".flow") && name.count > 5 ? String(name.dropLast(5)) : name
  }
}
