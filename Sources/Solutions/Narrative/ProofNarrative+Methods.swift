import Certificates
import Symbolics

extension ProofNarrative {
  /// f keeps directions and maps distances by a bijection.
  func radial(_ evidence: RadialEvidence) -> [Step] {
    guard let profile = evidence.profile else { return [] }
    let distance = Expression.distance(
      of: inputs.map { Expression($0) }, from: evidence.center)
    let radius = Expression(profile.variable)
    let directions: Prose = """
      Let \(radius) = \(distance). \(theMap) takes the point at distance \(radius) from \
      \(Mathematics.vector(evidence.center)) in some direction to the point at distance \
      \(profile.formula) from \(Mathematics.vector(evidence.image)) in the same direction. So it \
      is a bijection if distances are mapped by one.
      """
    let step = EliminationStep(
      output: profile.value, variable: profile.variable, equation: profile.formula, map: profile,
      isSubstituted: false)
    let image = Region(
      coordinates: [profile.value], intervals: [profile.image ?? .reals])
    let distances = Problem(
      name: problem.name, parameters: problem.parameters,
      domain: Region(coordinates: [profile.variable], intervals: [profile.domain]),
      stages: [Stage(inputs: [profile.variable], formulas: [profile.formula], codomain: image)])
    var part = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: "radial")
    part.certificate = .triangular(TriangularEvidence(steps: [step], image: image))
    let inner = ProofNarrative(distances, part).steps().map {
      Step("Distances: \($0.title)", $0.blocks)
    }
    let closed = inverseFormula()
    return [Step("Directions are kept", [.paragraph(directions)])] + inner
      + (closed.isEmpty ? [] : [Step("Inverse", closed)])
  }

  /// The derivative makes f injective.
  func univalent(_ evidence: UnivalenceEvidence) -> [Step] {
    let jacobian = Matrix.jacobian(of: formulas, by: inputs)
    let shown = jacobian.rows.map { $0.map { $0.simplified(under: known) } }
    let value = Mathematics.notation(.jacobian).equals(.matrix(shown))
    var result = [Step("Injective", [.formula(value), .paragraph(injectivity(evidence.rule))])]
    if verdict.surjective == .yes {
      result.append(Step("Onto", [.paragraph(surjectivity(evidence.rule))]))
    }
    return result
  }

  private func injectivity(_ rule: UnivalenceEvidence.Rule) -> Prose {
    switch rule {
    case .stronglyMonotone(let bound):
      """
      The symmetric part of Df, less \(Expression(bound)) times the identity, is positive \
      semidefinite: all its principal minors are at least 0. Integrated along the segment from b to a, \
      (f(a) - f(b))·(a - b) is at least \(Expression(bound)) |a - b|^2, so \(theMap) is injective.
      """
    case .strictlyMonotone:
      """
      The symmetric part of Df is positive definite everywhere but at the origin at most: its leading \
      principal minors are positive. Integrated along the segment from b to a, which meets the origin \
      at most once, (f(a) - f(b))·(a - b) > 0 for a different from b, so \(theMap) is injective.
      """
    case .positiveMinors:
      """
      All principal minors of Df are positive on a product of intervals, so \(theMap) is injective \
      (Gale and Nikaido 1965).
      """
    }
  }

  private func surjectivity(_ rule: UnivalenceEvidence.Rule) -> Prose {
    if case .stronglyMonotone = rule {
      return "A continuous strongly monotone map of R^n is onto (Minty 1962, Browder 1963)."
    }
    return """
      An injective polynomial map of R^n into itself is onto (Białynicki-Birula and Rosenlicht 1962).
      """
  }

  /// f as a stack of maps that the problem does not state.
  func factored(_ evidence: FactorEvidence) -> [Step] {
    let text: Prose = """
      \(theMap) is taken apart into simpler maps: it is the composition of the stages below.
      """
    var stacked = problem
    stacked.stages = evidence.stages
    let narrative = ProofNarrative(stacked, verdict, names: names)
    return [Step("Factors", [.paragraph(text)])] + narrative.stack(evidence.parts)
  }
}
