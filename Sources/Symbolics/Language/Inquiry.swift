import Exact

/// What a problem asks and claims, checked against its map.
struct Inquiry {
  let problem: ProblemElaborator
  let domain: Region
  /// The last definition; nil when it has an error.
  let output: Definition?

  init(_ problem: ProblemElaborator, over domain: Region) {
    self.problem = problem
    self.domain = domain
    output = problem.isMapComplete ? problem.definitions.last : nil
  }

  /// The last definition; without it, what depends on it is not checked.
  private func known() throws(AlreadyReported) -> Definition {
    guard let output else { throw AlreadyReported() }
    return output
  }

  /// The coordinates of x, also where there is an error in the formulas.
  private func outputs() throws(AlreadyReported) -> [Symbol] {
    if let output { return output.coordinates }
    if problem.outlinedOutputs.isEmpty { throw AlreadyReported() }
    return problem.outlinedOutputs
  }

  /// Formulas in which only parameters and the given variables may occur.
  private func formulas(using variables: [Symbol]) -> FormulaElaborator {
    let elaborator = problem.formulas()
    let all = domain.coordinates + problem.definitions.flatMap(\.coordinates)
    for symbol in all where !variables.contains(symbol) {
      let reason =
        variables.isEmpty
        ? "it is a variable, and points are constant"
        : "the formula is one in \(variables.map(\.name).joined(separator: ", "))"
      elaborator.scope.forbid(symbol, because: reason)
    }
    for symbol in variables {
      elaborator.scope.add(symbol.name, .scalar(Expression(symbol)))
    }
    return elaborator
  }

  func question(_ syntax: QuestionSyntax, at range: SourceRange) throws(AlreadyReported)
    -> Question
  {
    switch syntax {
    case .proveInvertible: return .proveInvertible
    case .inverse: return .inverse
    case .jacobian: return .jacobian
    case .density(let points):
      try needsBase("a density", at: range)
      var result: [[Expression]] = []
      for point in points {
        result.append(try self.point(point, in: known().codomain, named: [known().name]))
      }
      return .density(at: result)
    case .push(let point):
      return .push(try self.point(point, in: domain, named: problem.inputNames))
    case .sample(let count):
      try needsBase("sampling", at: range)
      return .sample(count: count)
    }
  }

  func claim(_ syntax: ClaimSyntax, at range: SourceRange) throws(AlreadyReported) -> Claim {
    let elaborator = try claimElaborator(syntax, at: range)
    let statement = try statement(syntax, elaborator)
    return Claim(
      statement, source: problem.source.squashed(range), obligations: elaborator.obligations,
      decimals: syntax.decimals)
  }

  /// An elaborator for the formula of a claim, with the variables that may occur in it.
  private func claimElaborator(_ syntax: ClaimSyntax, at range: SourceRange)
    throws(AlreadyReported) -> FormulaElaborator
  {
    switch syntax {
    case .invertible: return formulas(using: [])
    case .inverse: return formulas(using: try outputs())
    case .densityAt:
      try needsBase("a density", at: range)
      return formulas(using: [])
    case .density:
      try needsBase("a density", at: range)
      return formulas(using: try outputs())
    case .logAbsDet, .determinant: return formulas(using: domain.coordinates)
    }
  }

  private func statement(_ syntax: ClaimSyntax, _ elaborator: FormulaElaborator)
    throws(AlreadyReported) -> Claim.Statement
  {
    switch syntax {
    case .invertible(let value): return .invertible(value)
    case .inverse(let formula):
      let entries = try problem.vector(formula, elaborator)
      guard entries.count == domain.dimension else {
        throw problem.failure(
          "the inverse has \(domain.dimension) coordinates, not \(entries.count)",
          at: formula.range)
      }
      return .inverse(entries)
    case .densityAt(let point, let value):
      return .density(
        at: try self.point(point, in: known().codomain, named: [known().name]),
        equals: try constant(value, elaborator))
    case .density(let formula): return .densityFormula(try elaborator.scalar(formula))
    case .logAbsDet(let formula): return .logAbsDet(try elaborator.scalar(formula))
    case .determinant(let formula): return .determinant(try elaborator.scalar(formula))
    }
  }

  private func needsBase(_ what: String, at range: SourceRange) throws(AlreadyReported) {
    if problem.hasBase { return }
    throw problem.failure(
      "\(what) needs a base distribution", hint: "write z ~ normal(0, 1), or z ~ uniform(…)",
      at: range)
  }

  /// A point with constant coordinates, one for each of `space`, whose variable has one of `names`.
  private func point(_ point: PointSyntax, in space: Region, named names: [String])
    throws(AlreadyReported) -> [Expression]
  {
    let allowed = names + space.coordinates.map(\.name) + space.coordinates.map(\.stem)
    if let name = point.name, !allowed.contains(name.text) {
      let expected = space.dimension == 1 ? space.coordinates[0].name : space.coordinates[0].stem
      throw problem.failure(
        "the point is one of \(expected), not of '\(name.text)'", hint: "write \(expected) = …",
        at: name.range)
    }
    let syntax = point.formula
    let elaborator = formulas(using: [])
    let entries = try problem.vector(syntax, elaborator)
    guard entries.count == space.dimension else {
      let names = space.coordinates.map(\.name).joined(separator: ", ")
      throw problem.failure(
        "the point has \(entries.count) coordinate\(entries.count == 1 ? "" : "s"), "
          + "but \(space.dimension) are needed: \(names)", at: syntax.range)
    }
    try elaborator.checkDefined(at: syntax.range)
    return entries
  }

  private func constant(_ syntax: FormulaSyntax, _ elaborator: FormulaElaborator)
    throws(AlreadyReported) -> Expression
  {
    let value = try elaborator.scalar(syntax)
    try elaborator.checkDefined(at: syntax.range)
    return value
  }

  /// The base distribution, from one statement for z or one for each coordinate.
  func base(_ statements: [(target: TargetSyntax, distribution: DistributionSyntax)])
    throws(AlreadyReported) -> BaseDistribution?
  {
    guard let first = statements.first else { return nil }
    let names = first.target.names.map(\.text)
    let coordinates = domain.coordinates.map(\.name)
    let isWhole = names == problem.inputNames || names == coordinates || names == commonStem
    if isWhole {
      if let second = statements.dropFirst().first {
        throw problem.failure("a second base distribution", at: second.target.range)
      }
      return try Distributions(formulas(using: []), dimension: domain.dimension, problem: problem)
        .distribution(first.distribution)
    }
    var parts: [String: BaseDistribution] = [:]
    for (target, syntax) in statements {
      let name = target.names[0].text
      guard !target.isTuple, coordinates.contains(name) else {
        throw problem.failure(
          "'\(problem.source[target.range])' is not the variable of the domain",
          hint: Spelling.nearest(to: name, among: problem.inputNames + coordinates)
            .map { "did you mean '\($0)'?" }, at: target.range)
      }
      if parts[name] != nil {
        throw problem.failure("a second distribution of '\(name)'", at: target.range)
      }
      parts[name] = try Distributions(formulas(using: []), dimension: 1, problem: problem)
        .distribution(syntax)
    }
    if let missing = coordinates.first(where: { parts[$0] == nil }) {
      throw problem.failure(
        "no distribution is given for '\(missing)'", at: first.target.range)
    }
    return .independent(coordinates.map { parts[$0]! })
  }

  private var commonStem: [String] {
    let stem = domain.coordinates[0].stem
    let isCommon = domain.coordinates.allSatisfy { $0.stem == stem }
    return isCommon ? [stem] : []
  }
}

extension FormulaElaborator {
  /// Reports a constant that is plainly undefined, such as 1/0.
  func checkDefined(at range: SourceRange) throws(AlreadyReported) {
    for obligation in obligations where obligation.predicate?.folded == .never {
      throw failure("'\(obligation.source)' is not defined", at: range)
    }
  }
}
