import Certificates
import Symbolics

/// What follows once a verdict stands: the Jacobian determinant, log|det| and regularity.
enum DerivedFacts {
  static func added(to verdict: Verdict, _ context: ProofContext) -> Verdict {
    var verdict = verdict
    if let image = verdict.image {
      verdict.image = image.plainSigns(under: context.codomainAssumptions)
    }
    guard context.isSquare, verdict.kind != .illPosed, verdict.kind != .undecided else {
      return verdict
    }
    let known = context.assumptions
    let determinant =
      RadialStrategy.determinant(context, verdict)
      ?? Matrix.jacobian(of: context.formulas, by: context.inputs)
      .determinant(under: known).simplified(under: known)
    verdict.determinant = determinant
    if !determinant.isZeroSomewhere { verdict.logAbsDet = logAbs(of: determinant, under: known) }
    if verdict.kind == .bijective || verdict.kind == .injectiveNotSurjective {
      verdict.regularity = RegularityAnalysis.regularity(
        context, determinant: determinant, inverse: verdict.inverse,
        steps: verdict.certificate?.steps ?? [])
    }
    return verdict
  }
}

extension Expression {
  /// Whether it is 0, everywhere or in some branch, so that it has no logarithm there.
  fileprivate var isZeroSomewhere: Bool {
    isZero
      || contains { part in
        guard case .piecewise(let branches) = part.form else { return false }
        return branches.contains(where: \.value.isZero)
      }
  }
}
