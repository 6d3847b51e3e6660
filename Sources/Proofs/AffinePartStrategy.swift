import Certificates
import Symbolics

/// f(z) = A z + b on a part X of R^n, or into one: det A ≠ 0 makes f injective, and its image is
/// the set of all x with A⁻¹(x - b) in X.
struct AffinePartStrategy: Strategy {
  let name = "affine on a part"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    guard let (matrix, offset) = AffineStrategy.affineParts(context) else {
      return .stopped("a formula is not affine in z")
    }
    let known = context.parameterAssumptions
    let determinant = matrix.determinant(under: known).simplified(under: known)
    guard !known.signs(of: determinant).contains(.zero) else {
      return .stopped("det A may be 0")
    }
    let inverse = AffineStrategy.inverse(context, matrix, offset, determinant)
    let conclusion = EliminationConclusion(context: context, steps: [])
    return .settled(conclusion.verdict(inverse: inverse, strategy: name))
  }
}
