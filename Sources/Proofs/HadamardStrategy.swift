import Certificates
import Symbolics

/// det Df ≠ 0 everywhere on R^n, and |f(z)| → ∞ as |z| → ∞: f is a diffeomorphism of R^n (Hadamard 1906, Caccioppoli
/// 1932). Without the second half there are counterexamples (Pinchuk 1994).
struct HadamardStrategy: Strategy {
  let name = "Hadamard"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare, context.domain.isWholeSpace, context.codomain.isWholeSpace else {
      return .stopped("it is for maps of R^n")
    }
    let evidence = CoercivityEvidence(matrix: Coercivity.linearParts(context))
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: name)
    verdict.certificate = .both([.regular, .coercive(evidence)])
    let outcome = CertificateChecker.check(
      verdict.certificate!, proving: verdict, for: context.problem, where: context.facts)
    if case .rejected(let step) = outcome { return .stopped("not shown: \(step)") }
    return .settled(verdict)
  }
}
