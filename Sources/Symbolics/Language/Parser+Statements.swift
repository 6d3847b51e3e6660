/// Statements of a `.flow` file.
extension Parser {
  /// The words that begin statements.
  static let keywords = ["problem", "param", "learn"] + questions
  /// Those of statements that declare nothing.
  static let questions = [
    "prove", "inverse", "jacobian", "density", "push", "sample", "claim",
  ]

  mutating func statement() throws(LanguageError) -> StatementSyntax {
    let start = next.range
    let kind = try statementKind()
    try expectEnd(after: "the statement")
    return StatementSyntax(kind: kind, range: start.joined(to: previousRange), isLatex: isLatex)
  }

  private mutating func statementKind() throws(LanguageError) -> StatementSyntax.Kind {
    guard case .name(let word) = next.kind else {
      if next.isSymbol("(") { return try definition() }
      throw LanguageError(
        "expected a statement, found \(next.quoted)",
        hint: "statements are z in R^n, x = (…), z ~ normal(0, 1), prove invertible …",
        at: next.range)
    }
    let isAssigned = afterNext.isSymbol("=") || afterNext.isSymbol("~") || afterNext.isName("in")
    if !isAssigned {
      switch word {
      case "problem": return try problem()
      case "param", "parameter", "learn":
        advance()
        return .parameters(try parameters(), areLearned: word == "learn")
      case "prove", "inverse", "jacobian", "density", "push", "sample":
        return .question(try question(word))
      case "claim": return .claim(try claim())
      default: break
      }
      if afterNext.isSymbol(":") { return try signature() }
    }
    return try definition()
  }

  /// `problem NAME`: the rest of the statement is the name.
  private mutating func problem() throws(LanguageError) -> StatementSyntax.Kind {
    let keyword = advance().range
    guard !isAtEnd else {
      throw LanguageError("expected a name after 'problem'", at: keyword)
    }
    let start = next.range
    while !isAtEnd { advance() }
    let name = source.squashed(start.joined(to: previousRange))
    guard name.count <= 80 else {
      throw LanguageError("the name is longer than 80 characters", at: start)
    }
    return .problem(name: name)
  }

  /// `f : R^3 -> R^3`
  private mutating func signature() throws(LanguageError) -> StatementSyntax.Kind {
    let name = try name("the name of the map")
    try expect(":", "after the name of the map")
    let domain = try domain()
    try expect("->", "between domain and codomain")
    return .signature(name, domain, try self.domain())
  }

  /// Everything that begins with a name or a list of names: `z in …`, `x = …`, `z ~ …`, `f(z) = …`.
  private mutating func definition() throws(LanguageError) -> StatementSyntax.Kind {
    if case .name = next.kind, afterNext.isSymbol("(") {
      let map = try name("the name of the map")
      var argument = try target()
      if argument.names.count == 1 {
        argument = TargetSyntax(names: argument.names, isTuple: false, range: argument.range)
      }
      try expect("=", "and the formulas of the map")
      return .map(map, argument, try formula(), try codomain())
    }
    let target = try target()
    if take("=") { return .definition(target, try formula(), try codomain()) }
    if takeName("in") { return .membership(target, try domain()) }
    if take("~") { return .base(target, try distribution()) }
    let word = target.names[0]
    let suggestion = Spelling.nearest(to: word.text, among: Self.keywords)
    throw LanguageError(
      "expected '=', 'in' or '~' after '\(source[target.range])', found \(next.quoted)",
      hint: suggestion.map { "did you mean '\($0)'?" }, at: next.range)
  }

  private mutating func codomain() throws(LanguageError) -> DomainSyntax? {
    takeName("in") ? try domain() : nil
  }

  private mutating func target() throws(LanguageError) -> TargetSyntax {
    let start = next.range
    guard take("(") else {
      let name = try name("a name")
      return TargetSyntax(names: [name], isTuple: false, range: name.range)
    }
    var names = [try name("the name of a coordinate")]
    while take(",") { names.append(try name("the name of a coordinate")) }
    try expect(")", "or ',' after the names of the coordinates")
    return TargetSyntax(names: names, isTuple: true, range: start.joined(to: previousRange))
  }

  private mutating func parameters() throws(LanguageError) -> [ParameterSyntax] {
    var list = [try parameter()]
    while take(",") { list.append(try parameter()) }
    return list
  }

  /// `K : integer >= 1`, `s > 0`, `0 < s < 1`, `A in R^(2x2)`, `a`
  private mutating func parameter() throws(LanguageError) -> ParameterSyntax {
    var bounds: [(relation: Relation, value: FormulaSyntax)] = []
    if case .name = next.kind {
    } else {
      let value = try sum()
      guard let relation = nextRelation else {
        throw LanguageError("expected the name of a parameter", at: value.range)
      }
      advance()
      bounds.append((relation.mirrored, value))
    }
    let name = try name("the name of a parameter")
    let isInteger = take(":")
    if isInteger {
      guard next.isName("integer") || next.isName("int") else {
        throw LanguageError(
          "expected 'integer' after ':', found \(next.quoted)",
          hint: "write param \(name.text) : integer >= 1, or param \(name.text) > 0", at: next.range
        )
      }
      advance()
    }
    while let relation = nextRelation {
      advance()
      bounds.append((relation, try sum()))
    }
    let set = takeName("in") ? try self.set() : nil
    return ParameterSyntax(name: name, isInteger: isInteger, set: set, bounds: bounds)
  }

  private mutating func question(_ word: String) throws(LanguageError) -> QuestionSyntax {
    advance()
    switch word {
    case "prove":
      guard takeName("invertible") else {
        throw LanguageError(
          "expected 'invertible' after 'prove', found \(next.quoted)",
          hint: "write prove invertible", at: next.range)
      }
      return .proveInvertible
    case "inverse": return .inverse
    case "jacobian": return .jacobian
    case "push": return .push(try point())
    case "sample":
      guard case .number(let text) = next.kind, let count = Int(text), count >= 1,
        count <= LanguageLimits.sampleCount
      else {
        throw LanguageError(
          "expected the number of samples, 1 to \(LanguageLimits.sampleCount), found \(next.quoted)",
          at: next.range)
      }
      advance()
      return .sample(count: count)
    default:
      guard takeName("at") else { return .density(at: []) }
      var points = [try point()]
      while take(",") { points.append(try point()) }
      return .density(at: points)
    }
  }

  /// A point, with or without the name of the variable in front: `z = 0`.
  private mutating func point() throws(LanguageError) -> PointSyntax {
    var name: NameSyntax?
    if case .name(let text) = next.kind, afterNext.isSymbol("=") {
      name = NameSyntax(text: text, range: next.range)
      advance()
      advance()
    }
    return PointSyntax(name: name, formula: try formula())
  }

  private mutating func claim() throws(LanguageError) -> ClaimSyntax {
    advance()
    let word = next
    guard case .name(let text) = word.kind else {
      throw LanguageError("expected what is claimed, found \(word.quoted)", at: word.range)
    }
    advance()
    switch text {
    case "invertible": return .invertible(true)
    case "not" where next.isName("invertible"):
      advance()
      return .invertible(false)
    case "inverse": return .inverse(try claimedFormula())
    case "logdet": return .logAbsDet(try claimedFormula())
    case "det": return .determinant(try claimedFormula())
    case "density":
      guard takeName("at") else { return .density(try claimedFormula()) }
      let point = try claimedPoint()
      try expect("=", "and the claimed density")
      return .densityAt(point, equals: try formula())
    default:
      throw LanguageError(
        "cannot check a claim about '\(text)'",
        hint: "claims are: inverse (…), density at p = v, density = …, det …, logdet …, "
          + "invertible, not invertible", at: word.range)
    }
  }

  /// The point of `density at p = v`: in `at pi = 0` the name is the point, in `at x = 1 = 0` that of
  /// the variable.
  private mutating func claimedPoint() throws(LanguageError) -> PointSyntax {
    let start = self
    let named = try point()
    if named.name == nil || next.isSymbol("=") { return named }
    self = start
    return PointSyntax(name: nil, formula: try formula())
  }

  private mutating func claimedFormula() throws(LanguageError) -> FormulaSyntax {
    if case .name = next.kind, afterNext.isSymbol("=") { advance() }
    _ = take("=")
    return try formula()
  }

  /// `normal(0, sd: 2)`
  private mutating func distribution() throws(LanguageError) -> DistributionSyntax {
    let name = try name("a distribution")
    var arguments: [DistributionSyntax.Argument] = []
    if take("(") {
      let wantsSet = Distributions.boxNames.contains(name.text)
      repeat {
        arguments.append(try distributionArgument(wantsSet: wantsSet))
      } while take(",")
      try expect(")", "or ',' in the arguments of \(name.text)")
    }
    return DistributionSyntax(
      name: name, arguments: arguments, range: name.range.joined(to: previousRange))
  }

  private mutating func distributionArgument(wantsSet: Bool) throws(LanguageError)
    -> DistributionSyntax.Argument
  {
    let start = next.range
    var label: String?
    if case .name(let text) = next.kind, afterNext.isSymbol(":") {
      label = text
      advance()
      advance()
    }
    let value: DistributionSyntax.Value
    if next.isName("I"), !declared.contains("I") {
      advance()
      value = .identity
    } else if wantsSet, let set = setArgument() {
      value = .set(set)
    } else {
      value = .formula(try formula())
    }
    return .init(label: label, value: value, range: start.joined(to: previousRange))
  }

  /// A set, when the argument is one; nothing is read otherwise.
  private mutating func setArgument() -> SetSyntax? {
    let start = self
    if let set = try? set(), next.isSymbol(")") || next.isSymbol(",") { return set }
    self = start
    return nil
  }
}
