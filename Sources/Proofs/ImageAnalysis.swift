import Certificates
import Symbolics

/// The image of a map that is not injective, where solving f(z) = x case by case gives it.
enum ImageAnalysis {
  /// The verdict with the image, and whether f is onto, if evidence for them is found that the checker
  /// accepts; else the verdict as it is.
  static func completed(_ verdict: Verdict, _ context: ProofContext) -> Verdict {
    guard verdict.kind == .notInjective, verdict.image == nil,
      let certificate = verdict.certificate, let evidence = evidence(context)
    else { return verdict }
    var result = verdict
    let isOnto = context.codomainAssumptions.decide(evidence.image) == true
    if !isOnto { result.image = evidence.image }
    var parts = if case .both(let parts) = certificate { parts } else { [certificate] }
    if verdict.surjective == .undecided {
      if isOnto {
        result.surjective = .yes
      } else if let point = context.point(of: context.codomain, violating: evidence.image) {
        result.surjective = .no
        parts.append(
          .missingPoint(
            MissingPointEvidence(
              point: point, necessary: evidence.image, reason: "it is not in the image")))
      }
    }
    result.certificate = .both(parts + [.image(evidence)])
    let outcome = CertificateChecker.check(
      result.certificate!, proving: result, for: context.problem)
    return outcome.holds ? result : verdict
  }

  private static func evidence(_ context: ProofContext) -> ImageEvidence? {
    guard max(context.inputs.count, context.outputs.count) <= Assumptions.signCaseLimit else {
      return nil
    }
    var search = ImageSearch(context)
    guard search.run(), !search.sections.isEmpty else { return nil }
    let known = context.codomainAssumptions
    let sections = needed(search.sections, known, context)
    let union = Predicate.any(sections.map(\.condition))
    let cover = union.signCover(of: context.outputs, under: known) ?? union
    let x = context.outputs.map { Expression($0) }
    return ImageEvidence(
      image: .all([context.codomain.membership(of: x), cover]), sections: sections)
  }

  /// The sections without those that the others cover.
  private static func needed(
    _ sections: [ImageSection], _ known: Assumptions, _ context: ProofContext
  ) -> [ImageSection] {
    var kept = Array(sections.indices)
    for number in sections.indices {
      let condition = sections[number].condition
      let others = Predicate.any(
        kept.filter { $0 != number }.map { sections[$0].condition })
      let isCovered = known.adding(condition).signCases(of: context.outputs)
        .allSatisfy { $0.decide(condition) == false || $0.decide(others) == true }
      if isCovered { kept.removeAll { $0 == number } }
    }
    return kept.map { sections[$0] }
  }
}
