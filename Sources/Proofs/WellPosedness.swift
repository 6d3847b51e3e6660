import Certificates
import Symbolics

/// The first obligation: every formula is defined on the whole domain, and f maps it into the
/// codomain, each stage into the set stated for it.
enum WellPosedness {
  enum Outcome {
    case holds
    case violated(IllPosedEvidence)
    case unknown(String)
  }

  static func check(_ context: ProofContext) -> Outcome {
    let facts = Predicate.all(context.facts)
    switch Definedness.check(
      context.problem.composedObligations, over: context.domain,
      parameters: context.problem.parameters, facts: facts)
    {
    case .violated(let witness, let obligation):
      return .violated(
        IllPosedEvidence(
          witness: witness.point, parameters: witness.parameters,
          violated: obligation.condition ?? .never, cause: .operation(obligation.source),
          suggestion: Remedy(context)?.text))
    case .unknown(let obligation):
      return .unknown("\(obligation.source) is not shown to be defined on the whole domain")
    case .holds: break
    }
    return checkSets(context)
  }

  /// f(X) ⊂ Y, and the values of inner stages lie in the sets stated for them.
  private static func checkSets(_ context: ProofContext) -> Outcome {
    for stated in context.problem.statedSets {
      let set = stated.region
      switch Inclusion.check(
        stated.formulas, from: context.domain, into: set, under: context.parameterAssumptions)
      {
      case .holds: continue
      case .violated(let witness):
        return .violated(
          IllPosedEvidence(
            witness: witness.point, parameters: witness.parameters,
            violated: set.membership(of: set.coordinates.map { Expression($0) }),
            cause: .values(stage: stated.stage), suggestion: Remedy(context)?.text))
      case .unknown(let part):
        return .unknown("the values are not shown to lie in \(set.text): \(part.text)")
      }
    }
    return .holds
  }
}
