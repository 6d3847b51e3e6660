public import Certificates
public import Symbolics

/// For a map that is not injective: a smaller domain on which it is a bijection onto its image.
public enum Repair {
  /// Half of the domain for a sign symmetry, less the points where det Df = 0; nil if that does not
  /// give a bijection with a known image.
  ///
  /// - Returns: the restricted problem, its codomain the image, with its verdict (bijective).
  public static func restriction(of problem: Problem, verdict: Verdict) -> StageVerdict? {
    guard verdict.kind == .notInjective, let determinant = verdict.determinant,
      !determinant.isZero
    else { return nil }
    let context = ProofContext(problem)
    for position in problem.inputs.indices where problem.domain.intervals[position].isReals {
      var smaller = problem
      smaller.stages = composed(problem)
      smaller.domain.intervals[position] = .positive
      let known = context.parameterAssumptions.adding(smaller.domain)
      let factors = determinant.factored(under: known).factors.map(\.baseAndExponent.base)
      let nonzero = factors.filter { known.signs(of: $0).contains(.zero) }
        .map { Predicate.compare($0, .unequal, .zero) }
      smaller.domain.predicate = .all([smaller.domain.predicate] + nonzero)
      if let found = bijectionOntoImage(smaller) { return found }
    }
    return nil
  }

  /// The stages as one, so that obligations stay on z.
  private static func composed(_ problem: Problem) -> [Stage] {
    let last = problem.stages[problem.stages.count - 1]
    return [
      Stage(
        inputs: problem.inputs, formulas: problem.composedFormulas, source: last.source,
        codomain: problem.codomain, isCodomainStated: true,
        obligations: problem.composedObligations)
    ]
  }

  private static func bijectionOntoImage(_ problem: Problem) -> StageVerdict? {
    let first = Prover.verdict(for: problem)
    if first.kind == .bijective { return StageVerdict(stage: problem, verdict: first) }
    guard first.kind == .injectiveNotSurjective, let image = first.certificate?.image else {
      return nil
    }
    var onto = problem
    onto.stages[0].codomain = image
    let verdict = Prover.verdict(for: onto)
    return verdict.kind == .bijective ? StageVerdict(stage: onto, verdict: verdict) : nil
  }
}
