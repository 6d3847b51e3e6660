package import Certificates
package import Evaluation
package import Symbolics

/// How f⁻¹ is computed, stage by stage from the last to the first, each unknown by a formula or as the
/// root of a monotone formula.
package struct InversePlan: Sendable {
  /// One stage: from its outputs to its inputs.
  package struct Stage: Sendable {
    /// What is known.
    package let outputs: [Symbol]
    /// What is wanted, in the order of the inputs.
    package let variables: [Symbol]
    /// How to find one unknown after the other.
    package let steps: [TriangularInverse.Step]
  }

  package let stages: [Stage]

  /// nil when the verdict has neither an inverse nor evidence that determines every unknown.
  package init?(_ problem: Problem, _ verdict: Verdict) {
    if let inverse = verdict.inverse {
      let steps = zip(problem.inputs, inverse).map {
        TriangularInverse.Step.closedForm(variable: $0, formula: $1)
      }
      stages = [Stage(outputs: problem.outputs, variables: problem.inputs, steps: steps)]
    } else if let steps = verdict.certificate?.eliminationSteps.flatMap(Self.steps(from:)) {
      stages = [Stage(outputs: problem.outputs, variables: problem.inputs, steps: steps)]
    } else {
      var found: [Stage] = []
      for entry in verdict.stages.reversed() {
        guard let plan = InversePlan(entry.stage, entry.verdict) else { return nil }
        found += plan.stages
      }
      guard !found.isEmpty else { return nil }
      stages = found
    }
  }

  /// The steps in an order in which each uses only what is known: a solution that was put into the
  /// other equations waits until these are solved.
  private static func steps(from evidence: [EliminationStep]) -> [TriangularInverse.Step]? {
    var direct: [TriangularInverse.Step] = []
    var waiting: [TriangularInverse.Step] = []
    for step in evidence {
      guard let next = self.step(from: step) else { return nil }
      if step.isSubstituted, step.solution == nil {
        waiting.append(next)
      } else {
        direct.append(next)
      }
    }
    return direct + waiting.reversed()
  }

  private static func step(from evidence: EliminationStep) -> TriangularInverse.Step? {
    if let solution = evidence.solution {
      return .closedForm(variable: evidence.variable, formula: solution)
    }
    if let inverse = evidence.map.inverse {
      let output = Expression(evidence.output)
      return .closedForm(
        variable: evidence.variable, formula: inverse.substituting(evidence.map.value, by: output))
    }
    guard let image = evidence.map.image else { return nil }
    return .monotone(
      variable: evidence.variable, formula: evidence.map.formula,
      derivative: evidence.map.formula.derivative(by: evidence.variable),
      domain: evidence.map.domain, image: image,
      isIncreasing: evidence.map.direction.map { $0 == .increasing }, output: evidence.output)
  }
}

extension Certificate {
  /// The steps that determine one unknown after the other, if the evidence has them.
  var eliminationSteps: [EliminationStep]? {
    switch self {
    case .inverse(let evidence): evidence.derivation.isEmpty ? nil : evidence.derivation
    case .triangular(let evidence): evidence.steps
    case .condition(_, let ifTrue, _): ifTrue.eliminationSteps
    case .both(let parts): parts.lazy.compactMap(\.eliminationSteps).first
    default: nil
    }
  }
}
