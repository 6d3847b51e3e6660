import Exact
public import Certificates
public import Symbolics

/// Decides whether a map given by formulas is injective and onto, with a certificate.
///
/// Strategies run in order, the readable ones first; what they prove is verified by
/// `CertificateChecker` before it is returned, and a certificate that is rejected makes the
/// verdict undecided.
public enum Prover {
  static let strategies: [any Strategy] = [
    AffineStrategy(), OuterBijectionStrategy(), EliminationStrategy(), AffineBlockStrategy(),
    RadialStrategy(),
    PolarStrategy(), AlgebraicStrategy(), SymmetryStrategy(), CollapseStrategy(),
    DimensionStrategy(), CollisionSearch(), DeterminantSignStrategy(),
    InvarianceOfDomainStrategy(), RidgeStrategy(), UnivalenceStrategy(), HadamardStrategy(),
  ]

  /// What the search for a proof may spend; its check has a limit of its own.
  static let effort = 1_500_000

  /// Why a strategy stopped at the time limit.
  private static let outOfTime = "ended by the time limit"

  /// The verdict on `problem`, checked.
  ///
  /// - Parameters:
  ///   - problem: The map.
  ///   - timeLimit: The processor time that the search for a proof may take; nil for as long as its effort lasts. A
  ///     search that it ends leaves open what is not settled, and says in `tried` where it ended.
  /// - Returns: The verdict that there is without a time limit, or "undecided".
  public static func verdict(for problem: Problem, timeLimit: Duration? = nil) -> Verdict {
    let deadline = timeLimit.map { Deadline(after: $0) }
    let claim = checked(claimed(ProofContext(problem), until: deadline), problem)
    guard case .rejected(let step)? = claim.checked else { return claim }
    if claim.inverse != nil {
      // Monotone maps may be easier to verify than the compositions with a closed inverse.
      let context = ProofContext(problem, usesClosedInverses: false)
      let plain = checked(claimed(context, until: deadline), problem)
      if plain.checked?.holds != false, plain.kind != .undecided { return plain }
    }
    return .undecided(
      claim.tried + [Attempt(claim.strategy, "its certificate was rejected: \(step)")])
  }

  /// The claim with what the checker says of its certificate, if it has one.
  private static func checked(_ claim: Verdict, _ problem: Problem) -> Verdict {
    var verdict = claim
    verdict.checked = claim.certificate.map {
      CertificateChecker.check($0, proving: claim, for: problem)
    }
    return verdict
  }

  /// What the strategies say of the map, not checked yet.
  private static func claimed(_ context: ProofContext, until deadline: Deadline?) -> Verdict {
    func inTime(_ search: () -> Verdict) -> Verdict {
      EffortLimit.within(effort, until: deadline) {
        let found = search()
        return EffortLimit.isOutOfTime ? ended(found) : found
      }
    }
    var found = inTime { unchecked(context) }
    if found.injective == .undecided, found.kind == .undecided, !found.isPerhapsIllPosed,
      found.tried.last?.reason != outOfTime
    {
      found = inTime { solved(context.askingSolver, after: found) }
    }
    return EffortLimit.within(effort / 4) {
      ImageAnalysis.completed(DerivedFacts.added(to: found, context), context)
    }
  }

  /// What a search that ran out of time leaves: what it found last may rest on questions that were cut short.
  private static func ended(_ found: Verdict) -> Verdict {
    guard found.kind == .undecided else {
      return .undecided(found.tried + [Attempt(found.strategy, outOfTime)])
    }
    var open = found
    if open.tried.last?.reason != outOfTime { open.tried.append(Attempt("cases", outOfTime)) }
    return open
  }

  private static func unchecked(_ context: ProofContext) -> Verdict {
    switch WellPosedness.check(context) {
    case .violated(let evidence):
      var verdict = Verdict(
        kind: .illPosed, injective: .undecided, surjective: .undecided, strategy: "well-posedness")
      verdict.certificate = .illPosed(evidence)
      return verdict
    case .unknown(let reason):
      return .undecided(
        [Attempt("well-posedness", EffortLimit.isOutOfTime ? outOfTime : reason)])
    case .holds: return settled(context)
    }
  }

  /// The verdict with the help of a solver, where strategies with proofs to read have failed.
  private static func solved(_ context: ProofContext, after found: Verdict) -> Verdict {
    var verdict = settled(context)
    // Without parameters the strategies would only fail again.
    if !context.hasParameters { verdict.tried = found.tried + verdict.tried }
    return verdict
  }

  /// The verdict on a well-posed map, case by case where it depends on the parameters.
  private static func settled(_ context: ProofContext) -> Verdict {
    var search = CaseSearch()
    // A condition that a strategy names is tried at once, while there is effort left.
    let (verdict, conditions) = uncut(context) { search.verdict(context, on: $0) }
    guard verdict.kind == .undecided, context.hasParameters else { return verdict }
    return search.verdict(context, suggested: conditions) ?? verdict
  }

  private static func strategies(for context: ProofContext) -> [any Strategy] {
    guard context.asksSolver else { return strategies }
    return context.hasParameters ? strategies + [SolverStrategy()] : [SolverStrategy()]
  }

  /// The verdict for all parameter values at once, and the conditions that strategies would need.
  ///
  /// - Parameters:
  ///   - context: the map.
  ///   - cut: what is said of both sides of such a condition, if anything.
  static func uncut(
    _ context: ProofContext, cut: (Predicate) -> Verdict? = { _ in nil }
  ) -> (verdict: Verdict, conditions: [Predicate]) {
    var tried: [Attempt] = []
    var conditions: [Predicate] = []
    if context.problem.stages.count > 1 {
      switch StackProof.verdict(context) {
      case .settled(let verdict): return (verdict, [])
      case .stopped(let reason), .dependsOn(_, let reason):
        if EffortLimit.isOutOfTime { return (.undecided([Attempt("stack", outOfTime)]), []) }
        tried.append(Attempt("stack", reason))
      }
    }
    var partial: Verdict?
    for strategy in strategies(for: context) {
      // No strategy may leave nothing for those after it.
      let outcome = EffortLimit.within(EffortLimit.remaining / 2) { strategy.attempt(context) }
      switch outcome {
      case .settled(let settled):
        var verdict = Coercivity.completed(settled, context)
        verdict.tried = tried + verdict.tried
        // Injective, but onto not decided: worth keeping, but a later strategy may do better.
        if verdict.kind != .undecided { return (Surjectivity.completed(verdict, context), []) }
        tried.append(Attempt(strategy.name, "injective, but its image is not determined"))
        partial = partial ?? verdict
      case .stopped(let reason): tried.append(Attempt(strategy.name, reason))
      case .dependsOn(let condition, let reason):
        if let verdict = cut(condition) { return (verdict, []) }
        conditions.append(condition)
        tried.append(Attempt(strategy.name, reason))
      }
      if EffortLimit.isOutOfTime {
        tried[tried.count - 1] = Attempt(strategy.name, outOfTime)
        break
      }
    }
    if var partial {
      partial.tried = tried
      return (partial, conditions)
    }
    return (.undecided(tried), conditions)
  }
}

extension Verdict {
  /// Whether it is not even known that the formulas are defined.
  fileprivate var isPerhapsIllPosed: Bool { tried.map(\.strategy) == ["well-posedness"] }
}
