import Certificates
import Symbolics

/// Derives formulas for the preimages of x and their shares of the density.
struct BranchDerivation {
  let problem: Problem
  let base: BaseDensity
  let determinant: Expression
  let assumptions: Assumptions

  /// The preimages by the verdict's inverse, or by solving f(z) = x completely.
  func preimages(map: [Expression], claim: InjectivityClaim, verdict: Verdict) -> Preimages {
    if claim.isInjective {
      guard let inverse = verdict.composedInverse else { return .implicit }
      let image = verdict.image ?? problem.codomain.membership(of: outputs)
      let solution = PreimageSearch.Solution(point: inverse, condition: image)
      // f⁻¹ is defined on the whole image; what its formula needs there is met.
      return .branches([branch(solution)], exceptional: criticalSet([solution]))
    }
    var search = PreimageSearch(
      domain: problem.domain, assumptions: assumptions.adding(problem.codomain))
    let equations = zip(map, outputs).map { PreimageSearch.Equation(left: $0, right: $1) }
    guard search.explore(equations) else { return .incomplete(search.reason) }
    let solutions = distinct(search.found)
    let inside = assumptions.adding(problem.codomain)
    let exceptional = Predicate.any(
      (search.exceptional + [criticalSet(solutions)]).flatMap(\.disjuncts)
        .map { part in
          Predicate.all(part.conjuncts.map { $0.zeroSets(under: inside) })
            .withoutRedundancy(under: inside)
        }.flatMap(\.disjuncts))
    let branches = solutions.map { solution in
      let condition = solution.condition.reduced(under: inside, leavingOut: exceptional)
      return branch(PreimageSearch.Solution(point: solution.point, condition: condition))
    }
    return .branches(branches, exceptional: exceptional)
  }

  /// Solutions given by one formula are one branch, wherever one of their conditions holds.
  private func distinct(_ solutions: [PreimageSearch.Solution]) -> [PreimageSearch.Solution] {
    var kept: [PreimageSearch.Solution] = []
    for solution in solutions {
      let same = kept.firstIndex { other in
        zip(other.point, solution.point).allSatisfy { $0.isIdentical(to: $1, under: assumptions) }
      }
      if let same {
        kept[same].condition = .any([kept[same].condition, solution.condition])
      } else {
        kept.append(solution)
      }
    }
    return kept
  }

  private var outputs: [Expression] { problem.outputs.map { Expression($0) } }

  /// Both forms of the share of z = point(x).
  private func branch(_ solution: PreimageSearch.Solution) -> PreimageBranch {
    let inside = assumptions.adding(problem.codomain).adding(solution.condition)
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, solution.point))
    let jacobian = Matrix.jacobian(of: solution.point, by: problem.outputs)
    let inverseDeterminant = jacobian.determinant(under: inside).simplified(under: inside)
      .magnitude(under: inside)
    let p1 = base.density.substituting(values).simplified(under: inside)
    let forwardDeterminant = determinant.substituting(values).condensed(under: inside)
      .magnitude(under: inside)
    let reverse = (p1 * inverseDeterminant).condensed(under: inside)
    let forward = (p1 / forwardDeterminant).condensed(under: inside)
    return PreimageBranch(
      point: solution.point, condition: solution.condition,
      inverseDeterminant: inverseDeterminant, baseDensity: p1, reverseForm: reverse,
      forwardForm: forward, formsAgree: reverse.isIdentical(to: forward, under: inside),
      support: base.support.membership(of: solution.point).folded
        .reduced(under: inside, leavingOut: .never))
  }

  /// Where det Df vanishes at a preimage in the support.
  private func criticalSet(_ solutions: [PreimageSearch.Solution]) -> Predicate {
    let inside = assumptions.adding(problem.codomain)
    return .any(
      solutions.map { solution in
        let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, solution.point))
        let known = inside.adding(solution.condition)
          .adding(base.support.membership(of: solution.point).folded)
        let zeros = determinant.substituting(values).simplified(under: known).zeroSet(under: known)
        if known.decide(zeros) == false { return .never }
        // Where g(x) is no preimage, nothing vanishes, and the equation may not even be defined.
        let isTotal = zeros.expressions.allSatisfy(\.definednessObligations.isEmpty)
        return isTotal ? zeros : .all([solution.condition, zeros])
      })
  }
}

extension Verdict {
  /// f⁻¹ in the outputs: as stated, or composed from the inverses of the stages.
  var composedInverse: [Expression]? {
    if let inverse { return inverse }
    guard let last = stages.last, var current = last.verdict.composedInverse else { return nil }
    var inner = last.stage
    for entry in stages.dropLast().reversed() {
      guard let formulas = entry.verdict.composedInverse else { return nil }
      let values = Dictionary(uniqueKeysWithValues: zip(inner.inputs, current))
      current = formulas.map { $0.substituting(values) }
      inner = entry.stage
    }
    return current
  }
}
