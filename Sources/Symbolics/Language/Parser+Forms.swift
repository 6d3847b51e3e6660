/// Sums over an index, piecewise formulas, and LaTeX commands.
extension Parser {
  /// `sum(k in 1..K, body)`, or `sum(body, k, 1, K)` as in the corpus.
  mutating func finiteSum(from start: SourceRange) throws(LanguageError) -> FormulaSyntax {
    let open = advance()
    if case .name(let index) = next.kind, afterNext.isName("in") {
      advance()
      advance()
      let lower = try sum()
      guard take("..") else {
        throw LanguageError(
          "expected '..' between the bounds of the sum, found \(next.quoted)",
          hint: "write sum(\(index) in 1..K, …)", at: next.range)
      }
      let upper = try sum()
      try expect(",", "after the bounds of the sum")
      let body = try bodyOfSum(over: index)
      try expect(")", "to close the sum")
      return try node(
        .finiteSum(index: index, lower: lower, upper: upper, body: body), from: start)
    }
    let items = try bracketContents(closing: ")", of: "the sum")
    guard items.count == 4, case .name(let index) = items[1].kind else {
      throw LanguageError(
        "a sum needs an index with bounds", hint: "write sum(k in 1..K, …)",
        at: open.range.joined(to: previousRange))
    }
    return try node(
      .finiteSum(index: index, lower: items[2], upper: items[3], body: items[0]), from: start)
  }

  private mutating func bodyOfSum(over index: String) throws(LanguageError) -> FormulaSyntax {
    let isNew = declared.insert(index).inserted
    defer { if isNew { declared.remove(index) } }
    let bars = openBars
    openBars = 0
    defer { openBars = bars }
    return try formula()
  }

  /// `piecewise((v, c), (w, True))` or `piecewise(v if c, w otherwise)`.
  mutating func piecewise(from start: SourceRange) throws(LanguageError) -> FormulaSyntax {
    advance()
    let bars = openBars
    openBars = 0
    defer { openBars = bars }
    var branches: [FormulaSyntax.BranchSyntax] = []
    repeat { branches.append(try branch()) } while take(",")
    try expect(")", "or ',' between the branches")
    return try node(.piecewise(branches), from: start)
  }

  private mutating func branch() throws(LanguageError) -> FormulaSyntax.BranchSyntax {
    let item = try condition()
    if takeName("if") { return FormulaSyntax.BranchSyntax(value: item, condition: try condition()) }
    if takeName("otherwise") || takeName("else") {
      return FormulaSyntax.BranchSyntax(value: item, condition: nil)
    }
    guard case .tuple(let parts) = item.kind, parts.count == 2 else {
      throw LanguageError(
        "expected a branch of the piecewise formula",
        hint: "write piecewise(value if condition, value otherwise)", at: item.range)
    }
    return FormulaSyntax.BranchSyntax(value: parts[0], condition: parts[1])
  }

  mutating func latexOperand(_ command: String) throws(LanguageError) -> FormulaSyntax {
    let start = advance().range
    switch command {
    case "frac":
      let above = try braced(of: "\\frac")
      let below = try braced(of: "\\frac")
      return try node(
        .product([
          FormulaSyntax.Factor(operation: .multiply, operand: above),
          FormulaSyntax.Factor(operation: .divide, operand: below),
        ]), from: start)
    case "sqrt":
      var degree: FormulaSyntax?
      if take("[") {
        degree = try formula()
        try expect("]", "after the degree of the root")
      }
      let inner = try braced(of: "\\sqrt")
      guard let degree else { return try node(.call(.squareRoot, [inner]), from: start) }
      return try node(.call(.root, [inner, degree]), from: start)
    default:
      return try latexSum(from: start)
    }
  }

  private mutating func braced(of command: String) throws(LanguageError) -> FormulaSyntax {
    if case .number(let digits) = next.kind, digits.count == 1 { return try operand() }
    guard next.isSymbol("{") else {
      throw LanguageError("expected '{' after \(command), found \(next.quoted)", at: next.range)
    }
    return try group()
  }

  /// `\sum_{k=1}^{K} body`; the body is the product that follows.
  private mutating func latexSum(from start: SourceRange) throws(LanguageError) -> FormulaSyntax {
    try expect("_", "and the bounds after \\sum")
    try expect("{", "and the lower bound after \\sum_")
    let index = try name("the index of the sum")
    try expect("=", "after the index of the sum")
    let lower = try formula()
    try expect("}", "after the lower bound of the sum")
    try expect("^", "and the upper bound of the sum")
    let upper = next.isSymbol("{") ? try group() : try operand()
    let isNew = declared.insert(index.text).inserted
    defer { if isNew { declared.remove(index.text) } }
    let body = try nested { (parser) throws(LanguageError) in try parser.product() }
    return try node(
      .finiteSum(index: index.text, lower: lower, upper: upper, body: body), from: start)
  }

  /// `\begin{bmatrix} … \end{bmatrix}` and `\begin{cases} … \end{cases}`.
  mutating func latexEnvironment(_ name: String) throws(LanguageError) -> FormulaSyntax {
    let start = advance().range
    let bars = openBars
    openBars = 0
    defer { openBars = bars }
    let isMatrix = ["bmatrix", "pmatrix", "matrix", "array", "smallmatrix"].contains(name)
    guard isMatrix || name == "cases" else {
      throw LanguageError("unknown environment '\(name)'", at: start)
    }
    var rows: [[FormulaSyntax]] = []
    var branches: [FormulaSyntax.BranchSyntax] = []
    repeat {
      if case .end = next.kind { break }
      if isMatrix {
        var row = [try formula()]
        while take("&") { row.append(try formula()) }
        rows.append(row)
      } else {
        branches.append(try casesRow())
      }
    } while take("\\\\")
    guard case .end(name) = next.kind else {
      throw LanguageError("expected '\\end{\(name)}', found \(next.quoted)", at: next.range)
    }
    advance()
    if !isMatrix { return try node(.piecewise(branches), from: start) }
    guard let width = rows.first?.count, rows.allSatisfy({ $0.count == width }) else {
      throw LanguageError(
        "the rows of the matrix must have equally many entries",
        at: start.joined(to: previousRange))
    }
    if width > 1, rows.count > 1 { return try node(.matrix(rows), from: start) }
    let entries = rows.flatMap { $0 }
    return entries.count == 1 ? entries[0] : try node(.tuple(entries), from: start)
  }

  private mutating func casesRow() throws(LanguageError) -> FormulaSyntax.BranchSyntax {
    let value = try formula()
    _ = take(",")
    guard take("&") else {
      throw LanguageError("expected '&' and a condition, found \(next.quoted)", at: next.range)
    }
    if takeName("otherwise") || takeName("else") {
      return FormulaSyntax.BranchSyntax(value: value, condition: nil)
    }
    if !takeName("if") { _ = takeName("for") }
    let condition = try condition()
    return FormulaSyntax.BranchSyntax(value: value, condition: condition)
  }
}
