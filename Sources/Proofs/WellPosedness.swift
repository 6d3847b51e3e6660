import Certificates
import Symbolics

/// The first obligation: every formula is defined on the whole domain, and f maps it into the
/// codomain, each stage into the set stated for it.
enum WellPosedness {
  enum Outcome {
    case holds
    case violated(IllPosedEvidence)
    case unknown(String)
  }

  static func check(_ context: ProofContext) -> Outcome {
    let facts = Predicate.all(context.facts)
    switch Definedness.check(
      context.problem.composedObligations, over: context.domain,
      parameters: context.problem.parameters, facts: facts)
    {
    case .violated(let witness, let obligation):
      return .violated(
        IllPosedEvidence(
          witness: witness.point, parameters: witness.parameters,
          violated: needed(obligation) ?? .never, cause: .operation(obligation.source),
          suggestion: suggestion(obligation, context)))
    case .unknown(let obligation):
      return .unknown("\(obligation.source) is not shown to be defined on the whole domain")
    case .holds: break
    }
    return checkSets(context)
  }

  /// f(X) ⊂ Y, and the values of inner stages lie in the sets stated for them.
  private static func checkSets(_ context: ProofContext) -> Outcome {
    for stated in context.problem.statedSets {
      let set = stated.region
      switch Inclusion.check(
        stated.formulas, from: context.domain, into: set, under: context.parameterAssumptions)
      {
      case .holds: continue
      case .violated(let witness):
        return .violated(
          IllPosedEvidence(
            witness: witness.point, parameters: witness.parameters,
            violated: set.membership(of: set.coordinates.map { Expression($0) }),
            cause: .values(stage: stated.stage), suggestion: sufficientSet(for: stated, context)))
      case .unknown(let part):
        return .unknown("the values are not shown to lie in \(set.text): \(part.text)")
      }
    }
    return .holds
  }

  /// The product of the ranges of all coordinates, which holds every value.
  private static func sufficientSet(for stated: StatedSet, _ context: ProofContext) -> String {
    let ranges = stated.formulas.map { context.assumptions.range(of: $0) }
    let box = Region(coordinates: stated.region.coordinates, intervals: ranges, where: .always)
    let isCodomain = stated.stage == context.problem.stages.count - 1
    return "\(isCodomain ? "the codomain" : "the set") \(box.text)"
  }

  /// What makes the operation defined: its condition holds, or it is not reached.
  private static func needed(_ obligation: Obligation) -> Predicate? {
    guard let predicate = obligation.predicate else { return nil }
    let isImpossible = Assumptions().decide(predicate) == false
    return Predicate.any([obligation.guardCondition.negation, isImpossible ? .never : predicate])
      .folded
  }

  private static func suggestion(_ obligation: Obligation, _ context: ProofContext) -> String? {
    // Where the condition is never met, as in 1/0, nothing would do.
    guard let predicate = needed(obligation), Assumptions().decide(predicate) != false else {
      return nil
    }
    let dependsOnPoint = predicate.freeSymbols.contains(where: context.problem.inputs.contains)
    let place = dependsOnPoint ? "a domain where" : "parameters with"
    let indices = obligation.indices.filter { predicate.freeSymbols.contains($0.index) }
      .map { " for every \($0.index) from \($0.lower.text) to \($0.upper.text)" }
    return "\(place) \(predicate.text)" + indices.joined(separator: " and")
  }
}
