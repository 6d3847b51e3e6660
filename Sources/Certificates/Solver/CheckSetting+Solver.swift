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

  /// Whether f is a map of R^n into R^n.
  var isMapOfSpace: Bool {
    formulas.count == problem.inputs.count && problem.domain.isWholeSpace
      && problem.codomain.isWholeSpace
  }

  /// Whether f is a polynomial map of R^n: if it is injective, then it is onto (Białynicki-Birula and Rosenlicht 1962).
  var isPolynomialOfSpace: Bool {
    isMapOfSpace && formulas.allSatisfy { $0.isPolynomial(in: problem.inputs) }
  }
}
