import Certificates
import Symbolics

extension ProofNarrative {
  /// A solver finds no two points with one image.
  func solver(_ evidence: SolverEvidence) -> [Step] {
    let question: Prose = """
      Suppose \(theMap)(a) = \(theMap)(b) for two different points a and b of the domain. The solver Z3 finds that no \
      numbers satisfy these equations together with what is known of a, b and the functions. The question is in the \
      certificate in full, and the check asks it again.
      """
    let facts = SolverEvidence.functionsUsed(in: problem).map(sentence)
    let used: [Block] =
      facts.isEmpty
      ? []
      : [
        .paragraph(
          "Of the functions only this is used, for all u: \(Prose.joined(facts, separator: "; ")).")
      ]
    var result = [Step("Injective", [.paragraph(question)] + used)]
    if verdict.surjective == .yes, case .solver? = verdict.certificate {
      result.append(
        Step(
          "Onto",
          [
            .paragraph(
              "An injective polynomial map of R^n into itself is onto (Białynicki-Birula and Rosenlicht 1962)."
            )
          ]))
    }
    return result
  }

  /// "tanh is strictly increasing, is odd, and satisfies -1 < tanh(u) and tanh(u) < 1"
  private func sentence(_ use: FunctionUse) -> Prose {
    let properties = use.properties.map { Prose(words: $0) }
    let bounds: [Prose] = use.bounds.isEmpty ? [] : ["satisfies \(Predicate.all(use.bounds))"]
    return "\(use.name) \(Prose.joined(properties + bounds))"
  }
}
