import Certificates
import Symbolics

/// Unknowns y that no equation determines alone, in equations A y + b with A and b made of what is known
/// by then: det A ≠ 0 makes f injective, and its image is the set of all x for which f⁻¹(x) is in X.
///
/// Examples are an affine map of a part of R^n, where all unknowns are in y, and a rotation of (z2, z3)
/// by an angle that depends on z1.
struct AffineBlockStrategy: Strategy {
  let name = "affine block"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    guard linearUnknowns(context) > 1 else {
      return .stopped("no two unknowns are linear in every formula")
    }
    var search = EliminationSearch(context)
    let start = search.triangularPart()
    let conclusion = EliminationConclusion(context: context, steps: start.steps)
    let solved = conclusion.closedForms()
    guard solved.count == start.steps.count else {
      return .stopped("a variable found before the block has no closed form")
    }
    let formulas = start.outputs.map { context.formulas[$0] }
    guard
      let block = AffineParts(of: formulas, in: start.variables, under: context.assumptions)
    else { return .stopped("a formula is not affine in \(Self.list(start.variables))") }
    let known = context.assumptions
    let determinant = block.matrix.determinant(under: known).simplified(under: known)
    guard !known.signs(of: determinant).contains(.zero) else {
      return .stopped("\(determinant.text) may be 0")
    }
    guard
      let values = block.inverse(
        of: start.outputs.map { context.outputs[$0] }, determinant: determinant, under: known)
    else { return .stopped("the inverse is too large") }
    let found = zip(start.variables, values.map { $0.substituting(solved) })
    let inverse = solved.merging(found) { $1 }
    let formula = context.inputs.map {
      inverse[$0]!.simplified(under: context.codomainAssumptions)
    }
    return .settled(conclusion.verdict(inverse: formula, strategy: name))
  }

  /// In how many unknowns each formula alone is affine: fewer than two make no block.
  private func linearUnknowns(_ context: ProofContext) -> Int {
    context.inputs.count { unknown in
      context.formulas.allSatisfy {
        !$0.derivative(by: unknown).simplified(under: context.assumptions).contains(unknown)
      }
    }
  }

  private static func list(_ variables: [Symbol]) -> String {
    variables.map(\.name).joined(separator: ", ")
  }
}
