import Certificates
import Proofs
import Symbolics

extension ProofNarrative {
  /// f(a) = f(b) with a ≠ b, and why such points were to be expected.
  func collision(_ evidence: CollisionEvidence) -> [Step] {
    let first = Mathematics.value(of: names.map, at: evidence.first)
    let second = Mathematics.value(of: names.map, at: evidence.second)
    let equality = first.equals(.vector(evidence.image)).equals(second)
    let difference = Mathematics.vector(evidence.first)
      .linked(.unequal, .vector(evidence.second))
    var blocks: [Block] = [.formula(equality, because: "and \(difference)")]
    if !evidence.parameters.isEmpty {
      let values = evidence.parameters.keys.sorted().map { symbol -> Prose in
        "\(Mathematics.symbol(symbol).equals(.expression(evidence.parameters[symbol]!)))"
      }
      blocks.append(.paragraph("This is at \(Prose.joined(values))."))
    }
    var result = [Step("Two points, one image", blocks)]
    let reasons = evidence.reasons.compactMap(reason)
    if !reasons.isEmpty {
      result.append(
        Step("Why", [.paragraph("\(Prose.joined(reasons, separator: "; moreover, ")).")]))
    }
    return result
  }

  private func reason(_ reason: CollisionReason) -> Prose? {
    switch reason {
    case .symmetry(let map, let name):
      let moved = Mathematics.value(of: names.map, at: map)
      let same = Mathematics.value(of: names.map, at: inputs.map { Expression($0) })
      return "\(theMap) is \(withSymbols(name)), \(moved.equals(same))"
    case .collapse(let variable, let condition):
      guard condition != .always else { return "\(theMap) does not depend on \(variable)" }
      if let image = image(onWhere: condition) {
        return "the whole set \(Mathematics.locus(condition)) goes to \(Mathematics.vector(image))"
      }
      return "where \(condition), \(theMap) does not depend on \(variable)"
    case .turningPoint(let variable): return "\(theMap) both rises and falls in \(variable)"
    case .equation: return nil
    }
  }

  /// Words with the names of inputs among them set as symbols.
  private func withSymbols(_ words: String) -> Prose {
    let parts = words.split(separator: " ").map { word -> Prose in
      let symbol = Symbol(String(word))
      return inputs.contains(symbol) ? "\(symbol)" : Prose(words: String(word))
    }
    return .joined(parts, separator: " ")
  }

  /// The one value of f where z_i = c, if it is constant there.
  private func image(onWhere condition: Predicate) -> [Expression]? {
    guard case .compare(let left, .equal, let value) = condition, let fixed = left.symbolValue
    else { return nil }
    let values = formulas.map { $0.substituting(fixed, by: value).simplified(under: known) }
    return values.contains { $0.containsAny(of: inputs) } ? nil : values
  }

  /// det Df > 0 at one point and < 0 at another.
  func determinantSigns(_ evidence: DeterminantSignEvidence) -> [Step] {
    func value(at point: [Expression]) -> Expression {
      self.value(of: evidence.determinant, at: point)
    }
    let formula = Mathematics.notation(.determinant).equals(.expression(evidence.determinant))
    let positive = Predicate.compare(value(at: evidence.positive), .greater, .zero)
    let negative = Predicate.compare(value(at: evidence.negative), .less, .zero)
    let text: Prose = """
      It is \(positive) at \(Mathematics.vector(evidence.positive)) and \(negative) at \
      \(Mathematics.vector(evidence.negative)). By invariance of domain, a continuous injective map of a connected open set into a space of the \
      same dimension preserves or reverses orientation everywhere: \(theMap) is not injective.
      """
    return [Step("A determinant of both signs", [.formula(formula), .paragraph(text)])]
  }

  /// Where f is refuted by a collision: det Df of both signs, if it has them, as another sign of it.
  func otherSign() -> [Step] {
    guard verdict.kind == .notInjective, verdict.certificate?.showsCollision == true,
      problem.parameters.isEmpty, problem.domain.isProduct, let determinant = verdict.determinant,
      let (positive, negative) = pointsOfBothSigns(determinant)
    else { return [] }
    let formula = Mathematics.notation(.determinant).equals(.expression(determinant))
    let text: Prose = """
      \(formula) is \(value(of: determinant, at: positive)) at \(Mathematics.vector(positive)) and \
      \(value(of: determinant, at: negative)) at \(Mathematics.vector(negative)): impossible for an \
      injective continuous map of a connected open set (invariance of domain).
      """
    return [Step("Another sign", [.paragraph(text)])]
  }

  private func pointsOfBothSigns(_ determinant: Expression) -> ([Expression], [Expression])? {
    let known = parameters.adding(problem.domain)
    guard formulas.allSatisfy({ known.isAnalytic($0, in: inputs) }) else { return nil }
    var found: [Int: [Expression]] = [:]
    for witness in WitnessSearch(in: problem.domain.interior, under: parameters).points(60) {
      let sign = ExactConstant.sign(of: value(of: determinant, at: witness.point))
      if let sign, found[sign] == nil { found[sign] = witness.point }
      if let positive = found[1], let negative = found[-1] { return (positive, negative) }
    }
    return nil
  }

  private func value(of formula: Expression, at point: [Expression]) -> Expression {
    formula.substituting(Dictionary(uniqueKeysWithValues: zip(inputs, point)))
      .simplified(under: parameters)
  }

  /// More unknowns than outputs.
  func invarianceOfDomain() -> [Step] {
    let text: Prose = """
      \(theMap) is continuous and has \(inputs.count) unknowns, but \(outputs.count) \
      output\(outputs.count == 1 ? "" : "s"). No continuous map of an open set into fewer dimensions is \
      injective (invariance of domain), so some points have the same image.
      """
    return [Step("Not injective", [.paragraph(text)])]
  }

  /// A point of the codomain that f does not reach, and the image where it is known.
  func missingPoint(_ evidence: MissingPointEvidence) -> [Step] {
    let point = Mathematics.notation(names.output).equals(.vector(evidence.point))
    var text: Prose
    if let necessary = evidence.necessary {
      text = """
        \(point) has no preimage: every value of \(theMap) satisfies \(necessary), and this point does not.
        """
    } else {
      text = "\(point) has no preimage: \(evidence.reason)."
    }
    if let image = verdict.image, verdict.kind != .notInjective {
      text = text + " The image is \(Mathematics.locus(image))."
    }
    return [Step("Not onto \(problem.codomain)", [.paragraph(text)])]
  }

  /// The image, with a preimage of each of its points.
  func image(_ evidence: ImageEvidence) -> [Step] {
    let image: Prose =
      verdict.surjective == .yes
      ? "It is all of \(problem.codomain), as each point"
      : """
      It is \(Mathematics.locus(evidence.image)): \(theMap) takes no other values, and each point
      """
    let rows = evidence.sections.map { section -> DerivationRow in
      let place: Prose? = section.condition == .always ? nil : "where \(section.condition)"
      return DerivationRow(
        Mathematics.notation(names.input).equals(.vector(section.preimage)), because: place)
    }
    return [Step("Image", [.paragraph(image + " has a preimage:"), .derivation(rows)])]
  }

  /// A smaller domain on which f is a bijection.
  func repair() -> [Step] {
    guard verdict.kind == .notInjective,
      let part = Repair.restriction(of: problem, verdict: verdict)
    else { return [] }
    let smaller = part.stage.domain.membership(of: inputs.map { Expression($0) })
    let text: Prose = "Where \(smaller) it is a bijection onto \(set(part.stage.codomain))"
    guard let inverse = part.verdict.inverse else {
      return [Step("Repair", [.paragraph(text + ".")])]
    }
    return [
      Step(
        "Repair",
        [.paragraph(text + ", with the inverse"), .formula(value(ofInverse: inverse))])
    ]
  }

  /// A region by its condition on x alone, if there is one: {x1 > 0}.
  private func set(_ region: Region) -> Mathematics {
    let condition = region.membership(of: outputs.map { Expression($0) })
    return condition == .always ? .region(region) : .locus(condition)
  }

  // MARK: No answer

  /// A point where f is not defined or leaves a stated set.
  func illPosed(_ evidence: IllPosedEvidence) -> [Step] {
    let point = place(of: evidence)
    let (title, text): (Prose, Prose) =
      switch evidence.cause {
      case .operation(let source):
        ("\(theMap) is not defined", undefined(source, at: evidence, point))
      case .values(let stage): leaving(stage, at: evidence, point)
      }
    let advice: Prose = evidence.suggestion.map { " What would do: \($0)." } ?? ""
    return [Step(title, [.paragraph(text + advice)])]
  }

  private func undefined(_ source: String, at evidence: IllPosedEvidence, _ point: Prose) -> Prose {
    if Assumptions().decide(evidence.violated) == false {
      return "\(code: source) is never defined."
    }
    return """
      At \(point), a point of \(problem.domain), \(code: source) is not defined: it \
      needs \(evidence.violated).
      """
  }

  /// z = …, with the values of the parameters that go with it.
  private func place(of evidence: IllPosedEvidence) -> Prose {
    let point = Mathematics.notation(names.input).equals(.vector(evidence.witness))
    let parameters = problem.parameters.map(\.symbol).compactMap { symbol -> Prose? in
      evidence.parameters[symbol].map { "\(Mathematics.symbol(symbol).equals(.expression($0)))" }
    }
    return parameters.isEmpty ? "\(point)" : "\(point) with \(Prose.joined(parameters))"
  }

  /// The value of a stage that lies outside its set.
  private func leaving(_ stage: Int, at evidence: IllPosedEvidence, _ point: Prose)
    -> (title: Prose, text: Prose)
  {
    guard let stated = problem.statedSets.first(where: { $0.stage == stage }) else {
      preconditionFailure("evidence names a stage without a set")
    }
    let values = evidence.parameters.merging(zip(inputs, evidence.witness)) { $1 }
    let image = stated.formulas.map { $0.substituting(values).simplified(under: parameters) }
    let isLast = stage == problem.stages.count - 1
    let what: Prose = isLast ? "the value" : "the value of stage \(stage + 1)"
    let text: Prose =
      "At \(point) \(what) is \(Mathematics.vector(image)), which is not in \(stated.region)."
    return (
      isLast ? "\(theMap) leaves the codomain" : "Stage \(stage + 1) leaves its set", text
    )
  }

  /// What was tried, and why it did not settle the question.
  func undecided() -> [Step] {
    guard !verdict.tried.isEmpty else { return [] }
    let table = SolutionTable(
      head: ["tried", "why it stopped"],
      rows: verdict.tried.map { [Prose(words: $0.strategy), Prose(words: $0.reason)] })
    var result = verdict.certificate.map(steps) ?? []
    result.append(Step("What was tried", [.table(table)]))
    return result
  }
}

extension Certificate {
  fileprivate var showsCollision: Bool {
    switch self {
    case .collision: true
    case .both(let parts): parts.contains(where: \.showsCollision)
    default: false
    }
  }
}
