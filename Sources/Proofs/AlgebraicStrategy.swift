import Certificates
import Symbolics

/// x = f(z), rational in z: resultants give each unknown as a root of a polynomial in x; the roots that
/// belong to f are those that are right at a few points. Both compositions then prove the inverse.
struct AlgebraicStrategy: Strategy {
  let name = "resultants"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare, context.inputs.count > 1 else {
      return .stopped("it is for several equations in as many unknowns")
    }
    let equations = zip(context.formulas, context.outputs).map { $0 - Expression($1) }
    guard let system = PolynomialSystem(equations, unknowns: context.inputs) else {
      return .stopped("the equations are not rational in the unknowns")
    }
    let search = InverseCandidates(context)
    var inverse: [Expression] = []
    for (position, variable) in context.inputs.enumerated() {
      let solution = system.candidates(for: position).lazy
        .map { $0.simplified(under: context.codomainAssumptions) }
        .first { search.isRight($0, for: position) }
      guard let solution else { return .stopped("no formula of degree 2 gives \(variable)") }
      inverse.append(solution)
    }
    return search.conclusion(inverse, strategy: name)
  }
}
