import Certificates
import Symbolics

/// n > m and f continuous: not injective, whatever the formulas. The searches, which show two points
/// with one image, come first.
struct InvarianceOfDomainStrategy: Strategy {
  let name = "invariance of domain"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.inputs.count > context.outputs.count else {
      return .stopped("there are not more unknowns than equations")
    }
    guard context.domain.isProduct else {
      return .stopped("n > m, but the domain is not shown to contain an open set")
    }
    guard context.formulas.allSatisfy({ context.assumptions.isContinuous($0, in: context.inputs) })
    else {
      return .stopped("n > m, but f is not shown continuous")
    }
    var verdict = Verdict(
      kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
    verdict.certificate = .invarianceOfDomain
    return .settled(verdict)
  }
}
