import Certificates
import Symbolics

/// A map that depends on parameters: proven where a condition holds, refuted where it does not.
enum CaseSplit {
  /// Cases within cases beyond this are given up.
  private static let depthLimit = 2

  /// `conditional` on `condition`, if both sides are settled differently.
  static func verdict(on condition: Predicate, _ context: ProofContext) -> Verdict? {
    guard context.facts.count < depthLimit, !context.facts.contains(condition) else { return nil }
    let ifTrue = Prover.settled(ProofContext(context.problem, where: context.facts + [condition]))
    guard ifTrue.kind == .bijective || ifTrue.kind == .injectiveNotSurjective,
      let provenTrue = ifTrue.certificate,
      let (ifFalse, provenFalse) = otherSide(condition, context), ifFalse.kind != ifTrue.kind
    else { return nil }
    var verdict = Verdict(
      kind: .conditional, injective: combined(ifTrue.injective, ifFalse.injective),
      surjective: combined(ifTrue.surjective, ifFalse.surjective), strategy: ifTrue.strategy)
    verdict.condition = condition
    verdict.kindIfTrue = ifTrue.kind
    verdict.kindIfFalse = ifFalse.kind
    verdict.inverse = ifTrue.inverse
    verdict.image = ifTrue.image
    verdict.certificate = .condition(condition, ifTrue: provenTrue, ifFalse: provenFalse)
    return verdict
  }

  private static func combined(_ a: Verdict.Answer, _ b: Verdict.Answer) -> Verdict.Answer {
    if a == b { return a }
    return a == .undecided || b == .undecided ? .undecided : .conditional
  }

  /// The equation p = value that the condition excludes, put into the problem.
  private static func otherSide(_ condition: Predicate, _ context: ProofContext) -> (
    Verdict, Certificate
  )? {
    guard case .compare(let left, .unequal, let right) = condition else { return nil }
    for parameter in context.problem.parameters where left.contains(parameter.symbol) {
      guard
        let solutions = ScalarSolver.solutions(
          of: left, equals: right, for: parameter.symbol, in: parameter.interval,
          under: context.parameterAssumptions),
        solutions.exceptional == .never, solutions.branches.count == 1,
        solutions.branches[0].condition == .always
      else { continue }
      let fixed = context.problem.setting([parameter.symbol: solutions.branches[0].solution])
      let verdict = Prover.settled(ProofContext(fixed, where: context.facts))
      guard verdict.kind != .undecided, verdict.kind != .conditional, verdict.kind != .illPosed,
        let certificate = verdict.certificate
      else { continue }
      return (verdict, certificate)
    }
    return nil
  }
}
