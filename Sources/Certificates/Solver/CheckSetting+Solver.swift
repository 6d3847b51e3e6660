import Symbolics
internal import Satisfiability

extension CheckSetting {
  /// The question is written anew from the map and put to the solver again.
  func check(_ evidence: SolverEvidence) throws(RejectedStep) -> Set<ProvenFact> {
    let script: SMTScript
    do throws(Untranslatable) {
      script = try CollisionQuery(problem, facts: facts).script
    } catch {
      throw rejected("the map can be put to a solver: \(error.reason)")
    }
    try require(script.text == evidence.query, "the question is whether two points have one image")
    try require(script.answerWithinEffort == .unsatisfiable, "the solver finds that none have")
    log.recordSolver()
    return isPolynomialOfSpace ? [.injective, .onto] : [.injective]
  }
}
