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
    switch Definedness.check(
      context.problem.composedObligations, over: context.domain,
      under: context.parameterAssumptions)
    {
    case .violated(let witness, let obligation):
      return .violated(
        IllPosedEvidence(
          witness: witness, violated: obligation.predicate ?? .always, source: obligation.source,
          suggestion: suggestion(obligation)))
    case .unknown(let obligation):
      return .unknown("\(obligation.source) is not shown to be defined on the whole domain")
    case .holds: break
    }
    return checkCodomain(context)
  }

  /// f(X) ⊂ Y
  private static func checkCodomain(_ context: ProofContext) -> Outcome {
    switch Definedness.maps(
      context.formulas, from: context.domain, into: context.codomain,
      under: context.parameterAssumptions)
    {
    case .holds: return .holds
    case .violated(let witness):
      let membership = context.codomain.membership(of: context.outputs.map { Expression($0) })
      return .violated(
        IllPosedEvidence(
          witness: witness, violated: membership, source: "codomain",
          suggestion: "a codomain that holds every value of f"))
    case .unknown: return .unknown("the values are not shown to lie in the codomain")
    }
  }

  private static func suggestion(_ obligation: Obligation) -> String? {
    obligation.predicate.map { "a domain where \($0.text)" }
  }
}
