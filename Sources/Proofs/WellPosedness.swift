import Certificates
import Symbolics

/// The first obligation: every formula is defined on the whole domain, and f maps it into the
/// codomain.
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
          violated: obligation.predicate ?? .never, source: obligation.source,
          suggestion: suggestion(obligation)))
    case .unknown(let obligation):
      return .unknown("\(obligation.source) is not shown to be defined on the whole domain")
    case .holds: break
    }
    return checkCodomain(context)
  }

  /// f(X) ⊂ Y
  private static func checkCodomain(_ context: ProofContext) -> Outcome {
    switch Inclusion.check(
      context.formulas, from: context.domain, into: context.codomain,
      under: context.parameterAssumptions)
    {
    case .holds: return .holds
    case .violated(let witness):
      let membership = context.codomain.membership(of: context.outputs.map { Expression($0) })
      return .violated(
        IllPosedEvidence(
          witness: witness.point, parameters: witness.parameters, violated: membership,
          source: "codomain", suggestion: "a codomain that holds every value of f"))
    case .unknown(let part):
      return .unknown("the values are not shown to lie in the codomain: \(part.text)")
    }
  }

  private static func suggestion(_ obligation: Obligation) -> String? {
    obligation.predicate.map { "a domain where \($0.text)" }
  }
}
