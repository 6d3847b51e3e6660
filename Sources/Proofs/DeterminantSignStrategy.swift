import Certificates
import Symbolics

/// det Df > 0 at one interior point and < 0 at another of a connected domain: not injective.
///
/// A continuous injective map of a connected open set into R^n is open and has constant local
/// degree ±1 (invariance of domain), which is the sign of det Df where that is not zero.
struct DeterminantSignStrategy: Strategy {
  let name = "determinant signs"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    guard context.domain.isProduct else { return .stopped("the domain is not a plain product") }
    let isSmooth = context.formulas.allSatisfy { formula in
      context.inputs.allSatisfy { formula.isAnalyticWhereDefined(in: $0) }
    }
    guard isSmooth else { return .stopped("a formula is not smooth") }
    let determinant = Matrix.jacobian(of: context.formulas, by: context.inputs)
      .determinant(under: context.assumptions).simplified(under: context.assumptions)
    var positive: [Expression]?
    var negative: [Expression]?
    for point in context.points(of: context.domain.interior, 200) {
      let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, point))
      switch context.parameterAssumptions.signs(of: determinant.substituting(values)) {
      case .positive: positive = positive ?? point
      case .negative: negative = negative ?? point
      default: break
      }
      if let positive, let negative {
        return .settled(verdict(positive, negative, determinant))
      }
    }
    return .stopped("det Df has one sign at all points tried")
  }

  private func verdict(
    _ positive: [Expression], _ negative: [Expression], _ determinant: Expression
  ) -> Verdict {
    var verdict = Verdict(
      kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
    verdict.certificate = .determinantSigns(
      DeterminantSignEvidence(positive: positive, negative: negative, determinant: determinant))
    return verdict
  }
}
