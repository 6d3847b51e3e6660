import Certificates
import Symbolics

extension ProofNarrative {
  /// How x = f(z) is solved, one unknown at a time.
  func elimination(_ derivation: [EliminationStep], onto image: Region) -> [Step] {
    var result: [Step] = []
    if inputs.count > 1 { result.append(structure(derivation)) }
    let title: Prose =
      isScalar ? "Solve \(equation)" : "Solve \(equation), one unknown at a time"
    result.append(
      Step(
        title,
        [
          .derivation(derivation.flatMap { rows(for: $0) }),
          .paragraph(conclusion(derivation, onto: image)),
        ]))
    return result + smallImage()
  }

  /// Fewer inputs than outputs: the image of a smooth map is a null set.
  private func smallImage() -> [Step] {
    guard inputs.count < outputs.count else { return [] }
    var text: Prose = """
      The image of a smooth map of \(inputs.count) variable\(inputs.count == 1 ? "" : "s") is a null \
      set of R^\(outputs.count), so \(theMap) is not onto.
      """
    if let image = verdict.image { text = text + " The image is \(Mathematics.locus(image))." }
    return [Step("Not onto \(problem.codomain)", [.paragraph(text)])]
  }

  /// x = f(z)
  var equation: Mathematics {
    Mathematics.notation(names.output).equals(names.value)
  }

  private func structure(_ derivation: [EliminationStep]) -> Step {
    let uses = zip(outputs, formulas).map { output, formula -> Prose in
      let used = inputs.filter { formula.contains($0) }
      if used.isEmpty { return "\(output) is constant" }
      return "\(output) uses \(Prose.joined(used.map { "\($0)" }))"
    }
    let order = Mathematics.vector(derivation.map { Expression($0.variable) })
    let isTriangular = derivation.allSatisfy { !$0.isSubstituted }
    if derivation.count < inputs.count {
      return Step("Structure", [.paragraph("\(Prose.joined(uses, separator: "; ")).")])
    }
    let pattern: Prose =
      isTriangular
      ? "triangular in the order \(order)"
      : "not triangular, but the unknowns can be eliminated in the order \(order)"
    return Step("Structure", [.paragraph("\(Prose.joined(uses, separator: "; ")): \(pattern).")])
  }

  // MARK: One unknown

  private func rows(for step: EliminationStep) -> [DerivationRow] {
    let start = Mathematics.symbol(step.output).equals(.expression(step.equation))
    switch step.map.justification {
    case .isolation(let layers): return isolation(layers, from: start, step)
    case .pieces(let pieces): return pieces.map { row(forPiece: $0, of: step) }
    case .cases(let cases): return cases.map { row(for: $0, of: step) }
    case .monotone(let derivative):
      let slope = Mathematics.partial(step.output, by: step.variable)
        .equals(.expression(derivative))
      let row = DerivationRow(start, gives: slope, because: monotoneReason(step.map))
      guard let solved = solved(step) else { return [row] }
      return [row, DerivationRow(start, gives: solved, because: nil)]
    }
  }

  private func monotoneReason(_ map: ScalarBijection) -> Prose {
    let direction: Prose =
      switch map.direction {
      case .increasing: "strictly increasing"
      case .decreasing: "strictly decreasing"
      case nil: "strictly monotone"
      }
    let range: Prose = map.image.map { ", with values \(Mathematics.interval($0))" } ?? ""
    return "\(direction) in \(map.variable)\(range)"
  }

  /// x_i = g(z_j) on one part of the interval of z_j.
  private func row(forPiece piece: ScalarBijection, of step: EliminationStep) -> DerivationRow {
    let premise = Mathematics.symbol(step.output).equals(.expression(piece.formula))
    let solved = piece.inverse.map {
      Mathematics.symbol(step.variable).equals(.expression($0))
    }
    if piece.domain.lower == piece.domain.upper {
      return DerivationRow(premise, gives: solved, because: "at this point")
    }
    let part: Prose = "\(step.variable) in \(Mathematics.interval(piece.domain))"
    return DerivationRow(
      premise, gives: solved, because: "for \(part): \(monotoneReason(piece))")
  }

  /// x_i = g(z_j) in one case of the other unknowns.
  private func row(for part: BijectionCase, of step: EliminationStep) -> DerivationRow {
    DerivationRow(
      Mathematics.symbol(step.output).equals(.expression(part.map.formula)),
      gives: part.map.inverse.map { Mathematics.symbol(step.variable).equals(.expression($0)) },
      because: "where \(part.condition): \(monotoneReason(part.map))")
  }

  /// A row for every layer that is peeled off; the last one ends with the solution in x alone.
  private func isolation(
    _ layers: [IsolationStep], from start: Mathematics, _ step: EliminationStep
  ) -> [DerivationRow] {
    if layers.contains(where: distinguishesCases) {
      return [
        DerivationRow(
          start, gives: solved(step) ?? start,
          because: "case by case; the pieces have one solution together")
      ]
    }
    guard layers.count > 1 else {
      return [
        DerivationRow(
          start, gives: solved(step) ?? start, because: layers.first.flatMap { reason($0.rule) })
      ]
    }
    var premise = start
    return layers.enumerated().map { index, layer in
      var after = Mathematics.expression(layer.left).equals(.expression(layer.right))
      if index == layers.count - 1, let end = solved(step) { after = end }
      defer { premise = after }
      return DerivationRow(premise, gives: after, because: reason(layer.rule))
    }
  }

  /// z_i = g(x_j, earlier unknowns) = its value in x alone.
  private func solved(_ step: EliminationStep) -> Mathematics? {
    guard let inverse = step.map.inverse else { return nil }
    let chain = Mathematics.symbol(step.variable).equals(.expression(inverse))
    guard let solution = step.solution, solution != inverse else { return chain }
    return chain.equals(.expression(solution))
  }

  private func conclusion(_ derivation: [EliminationStep], onto image: Region) -> Prose {
    let isOnto = image == problem.codomain && verdict.kind != .injectiveNotSurjective
    let steps: Prose = derivation.count == 1 ? "The equation" : "Every step"
    if derivation.count < inputs.count, inputs.count == outputs.count {
      return "\(steps) has at most one real solution."
    }
    let place: Prose = problem.domain.isWholeSpace ? "" : " with \(theInput) in \(problem.domain)"
    if inputs.count != outputs.count || verdict.kind == .undecided {
      return """
        \(steps) has at most one real solution\(place), so \(theMap) is injective.
        """
    }
    if isOnto {
      return
        "\(steps) has exactly one real solution\(place) for every \(theOutput) in \(problem.codomain)."
    }
    return """
      \(steps) has at most one real solution\(place), so \(theMap) is injective; it has one exactly for \
      the \(theOutput) in \(image).
      """
  }
}

extension Mathematics {
  /// ∂y/∂t
  static func partial(_ output: Symbol, by variable: Symbol) -> Mathematics {
    .notation(
      Notation(
        "d\(output)/d\(variable)",
        latex:
          #"\partial \#(Expression(output).latex) / \partial \#(Expression(variable).latex)"#))
  }
}
