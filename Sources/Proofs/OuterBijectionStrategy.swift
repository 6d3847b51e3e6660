import Certificates
import Symbolics

/// x_i = g_i(u_i(z)) with an affine u whose determinant may be 0, depending on parameters, and bijections
/// g_i of the line, as in exp(A z + b): the stack of u and of g, which acts on each coordinate alone.
struct OuterBijectionStrategy: Strategy {
  let name = "outer bijections"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare, context.problem.stages.count == 1, context.domain.isWholeSpace else {
      return .stopped("it is for maps of R^n of one stage")
    }
    guard context.facts.isEmpty else { return .stopped("it knows of no conditions on parameters") }
    guard let stages = stages(context) else {
      return .stopped("the outputs are not functions of a conditional affine map")
    }
    var stacked = context.problem
    stacked.stages = stages
    guard case .settled(var verdict) = StackProof.verdict(ProofContext(stacked)),
      case .stages(let parts)? = verdict.certificate
    else { return .stopped("the affine form or a function of it is not settled") }
    verdict.strategy = name
    verdict.certificate = .factored(FactorEvidence(stages: stages, parts: parts))
    return .settled(verdict)
  }

  /// z ↦ u and u ↦ x, if the outermost operations leave affine formulas.
  private func stages(_ context: ProofContext) -> [Stage]? {
    let u = context.inputs.indices.map { Symbol("u\($0 + 1)") }
    let names = context.inputs + context.outputs + context.problem.parameters.map(\.symbol)
    guard !names.contains(where: u.contains) else { return nil }
    let layers = zip(context.formulas, u).map { OuterLayer($0, argument: $1, context.inputs) }
    let arguments = layers.map(\.argument)
    let known = context.parameterAssumptions
    guard layers.contains(where: \.isPeeled),
      let affine = AffineParts(of: arguments, in: context.inputs, under: context.assumptions)
    else { return nil }
    let signs = known.signs(of: affine.matrix.determinant(under: known))
    guard signs.contains(.zero), signs != .zero else { return nil }
    return [
      Stage(inputs: context.inputs, formulas: arguments, codomain: .space(u)),
      Stage(inputs: u, formulas: layers.map(\.function), codomain: context.codomain),
    ]
  }
}

/// A formula as a function of one part of it.
private struct OuterLayer {
  /// The part.
  private(set) var argument: Expression
  /// The formula with the symbol for the part in its place.
  private(set) var function: Expression

  var isPeeled: Bool { function.symbolValue == nil }

  /// Operations of one operand that depends on the variables are peeled off, one after the other, and
  /// constant terms and factors with them as long as more follows.
  init(_ formula: Expression, argument symbol: Symbol, _ variables: [Symbol]) {
    argument = formula
    function = Expression(symbol)
    var inner = formula
    while let operand = Self.operand(of: inner, variables) {
      if case .sum = inner.form {} else if case .product = inner.form {} else { argument = operand }
      inner = operand
    }
    function = formula.replacing(argument, by: Expression(symbol))
    if function.containsAny(of: variables) {
      argument = formula
      function = Expression(symbol)
    }
  }

  /// The only operand that depends on the variables.
  private static func operand(of formula: Expression, _ variables: [Symbol]) -> Expression? {
    switch formula.form {
    case .call, .power, .sum, .product: break
    default: return nil
    }
    let moving = formula.form.children.filter { $0.containsAny(of: variables) }
    return moving.count == 1 ? moving[0] : nil
  }
}
