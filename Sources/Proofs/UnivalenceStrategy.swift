import Certificates
import Exact
import Symbolics

/// Df is definite or a P-matrix on a product of intervals: f is injective, and onto R^n where it is
/// strongly monotone or a polynomial map.
struct UnivalenceStrategy: Strategy {
  let name = "univalence"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare, context.inputs.count > 1, context.inputs.count <= 4 else {
      return .stopped("it is for two to four unknowns in as many equations")
    }
    guard context.domain.isProduct else { return .stopped("the domain is not a plain product") }
    var partial: Verdict?
    for rule in rules {
      let evidence = UnivalenceEvidence(rule)
      if let verdict = verdict(.bijective, evidence, context) { return .settled(verdict) }
      partial = partial ?? verdict(.undecided, evidence, context)
    }
    if let partial { return .settled(partial) }
    return .stopped("Df is neither shown to be definite nor to have positive principal minors")
  }

  private var rules: [UnivalenceEvidence.Rule] {
    [Rational(1, over: 2), Rational(1, over: 16)].map { .stronglyMonotone($0) } + [
      .strictlyMonotone, .positiveMinors,
    ]
  }

  private func verdict(
    _ kind: Verdict.Kind, _ evidence: UnivalenceEvidence, _ context: ProofContext
  ) -> Verdict? {
    let isOnto: Verdict.Answer = kind == .bijective ? .yes : .undecided
    var verdict = Verdict(kind: kind, injective: .yes, surjective: isOnto, strategy: name)
    verdict.certificate = .univalent(evidence)
    let outcome = CertificateChecker.check(
      .univalent(evidence), proving: verdict, for: context.problem, where: context.facts)
    return outcome.holds ? verdict : nil
  }
}
