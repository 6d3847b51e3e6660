import Certificates
import Symbolics

/// n ≠ m: a continuous map cannot be injective into fewer dimensions, nor a smooth one onto more.
struct DimensionStrategy: Strategy {
  let name = "dimension"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    if context.isSquare { return .stopped("the dimensions agree") }
    if context.inputs.count > context.outputs.count {
      return .stopped("n > m: a counterexample is left to the searches")
    }
    return intoMoreDimensions(context)
  }

  /// n < m: the image has measure zero. Injective if some n outputs determine z by themselves.
  private func intoMoreDimensions(_ context: ProofContext) -> StrategyOutcome {
    guard isSmooth(context), context.codomain.isWholeSpace else {
      return .stopped("n < m, but f is not shown smooth, or the codomain may be thin")
    }
    let n = context.inputs.count
    for chosen in Combinations.of(context.outputs.count, choose: n).prefix(50) {
      let part = subproblem(context, chosen)
      var search = EliminationSearch(ProofContext(part))
      guard let steps = search.run() else { continue }
      var verdict = Verdict(
        kind: .injectiveNotSurjective, injective: .yes, surjective: .no, strategy: name)
      verdict.certificate = .triangular(
        TriangularEvidence(steps: steps, image: part.codomain))
      verdict.image = imagePredicate(context, part, chosen, steps)
      return .settled(verdict)
    }
    return .stopped("n < m, so f is not onto; no \(n) outputs are shown to determine z")
  }

  private func isSmooth(_ context: ProofContext) -> Bool {
    context.formulas.allSatisfy { context.assumptions.isAnalytic($0, in: context.inputs) }
  }

  /// The chosen outputs as a map of their own.
  private func subproblem(_ context: ProofContext, _ chosen: [Int]) -> Problem {
    let outputs = chosen.map { context.outputs[$0] }
    let stage = Stage(
      inputs: context.inputs, formulas: chosen.map { context.formulas[$0] },
      source: chosen.map { context.formulas[$0].text }, codomain: .space(outputs),
      isCodomainStated: false, obligations: [])
    return Problem(
      name: context.problem.name, parameters: context.problem.parameters, domain: context.domain,
      stages: [stage])
  }

  /// The other outputs as functions of the chosen ones, when these have a closed inverse.
  private func imagePredicate(
    _ context: ProofContext, _ part: Problem, _ chosen: [Int], _ steps: [EliminationStep]
  ) -> Predicate? {
    guard
      case .settled(let verdict) = EliminationConclusion(context: ProofContext(part), steps: steps)
        .verdict(), let inverse = verdict.inverse, verdict.surjective == .yes
    else { return nil }
    let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, inverse))
    let others = context.outputs.indices.filter { !chosen.contains($0) }
    return .all(
      others.map { index in
        .compare(
          Expression(context.outputs[index]), .equal,
          context.formulas[index].substituting(values).simplified(
            under: context.codomainAssumptions))
      })
  }
}

/// The k-element subsets of 0 ..< n in lexicographic order.
enum Combinations {
  static func of(_ n: Int, choose k: Int) -> [[Int]] {
    if k == 0 { return [[]] }
    if k > n { return [] }
    return (0...(n - k)).flatMap { first in
      of(n - first - 1, choose: k - 1).map { [first] + $0.map { $0 + first + 1 } }
    }
  }
}
