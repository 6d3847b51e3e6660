/// Sets: `R^3`, `(0, 1) x R`, `[0, 2]^3 where z1 < z2`, `R \ {0, 2}`.
extension Parser {
  /// A set with an optional `where` condition.
  mutating func domain() throws(LanguageError) -> DomainSyntax {
    let start = next.range
    let set = try set()
    var condition: FormulaSyntax?
    if takeName("where") { condition = try self.condition() }
    return DomainSyntax(set: set, condition: condition, range: start.joined(to: previousRange))
  }

  /// A product of sets.
  mutating func set() throws(LanguageError) -> SetSyntax {
    let start = next.range
    var sets = [try nested { (parser) throws(LanguageError) in try parser.poweredSet() }]
    while next.isName("x") || next.isSymbol("×") || next.isSymbol("*") {
      advance()
      sets.append(try nested { (parser) throws(LanguageError) in try parser.poweredSet() })
    }
    if sets.count == 1 { return sets[0] }
    return try checked(SetSyntax(.product(sets), at: start.joined(to: previousRange)))
  }

  private func checked(_ set: SetSyntax) throws(LanguageError) -> SetSyntax {
    guard set.dimension <= LanguageLimits.parameters else {
      throw LanguageError(
        "the set has \(set.dimension) coordinates; at most \(LanguageLimits.dimension) are accepted",
        at: set.range)
    }
    return set
  }

  private mutating func poweredSet() throws(LanguageError) -> SetSyntax {
    let start = next.range
    let base = try plainSet()
    var result = base
    if next.isSymbol("^") {
      advance()
      let shape = try exponentOfSet()
      let range = start.joined(to: previousRange)
      result =
        if let columns = shape.columns {
          SetSyntax(.matrices(base, rows: shape.rows, columns: columns), at: range)
        } else {
          SetSyntax(.power(base, shape.rows), at: range)
        }
      result = try checked(result)
    }
    if take("\\") { result = try without(result, from: start) }
    return result
  }

  private mutating func without(_ set: SetSyntax, from start: SourceRange) throws(LanguageError)
    -> SetSyntax
  {
    try expect("{", "and the values to take out")
    let values = try bracketContents(closing: "}", of: "the values taken out")
    return SetSyntax(.without(set, values), at: start.joined(to: previousRange))
  }

  /// n, or (rows x columns); with or without brackets or braces. Without them, only a number after
  /// the x counts columns: R^2 x R is a product.
  private mutating func exponentOfSet() throws(LanguageError) -> (rows: Int, columns: Int?) {
    let closing = take("(") ? ")" : take("{") ? "}" : nil
    let rows = try size()
    var columns: Int?
    let isTimes = next.isSymbol("×") || next.isSymbol("*") || next.isName("x")
    if isTimes, closing != nil || isNumber(at: position + 1) {
      advance()
      columns = try size()
    } else if closing != nil, case .name(let text) = next.kind, text.hasPrefix("x"),
      let count = Int(text.dropFirst())
    {
      columns = try checkedSize(count, at: advance().range)
    }
    if let closing { try expect(closing, "after the dimension") }
    return (rows, columns)
  }

  private func isNumber(at place: Int) -> Bool {
    guard place < tokens.count, case .number = tokens[place].kind else { return false }
    return true
  }

  private mutating func size() throws(LanguageError) -> Int {
    guard case .number(let text) = next.kind, text.allSatisfy(\.isNumber) else {
      throw LanguageError(
        "expected a whole number as the dimension, found \(next.quoted)",
        hint: "dimensions are numbers, as in R^3", at: next.range)
    }
    return try checkedSize(Int(text) ?? .max, at: advance().range)
  }

  private func checkedSize(_ count: Int, at range: SourceRange) throws(LanguageError) -> Int {
    guard (1...LanguageLimits.dimension).contains(count) else {
      throw LanguageError(
        "a dimension must lie between 1 and \(LanguageLimits.dimension)", at: range)
    }
    return count
  }

  private mutating func plainSet() throws(LanguageError) -> SetSyntax {
    let start = next
    switch start.kind {
    case .name("R"):
      advance()
      return SetSyntax(.reals, at: start.range)
    case .symbol("("):
      if holdsComma() { return try interval() }
      advance()
      let inner = try set()
      try expect(")", "after the set")
      return SetSyntax(inner.kind, at: start.range.joined(to: previousRange))
    case .symbol("["):
      return try interval()
    default:
      throw LanguageError(
        "expected a set, found \(start.quoted)",
        hint: "sets are R, R^n, intervals such as (0, 1] and their products, [0, 2]^3 x R",
        at: start.range)
    }
  }

  /// Whether the bracket that opens here has a comma of its own: an interval, not a group.
  private mutating func holdsComma() -> Bool {
    let brackets = bracketsWithComma ?? Self.bracketsWithComma(in: tokens)
    bracketsWithComma = brackets
    return brackets.contains(tokens[position].range)
  }

  /// Where the brackets open that have a comma of their own.
  private static func bracketsWithComma(in tokens: [Token]) -> Set<SourceRange> {
    var open: [SourceRange] = []
    var result: Set<SourceRange> = []
    for token in tokens {
      switch token.kind {
      case .symbol("("), .symbol("["), .symbol("{"): open.append(token.range)
      case .symbol(")"), .symbol("]"), .symbol("}"): _ = open.popLast()
      case .symbol(","): if let bracket = open.last { result.insert(bracket) }
      default: break
      }
    }
    return result
  }

  /// (a, b), [a, b), (a, b] or [a, b]
  private mutating func interval() throws(LanguageError) -> SetSyntax {
    let start = advance()
    let lower = try sum()
    try expect(",", "between the ends of the interval")
    let upper = try sum()
    guard next.isSymbol(")") || next.isSymbol("]") else {
      throw LanguageError(
        "expected ')' or ']' to close the interval, found \(next.quoted)",
        hint: next.isSymbol(",") ? "a vector of numbers is not a set" : nil, at: next.range)
    }
    let end = advance()
    return SetSyntax(
      .interval(
        lower: lower, upper: upper, isLowerClosed: start.isSymbol("["),
        isUpperClosed: end.isSymbol("]")), at: start.range.joined(to: end.range))
  }
}
