import Certificates
import Symbolics

/// A nonlinear function of one affine combination s = w·z + c of the unknowns, as in planar flows
/// (Rezende and Mohamed 2015): with s as an unknown and w·x as an output the map may be triangular.
struct RidgeStrategy: Strategy {
  let name = "linear change of variables"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare, context.inputs.count > 1, context.problem.stages.count == 1,
      context.domain.isWholeSpace, context.codomain.isWholeSpace
    else { return .stopped("it is for maps of R^n, n > 1, of one stage") }
    guard context.facts.isEmpty else { return .stopped("it knows of no conditions on parameters") }
    let ridges = Ridge.candidates(in: context)
    guard !ridges.isEmpty else { return .stopped("no function of an affine combination occurs") }
    for ridge in ridges {
      guard let stages = ridge.stages(context) else { continue }
      var stacked = context.problem
      stacked.stages = stages
      guard case .settled(var verdict) = StackProof.verdict(ProofContext(stacked)),
        case .stages(let parts)? = verdict.certificate,
        verdict.stages[1].verdict.certificate?.steps.isEmpty == false
      else { continue }
      verdict.strategy = name
      verdict.certificate = .factored(FactorEvidence(stages: stages, parts: parts))
      return .settled(verdict)
    }
    return .stopped("the map is not triangular in such a combination")
  }
}

/// s = w·z + c, the argument of a function in the formulas.
struct Ridge {
  let argument: Expression
  /// w
  let weights: [Expression]
  /// The unknown that s replaces; its weight is not 0.
  let replaced: Int

  static func candidates(in context: ProofContext) -> [Ridge] {
    var arguments: [Expression] = []
    func visit(_ part: Expression) {
      guard part.containsAny(of: context.inputs) else { return }
      if case .call(_, let inner) = part.form, inner.count == 1, !arguments.contains(inner[0]) {
        arguments.append(inner[0])
      }
      if case .power(let base, _) = part.form, !arguments.contains(base) { arguments.append(base) }
      part.form.children.forEach(visit)
    }
    context.formulas.forEach(visit)
    return arguments.compactMap { Ridge($0, context) }
  }

  private init?(_ argument: Expression, _ context: ProofContext) {
    let known = context.parameterAssumptions
    let weights = context.inputs.map { argument.derivative(by: $0).simplified(under: known) }
    guard !weights.contains(where: { $0.containsAny(of: context.inputs) }),
      weights.count(where: { !$0.isZero }) > 1,
      let replaced = weights.firstIndex(where: { known.signs(of: $0).isNonzero })
    else { return nil }
    self.argument = argument
    self.weights = weights
    self.replaced = replaced
  }

  /// z ↦ (s, the other z), the map between these and (w·x, the other x), and back to x.
  func stages(_ context: ProofContext) -> [Stage]? {
    let z = context.inputs.map { Expression($0) }
    let t = context.inputs.indices.map { Symbol("t\($0 + 1)") }
    let y = context.inputs.indices.map { Symbol("y\($0 + 1)") }
    guard
      !(context.inputs + context.outputs + context.problem.parameters.map(\.symbol))
        .contains(where: (t + y).contains)
    else { return nil }
    var forward = z
    forward[replaced] = argument
    let offset = argument - combination(z)
    var back = t.map { Expression($0) }
    back[replaced] = solved(Expression(t[replaced]) - offset, others: t)
    let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, back))
    var middle = context.formulas
    middle[replaced] = combination(context.formulas)
    let known = context.parameterAssumptions
    middle = middle.map { $0.substituting(values).simplified(under: known) }
    var last = y.map { Expression($0) }
    last[replaced] = solved(Expression(y[replaced]), others: y)
    return [
      Stage(inputs: context.inputs, formulas: forward, codomain: .space(t)),
      Stage(inputs: t, formulas: middle, codomain: .space(y)),
      Stage(inputs: y, formulas: last, codomain: context.codomain),
    ]
  }

  /// w·v
  private func combination(_ v: [Expression]) -> Expression {
    .sum(zip(weights, v).map { $0 * $1 })
  }

  /// The replaced coordinate, given the combination and the other coordinates.
  private func solved(_ value: Expression, others: [Symbol]) -> Expression {
    let rest = weights.indices.filter { $0 != replaced }.map {
      weights[$0] * Expression(others[$0])
    }
    return (value - .sum(rest)) / weights[replaced]
  }
}
