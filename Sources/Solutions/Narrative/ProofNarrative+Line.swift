import Certificates
import Symbolics

extension ProofNarrative {
  /// f(z) = a z + b in one variable: where a ≠ 0 the solution of f(z) = x, where a = 0 a constant map.
  func line(_ evidence: AffineEvidence) -> [Step] {
    if evidence.determinant.isZero, verdict.kind == .notInjective { return [constant(evidence)] }
    var result = [lineForm(evidence)]
    if verdict.kind != .notInjective { result.append(lineInverse(evidence)) }
    if verdict.kind != .bijective { result.append(flat(evidence)) }
    return result
  }

  /// The slope, and what the offset does.
  func lineForm(_ evidence: AffineEvidence) -> Step {
    let offset = evidence.offset[0]
    let title: Prose = offset.isZero ? "Linear" : "Affine"
    let slope: Prose = "Its graph is a line with slope \(evidence.determinant)"
    let shift: Prose = offset.isZero ? "" : "; \(offset) only shifts the image"
    return Step(
      "\(title): \(names.value.equals(.vector(formulas)))", [.paragraph(slope + shift + ".")])
  }

  private func lineInverse(_ evidence: AffineEvidence) -> Step {
    let title = title(
      of: .backward, evidence.nonzeroDeterminant, "\(theMap) is a bijection")
    let solution =
      verdict.inverse?[0] ?? (Expression(outputs[0]) - evidence.offset[0]) / evidence.determinant
    let equation = names.value.equals(.notation(theOutput))
    return Step(
      title,
      [
        .formula(names.inverseValue.equals(.expression(solution))),
        .paragraph("This is the one solution of \(equation)."),
      ])
  }

  /// Where the slope is 0.
  private func flat(_ evidence: AffineEvidence) -> Step {
    let title = title(
      of: .forward, evidence.zeroDeterminant, "\(theMap) is neither injective nor onto")
    let collision = Mathematics.value(of: names.map, at: [.zero])
      .equals(.expression(evidence.offset[0])).equals(.value(of: names.map, at: [.one]))
    return Step(title, [.paragraph("Then \(theMap) takes one value only: \(collision).")])
  }

  /// The map is constant; the collision beside it has shown that it is not injective.
  private func constant(_ evidence: AffineEvidence) -> Step {
    Step(
      "Not onto \(problem.codomain)",
      [.paragraph("\(theMap) takes no value but \(evidence.offset[0]).")])
  }
}
