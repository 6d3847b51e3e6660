public import Certificates
public import Symbolics

/// Decides whether a map given by formulas is injective and onto, with a certificate.
///
/// Strategies run in order, the readable ones first; what they prove is verified by
/// `CertificateChecker` before it is returned, and a certificate that is rejected makes the
/// verdict undecided.
public enum Prover {
  private static let strategies: [any Strategy] = [
    AffineStrategy(), EliminationStrategy(), SymmetryStrategy(), CollapseStrategy(),
    DimensionStrategy(), CollisionSearch(), DeterminantSignStrategy(),
  ]

  /// The verdict on `problem`, checked.
  public static func verdict(for problem: Problem) -> Verdict {
    let context = ProofContext(problem)
    var verdict = unchecked(context)
    verdict = ImageAnalysis.completed(DerivedFacts.added(to: verdict, context), context)
    guard let certificate = verdict.certificate else { return verdict }
    let outcome = CertificateChecker.check(certificate, proving: verdict, for: problem)
    if case .rejected(let step) = outcome {
      return .undecided(
        verdict.tried + [Attempt(verdict.strategy, "its certificate was rejected: \(step)")])
    }
    verdict.checked = outcome
    return verdict
  }

  private static func unchecked(_ context: ProofContext) -> Verdict {
    switch WellPosedness.check(context) {
    case .violated(let evidence):
      var verdict = Verdict(
        kind: .illPosed, injective: .undecided, surjective: .undecided, strategy: "well-posedness")
      verdict.certificate = .illPosed(evidence)
      return verdict
    case .unknown(let reason): return .undecided([Attempt("well-posedness", reason)])
    case .holds: return settled(context)
    }
  }

  /// The verdict on a well-posed map.
  static func settled(_ context: ProofContext) -> Verdict {
    var tried: [Attempt] = []
    if context.problem.stages.count > 1 {
      switch StackProof.verdict(context) {
      case .settled(let verdict): return verdict
      case .stopped(let reason), .dependsOn(_, let reason): tried.append(Attempt("stack", reason))
      }
    }
    var partial: Verdict?
    for strategy in strategies {
      switch strategy.attempt(context) {
      case .settled(var verdict):
        verdict.tried = tried + verdict.tried
        // Injective, but onto not decided: worth keeping, but a later strategy may do better.
        if verdict.kind != .undecided { return Surjectivity.completed(verdict, context) }
        tried.append(Attempt(strategy.name, "injective, but its image is not determined"))
        partial = partial ?? verdict
      case .stopped(let reason): tried.append(Attempt(strategy.name, reason))
      case .dependsOn(let condition, let reason):
        if let verdict = CaseSplit.verdict(on: condition, context) { return verdict }
        tried.append(Attempt(strategy.name, reason))
      }
    }
    if var partial {
      partial.tried = tried
      return partial
    }
    return .undecided(tried)
  }
}
