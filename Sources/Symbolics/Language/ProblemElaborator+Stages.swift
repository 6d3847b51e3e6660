import Exact

/// One `h = (…)` of a problem.
struct Definition {
  let name: String
  let coordinates: [Symbol]
  var formulas: [Expression]
  /// The formulas as written, or as text where they were not written one by one.
  var sources: [String]
  var codomain: Region
  var isStated: Bool
  var obligations: [Obligation]
  let range: SourceRange
}

/// The map: definitions, and the stack of stages that they make.
extension ProblemElaborator {
  func define(
    _ target: TargetSyntax, _ body: FormulaSyntax, in codomain: DomainSyntax?, isLatex: Bool
  ) throws(AlreadyReported) {
    outlinedOutputs = []
    do throws(AlreadyReported) {
      let elaborator = formulas()
      let formulas = try vector(body, elaborator)
      let symbols = try coordinates(of: target, count: formulas.count, at: body.range)
      outlinedOutputs = symbols
      try addVariable(target, symbols)
      places.map = SourcePlace(target.range.joined(to: body.range), in: source)
      definitions.append(
        Definition(
          name: target.names[0].text, coordinates: symbols, formulas: formulas,
          sources: sources(of: body, formulas, isLatex: isLatex), codomain: .space(symbols),
          isStated: false, obligations: elaborator.obligations, range: target.range))
    } catch {
      for name in target.names { scope.markUnusable(name.text) }
      try outline(target, body, in: codomain ?? signature?.codomain)
      throw error
    }
    if let syntax = codomain ?? signature?.codomain {
      try state(syntax, for: definitions.count - 1)
    }
  }

  /// What is plain of a definition with an error inside: how many formulas were written, and so the
  /// names of its coordinates, which claims are checked against.
  private func outline(_ target: TargetSyntax, _ body: FormulaSyntax, in set: DomainSyntax?)
    throws(AlreadyReported)
  {
    guard outlinedOutputs.isEmpty, case .tuple(let items) = body.kind else { return }
    outlinedOutputs = try coordinates(of: target, count: items.count, at: body.range)
    if let set {
      try checkDimension(of: set, formulas: items.count, named: target.names[0].text)
    }
  }

  private func checkDimension(of set: DomainSyntax, formulas count: Int, named name: String)
    throws(AlreadyReported)
  {
    let dimension = set.set.dimension
    if dimension == count { return }
    throw failure(
      "'\(name)' has \(count) formula\(count == 1 ? "" : "s"), but its set has "
        + "dimension \(dimension)", at: set.set.range)
  }

  /// The coordinates of the vector (or the one number) that `body` is.
  func vector(_ body: FormulaSyntax, _ elaborator: FormulaElaborator) throws(AlreadyReported)
    -> [Expression]
  {
    let value = try elaborator.value(of: body).simplest
    if case .matrix = value {
      throw failure("expected a vector, found \(value.kind)", at: body.range)
    }
    for entry in value.entries { try elaborator.checkSize(entry, at: body.range) }
    return value.entries
  }

  private func sources(of body: FormulaSyntax, _ formulas: [Expression], isLatex: Bool)
    -> [String]
  {
    if isLatex { return formulas.map(\.text) }
    if case .tuple(let items) = body.kind { return items.map { source.squashed($0.range) } }
    return formulas.count == 1 ? [source.squashed(body.range)] : formulas.map(\.text)
  }

  /// Notes the codomain of a definition.
  func state(_ syntax: DomainSyntax, for position: Int) throws(AlreadyReported) {
    let definition = definitions[position]
    try checkDimension(
      of: syntax, formulas: definition.coordinates.count, named: definition.name)
    let outer = scope
    defer { scope = outer }
    for variable in (domain?.coordinates ?? []) + definitions[..<position].flatMap(\.coordinates) {
      scope.forbid(variable, because: "a codomain depends on parameters only")
    }
    definitions[position].codomain = try region(
      syntax, definition.coordinates, obligations: &definitions[position].obligations)
    definitions[position].isStated = true
  }

  /// The stages: a definition stays a stage of its own when all that comes after it is a function
  /// of its outputs; otherwise it is substituted into its successor.
  func stack(over domain: Region) throws(AlreadyReported) -> [Stage] {
    warnOfUnused()
    var stages: [Stage] = []
    var current = definitions[definitions.count - 1]
    for position in definitions.indices.dropLast().reversed() {
      let before = definitions[position]
      let older = domain.coordinates + definitions[..<position].flatMap(\.coordinates)
      if !current.uses(before.coordinates) { continue }
      if current.uses(older) {
        current = try inlining(before, into: current)
      } else {
        stages.insert(current.stage(from: before.coordinates), at: 0)
        current = before
      }
    }
    stages.insert(current.stage(from: domain.coordinates), at: 0)
    stages[0].obligations = domainObligations + stages[0].obligations
    try checkComposition(stages)
    return stages
  }

  private func inlining(_ before: Definition, into current: Definition) throws(AlreadyReported)
    -> Definition
  {
    let values = Dictionary(
      uniqueKeysWithValues: zip(before.coordinates, before.formulas))
    var result = current
    result.formulas = current.formulas.map { $0.substituting(values) }
    result.sources = result.formulas.map(\.text)
    result.obligations = before.obligations
    if before.isStated {
      guard before.codomain.isProduct else {
        throw failure(
          "the set of '\(before.name)' has a where condition, but '\(current.name)' also uses "
            + "older variables", hint: "leave out the set of '\(before.name)'", at: before.range)
      }
      for (formula, interval) in zip(before.formulas, before.codomain.intervals)
      where !interval.isReals {
        result.obligations.append(
          Obligation(formula, .within(interval), source: "\(before.name) in \(interval.text)"))
      }
    }
    result.obligations += current.obligations.map { $0.substituting(values) }
    for formula in result.formulas { try formulas().checkSize(formula, at: current.range) }
    return result
  }

  private func warnOfUnused() {
    for (position, definition) in definitions.enumerated().dropLast()
    where !definitions[(position + 1)...].contains(where: { $0.uses(definition.coordinates) }) {
      log.warn("'\(definition.name)' is not used", at: definition.range)
    }
  }

  /// Substituting all stages into one another must stay within the limits.
  private func checkComposition(_ stages: [Stage]) throws(AlreadyReported) {
    var values: [Symbol: Expression] = [:]
    for stage in stages {
      let composed = stage.formulas.map { $0.substituting(values) }
      for formula in composed {
        try formulas().checkSize(formula, at: definitions[definitions.count - 1].range)
      }
      values = Dictionary(uniqueKeysWithValues: zip(stage.outputs, composed))
    }
  }
}

extension Definition {
  /// Whether the formulas, or what they need, mention any of `symbols`.
  fileprivate func uses(_ symbols: [Symbol]) -> Bool {
    formulas.contains { $0.containsAny(of: symbols) }
      || obligations.contains { obligation in
        obligation.subject.containsAny(of: symbols)
          || obligation.guardCondition.expressions.contains { $0.containsAny(of: symbols) }
      }
  }

  fileprivate func stage(from inputs: [Symbol]) -> Stage {
    Stage(
      inputs: inputs, formulas: formulas, source: sources, codomain: codomain,
      isCodomainStated: isStated, obligations: obligations)
  }
}
