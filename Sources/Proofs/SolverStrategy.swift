import Certificates
import Symbolics

/// An SMT solver is asked for two points with one image, functions being numbers about which true facts are
/// known. That there are none is a proof, though none to read; that there may be some says nothing.
struct SolverStrategy: Strategy {
  let name = "SMT solver"
  /// More unknowns make questions that solvers do not answer.
  private static let dimensionLimit = 6

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.inputs.count <= min(context.outputs.count, Self.dimensionLimit) else {
      return .stopped(
        "it is for at most \(Self.dimensionLimit) unknowns in as many equations or more")
    }
    do throws(SolverEvidence.Failure) {
      let certificate = Certificate.solver(
        try SolverEvidence(context.problem, where: context.facts))
      return .settled(verdict(certificate, context))
    } catch {
      return .stopped(error.reason)
    }
  }

  /// An injective polynomial map of R^n is onto.
  private func verdict(_ certificate: Certificate, _ context: ProofContext) -> Verdict {
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: name)
    verdict.certificate = certificate
    let outcome = CertificateChecker.check(
      certificate, proving: verdict, for: context.problem, where: context.facts)
    if outcome.holds { return verdict }
    verdict.kind = .undecided
    verdict.surjective = .undecided
    return verdict
  }
}
