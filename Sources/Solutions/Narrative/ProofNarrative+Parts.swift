import Certificates
import Symbolics

extension ProofNarrative {
  // MARK: Cases

  /// The cases, each with its proof or refutation.
  func cases(of condition: Predicate, ifTrue: Certificate, ifFalse: Certificate) -> [Step] {
    let whole = Certificate.condition(condition, ifTrue: ifTrue, ifFalse: ifFalse)
    return whole.cases.flatMap { part in
      let kind = part.certificate.kind
      return [Step(title(part.condition, kind), [.paragraph(summary(kind))])]
        + side(part.condition, part.certificate, kind)
    }
  }

  /// The arrow tells which direction of "if and only if" a case shows.
  private func title(_ condition: Predicate, _ kind: Verdict.Kind?) -> Prose {
    let arrow: Mathematics.Notation = kind == verdict.kindIfTrue ? .backward : .forward
    return verdict.kind == .conditional ? "(\(arrow)) If \(condition)" : "If \(condition)"
  }

  private func side(_ condition: Predicate, _ certificate: Certificate, _ kind: Verdict.Kind?)
    -> [Step]
  {
    var part = verdict
    part.kind = kind ?? .undecided
    part.certificate = certificate
    let restricted = problem.restricted(to: condition).problem
    return ProofNarrative(restricted, part, names: names).steps(of: certificate)
  }

  private func summary(_ kind: Verdict.Kind?) -> Prose {
    switch kind {
    case .bijective: "\(theMap) is a bijection, as the next steps show."
    case .injectiveNotSurjective: "\(theMap) is injective, but not onto, as the next steps show."
    case .notInjective: "\(theMap) is not injective, as the next steps show."
    case .conditional, .undecided, .illPosed, nil: "Nothing is claimed."
    }
  }

  // MARK: Stages

  /// The stack, stage by stage: each a bijection onto the next one's domain, log-dets added.
  func stack(_ parts: [Certificate]) -> [Step] {
    let stages = verdict.stages.isEmpty ? proven(parts) : verdict.stages
    let count = stages.count
    let rows = stages.enumerated().map { index, part -> [Prose] in
      let stage = part.stage.stages[0]
      let map = Mathematics.vector(stage.outputs.map { Expression($0) })
        .equals(.vector(stage.formulas))
      let sets = Mathematics.region(part.stage.domain).linked(.to, .region(part.stage.codomain))
      let logDet: Prose = part.verdict.logAbsDet.map { "\($0)" } ?? ""
      return ["\(index + 1)", "\(map)", "\(sets)", logDet]
    }
    let table = SolutionTable(head: ["stage", "map", "from and onto", "log|det|"], rows: rows)
    var result = [
      Step(
        "The stack of \(count) stages",
        [
          .table(table),
          .paragraph(conclusion(stages)),
        ])
    ]
    for (index, part) in stages.enumerated() {
      result += stageSteps(part, number: index + 1)
    }
    if let inverse = verdict.inverse {
      let order = Mathematics.notation(
        .init(
          (1...count).reversed().map { "f\($0)" }.joined(separator: " o "),
          latex: (1...count).reversed().map { "f_{\($0)}" }.joined(separator: #" \circ "#)))
      let latexNames = (1...count).map { "f_{\($0)}^{-1}" }.joined(separator: #" \circ "#)
      let textNames = (1...count).map { "f\($0)^-1" }.joined(separator: " o ")
      let value = self.value(ofInverse: inverse)
      let chain = Mathematics.notation(.init(textNames, latex: latexNames))
      result.append(
        Step(
          "Inverse of the stack",
          [
            .paragraph(
              "\(Mathematics.notation(names.map).equals(order)), so \(Mathematics.notation(names.inverse).equals(chain)):"
            ),
            .formula(value),
          ]))
    }
    return result + addedLogDets(stages)
  }

  /// The stages by their certificates alone, as in one case of the parameters.
  private func proven(_ parts: [Certificate]) -> [StageVerdict] {
    var domain = problem.domain
    return zip(problem.stages, parts).map { stage, certificate in
      let single = Problem(
        name: problem.name, parameters: problem.parameters, domain: domain, stages: [stage])
      domain = stage.codomain
      var verdict = Verdict(
        kind: certificate.kind ?? .conditional, injective: .undecided, surjective: .undecided,
        strategy: "stack")
      verdict.certificate = certificate
      return StageVerdict(stage: single, verdict: verdict)
    }
  }

  private func conclusion(_ stages: [StageVerdict]) -> Prose {
    guard let position = stages.firstIndex(where: { $0.verdict.kind == .conditional }) else {
      return """
        Each stage is a bijection onto the domain of the next, as shown below; so is their \
        composition.
        """
    }
    return """
      Each stage is a bijection onto the domain of the next, as shown below, stage \(position + 1) under its condition; \
      so is their composition. Where the condition fails, stage \(position + 1) gives two points one image, and so does \
      \(theMap).
      """
  }

  private func stageSteps(_ part: StageVerdict, number: Int) -> [Step] {
    let own = ProofNarrative(
      part.stage, part.verdict, names: MapNames(part.stage, stage: number))
    return own.steps().filter { !$0.blocks.isEmpty }.map { step in
      Step("Stage \(number): \(step.title)", step.blocks)
    }
  }

  /// log|det Df| = Σ log|det Df_i|, each at its own input.
  private func addedLogDets(_ stages: [StageVerdict]) -> [Step] {
    let parts = stages.map(\.verdict.logAbsDet)
    guard let total = verdict.logAbsDet, !parts.contains(where: { $0 == nil }) else { return [] }
    let terms = Mathematics.sum(parts.compactMap { $0 }.map { .expression($0) })
    let value = Mathematics.notation(.logDet).equals(terms).equals(.expression(total))
    let inner = stages.dropFirst().flatMap { $0.stage.inputs.map { "\($0)" as Prose } }
    return [
      Step(
        "Log-dets add",
        [
          .formula(
            value, because: "with \(Prose.joined(inner)) expressed by \(theInput) in the last form")
        ])
    ]
  }
}
