import Exact

/// Checks the statements of one problem and builds it.
///
/// Declarations and formulas are checked in the order of the text; the base distribution, questions
/// and claims after them, wherever they stand.
final class ProblemElaborator {
  let source: SourceText
  let log: DiagnosticLog
  let name: String
  let start: SourceRange
  let dialect: Parser.Dialect

  var scope = Scope()
  var parameters: [Parameter] = []
  var domain: Region?
  /// The names of the domain's variables, `z` of `z in R^3`.
  var inputNames: [String] = []
  /// What the ends of the domain's intervals need.
  var domainObligations: [Obligation] = []
  var signature: (domain: DomainSyntax, codomain: DomainSyntax)?
  var definitions: [Definition] = []
  /// The coordinates of the last definition, also of one with an error if they are plain.
  var outlinedOutputs: [Symbol] = []
  var places = ProblemPlaces()
  private var bases: [(target: TargetSyntax, distribution: DistributionSyntax)] = []
  private var questions: [(syntax: QuestionSyntax, range: SourceRange)] = []
  private var claims: [(syntax: ClaimSyntax, range: SourceRange)] = []

  init(
    name: String, at start: SourceRange, in source: SourceText, log: DiagnosticLog,
    dialect: Parser.Dialect
  ) {
    self.name = name
    self.start = start
    self.source = source
    self.log = log
    self.dialect = dialect
  }

  var hasBase: Bool { !bases.isEmpty }
  /// Whether every definition of the map could be read.
  private(set) var isMapComplete = true

  /// An elaborator for formulas at the present place.
  func formulas() -> FormulaElaborator { FormulaElaborator(source, log: log, scope: scope) }

  func failure(_ message: String, hint: String? = nil, at range: SourceRange) -> AlreadyReported {
    log.error(message, hint: hint, at: range)
    return AlreadyReported()
  }

  /// The problem that `statements` describe, or nil when an error was reported.
  func problem(_ statements: [StatementSyntax]) -> Problem? {
    reportMissing(in: statements)
    scope.laterNames = statements.reduce(into: []) { $0.formUnion($1.declaredNames) }
    for statement in statements {
      do throws(AlreadyReported) { try add(statement) } catch { noteFailure(of: statement) }
    }
    guard let domain else { return nil }
    let stages = definitions.isEmpty ? nil : try? stack(over: domain)
    let asked = Inquiry(self, over: domain)
    let base = try? asked.base(bases)
    let questions = self.questions.compactMap { try? asked.question($0.syntax, at: $0.range) }
    let claims = self.claims.compactMap { try? asked.claim($0.syntax, at: $0.range) }
    guard let stages, !log.hasErrors else { return nil }
    return Problem(
      name: name, parameters: parameters, domain: domain, stages: stages, base: base ?? nil,
      questions: questions, claims: claims, places: places)
  }

  private func noteFailure(of statement: StatementSyntax) {
    switch statement.kind {
    case .definition, .map: isMapComplete = false
    default: break
    }
  }

  /// Says what every problem needs and this one has not.
  private func reportMissing(in statements: [StatementSyntax]) {
    var hasDomain = false
    var hasMap = false
    for statement in statements {
      switch statement.kind {
      case .unreadable(_, let isQuestion) where !isQuestion: return
      case .membership, .signature: hasDomain = true
      case .definition, .map: hasMap = true
      default: break
      }
    }
    if !hasMap {
      log.error("the problem has no map", hint: "write x = (…) in R^n", at: start)
    }
    if !hasDomain {
      log.error("the problem has no domain", hint: "write z in R^n", at: start)
      // Without it every use of z would be an error of its own.
      for name in ["z", "x", "u"] { scope.markUnusable(name) }
    }
  }

  private func add(_ statement: StatementSyntax) throws(AlreadyReported) {
    switch statement.kind {
    case .problem: break
    case .parameters(let list, let areLearned):
      for syntax in list { try? addParameter(syntax, isLearned: areLearned) }
    case .membership(let target, let syntax): try addMembership(of: target, in: syntax)
    case .signature(_, let domain, let codomain):
      if self.domain != nil || signature != nil {
        throw failure("the domain has been given already", at: statement.range)
      }
      signature = (domain, codomain)
    case .definition(let target, let body, let codomain):
      try declareSignature(naming: nil)
      try define(target, body, in: codomain, isLatex: statement.isLatex)
    case .map(_, let argument, let body, let codomain):
      try declareSignature(naming: argument)
      try checkArgument(argument)
      let x = NameSyntax(text: "x", range: statement.range)
      try define(
        TargetSyntax(names: [x], isTuple: false, range: argument.range), body, in: codomain,
        isLatex: statement.isLatex)
    case .base(let target, let distribution):
      places.base = places.base ?? SourcePlace(distribution.range, in: source)
      bases.append((target, distribution))
    case .question(let syntax): questions.append((syntax, statement.range))
    case .claim(let syntax): claims.append((syntax, statement.range))
    case .unreadable(let names, let isQuestion):
      if !isQuestion { isMapComplete = false }
      for name in names { scope.markUnusable(name) }
    }
  }

  /// Reports a name that cannot be declared.
  func check(_ name: NameSyntax, as text: String? = nil) throws(AlreadyReported) {
    if let text, scope.contains(text) {
      throw failure(
        "'\(text)', an entry of '\(name.text)', is a name of the problem already", at: name.range)
    }
    let text = text ?? name.text
    if FunctionTable.constants.contains(text) {
      throw failure("'\(text)' is a constant and cannot be declared", at: name.range)
    }
    if FunctionTable.entries[text] != nil {
      throw failure("'\(text)' is a function and cannot be declared", at: name.range)
    }
    if scope.contains(text) {
      throw failure("'\(text)' is declared twice", at: name.range)
    }
  }
}
