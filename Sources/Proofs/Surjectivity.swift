import Certificates
import Symbolics

/// Whether a map that is not injective is onto at least: a point that it misses.
enum Surjectivity {
  /// The verdict with `surjective` answered where a missing point of the codomain is found.
  static func completed(_ verdict: Verdict, _ context: ProofContext) -> Verdict {
    guard verdict.kind == .notInjective, verdict.surjective == .undecided,
      let missing = missingPoint(context)
    else { return verdict }
    var verdict = verdict
    verdict.surjective = .no
    verdict.certificate = verdict.certificate.map { .both([$0, .missingPoint(missing)]) }
    return verdict
  }

  private static func missingPoint(_ context: ProofContext) -> MissingPointEvidence? {
    let x = context.outputs.map { Expression($0) }
    let necessary = Predicate.all(
      zip(context.formulas, x).map { context.assumptions.range(of: $0).membership(of: $1) })
    let isFree = !necessary.freeSymbols.contains(where: context.inputs.contains)
    if isFree, necessary != .always,
      let point = context.point(of: context.codomain, violating: necessary)
    {
      return MissingPointEvidence(
        point: point, necessary: necessary, reason: "the formulas take no such values")
    }
    return emptyFibre(context)
  }

  /// A small point of the codomain whose equations have no solution.
  private static func emptyFibre(_ context: ProofContext) -> MissingPointEvidence? {
    for point in context.points(of: context.codomain, 24) {
      let fibre = Fibre.preimages(
        of: point, under: context.formulas, from: context.domain,
        assuming: context.parameterAssumptions)
      if case .finite(let preimages) = fibre, preimages.isEmpty {
        return MissingPointEvidence(
          point: point, necessary: nil, reason: "its equations have no solution")
      }
    }
    return nil
  }
}
