import Certificates
import Symbolics

/// The letters of f(z) = A z + b.
private enum Letter {
  static let matrix = Mathematics.Notation("A", latex: "A")
  static let offset = Mathematics.Notation("b", latex: "b")
  static let vector = Mathematics.Notation("v", latex: "v")
  /// A z
  static func product(_ point: Mathematics.Notation) -> Mathematics.Notation {
    .init("A \(point.text)", latex: "A \(point.latex)")
  }
  /// A⁻¹ (x - b), without b where that is 0.
  static func solution(_ value: Mathematics.Notation, isShifted: Bool) -> Mathematics.Notation {
    isShifted
      ? .init("A^-1 (\(value.text) - b)", latex: "A^{-1} (\(value.latex) - b)")
      : .init("A^-1 \(value.text)", latex: "A^{-1} \(value.latex)")
  }
  static let kernel = Mathematics.Notation("A v = 0", latex: "A v = 0")
  static let determinant = Mathematics.Notation("det A", latex: #"\det A"#)
  static let vanishes = Mathematics.Notation("det A = 0", latex: #"\det A = 0"#)
  static let isNonzero = Mathematics.Notation("det A != 0", latex: #"\det A \neq 0"#)
}

extension AffineEvidence {
  /// det A ≠ 0, by name where the formula is too large to be read.
  var nonzeroDeterminant: Prose {
    determinant.isNormalisable
      ? "\(Predicate.compare(determinant, .unequal, .zero))" : "\(Letter.isNonzero)"
  }

  /// b ≠ 0
  fileprivate var isShifted: Bool { offset.contains { !$0.isZero } }

  /// det A = 0
  var zeroDeterminant: Prose {
    determinant.isNormalisable
      ? "\(Predicate.compare(determinant, .equal, .zero))" : "\(Letter.vanishes)"
  }
}

extension ProofNarrative {
  /// f(z) = A z + b: where det A ≠ 0 the inverse, where det A = 0 two points with one image.
  func affine(_ evidence: AffineEvidence) -> [Step] {
    if isScalar { return line(evidence) }
    if evidence.determinant.isZero, verdict.kind == .notInjective { return singular(evidence) }
    var result = [form(evidence)]
    if verdict.kind != .notInjective { result.append(solvable(evidence)) }
    if verdict.kind != .bijective { result.append(collapsed(evidence)) }
    return result
  }

  /// f(z) = A z + b on a part of R^n: det A ≠ 0 makes f injective there too. Nothing where f is not
  /// affine.
  func affineForm() -> [Step] {
    let rows = Matrix.jacobian(of: formulas, by: inputs).rows
      .map { $0.map { $0.simplified(under: known) } }
    guard !rows.joined().contains(where: { $0.containsAny(of: inputs) }) else { return [] }
    let origin = Dictionary(uniqueKeysWithValues: inputs.map { ($0, Expression.zero) })
    let determinant = Matrix(rows: rows).determinant(under: parameters)
    let evidence = AffineEvidence(
      matrix: rows, offset: formulas.map { $0.substituting(origin).simplified(under: parameters) },
      determinant: determinant.simplified(under: parameters), kernel: [])
    let space = Region.space(inputs)
    return [
      isScalar ? lineForm(evidence) : form(evidence),
      Step(
        "Injective",
        [
          .paragraph(
            "\(evidence.nonzeroDeterminant), so \(theMap) is injective on all of \(space), and here."
          )
        ]
      ),
    ]
  }

  /// The unknowns left after some steps of elimination, in which the other equations are affine: the
  /// matrix that has to be inverted, made of what is known by then.
  func affineBlock(after derivation: [EliminationStep]) -> [Step] {
    let unknowns = inputs.filter { !derivation.map(\.variable).contains($0) }
    let rest = outputs.indices.filter { !derivation.map(\.output).contains(outputs[$0]) }
    let matrix = Matrix.jacobian(of: rest.map { formulas[$0] }, by: unknowns)
    let rows = matrix.rows.map { $0.map { $0.simplified(under: known) } }
    let determinant = Matrix(rows: rows).determinant(under: known).simplified(under: known)
    let letters: Prose = "\(Prose.joined(unknowns.map { "\($0)" as Prose }))"
    let equations: Prose = "\(Prose.joined(rest.map { "\(outputs[$0])" as Prose }))"
    return [
      Step(
        "Linear in what is left",
        [
          .derivation([
            DerivationRow(
              Mathematics.notation(Letter.matrix).equals(.matrix(rows)), because: nil),
            DerivationRow(
              Mathematics.notation(Letter.determinant).equals(.expression(determinant)),
              because: nil),
          ]),
          .paragraph(
            """
            The equations of \(equations) are affine in \(letters), with matrix \(Letter.matrix). Its determinant is not \
            zero, so they have exactly one solution, and \(theMap) is injective.
            """),
        ])
    ]
  }

  /// A, b and det A.
  private func form(_ evidence: AffineEvidence) -> Step {
    let isShifted = evidence.isShifted
    var rows = [
      Mathematics.notation(Letter.matrix).equals(.matrix(evidence.matrix))
    ]
    if isShifted {
      rows.append(
        Mathematics.notation(Letter.offset).equals(.vector(evidence.offset)))
    }
    rows.append(
      Mathematics.notation(Letter.determinant).equals(.expression(evidence.determinant)))
    var blocks = [Block.derivation(rows.map { DerivationRow($0, because: nil) })]
    if isShifted { blocks.append(.paragraph(shiftRemark)) }
    let linear = Letter.product(names.input)
    let form = names.value.equals(
      .notation(
        isShifted
          ? .init(linear.text + " + b", latex: linear.latex + " + b") : linear))
    return Step("\(isShifted ? "Affine" : "Linear"): \(form)", blocks)
  }

  /// det A is 0 identically; the collision beside it has shown the kernel.
  private func singular(_ evidence: AffineEvidence) -> [Step] {
    [
      Step(
        "Not onto \(problem.codomain)",
        [
          .paragraph(
            """
            \(theMap) is affine, and its matrix \(Mathematics.matrix(evidence.matrix)) has \
            determinant 0: the columns span a proper subspace.
            """)
        ])
    ]
  }

  private var shiftRemark: Prose {
    let (f, z) = (names.map, names.input)
    let shift: Prose = "\(Letter.offset) only shifts the image"
    // A list of coordinates takes no prime.
    if z.text.hasPrefix("(") { return shift + "." }
    let difference = Mathematics.notation(
      .init(
        "\(f.text)(\(z.text)) - \(f.text)(\(z.text)') = A (\(z.text) - \(z.text)')",
        latex: "\(f.latex)(\(z.latex)) - \(f.latex)(\(z.latex)') = A (\(z.latex) - \(z.latex)')"))
    return shift + ": \(difference)."
  }

  /// A⁻¹(x - b) = 1/det A · adj A (x - b)
  private func solvable(_ evidence: AffineEvidence) -> Step {
    var value = names.inverseValue.equals(
      .notation(Letter.solution(names.output, isShifted: evidence.isShifted)))
    if let formula = solution(evidence) { value = value.equals(formula) }
    return Step(
      title(of: .backward, evidence.nonzeroDeterminant, "\(theMap) is a bijection"),
      [
        .formula(value),
        .paragraph("A square linear system with nonzero determinant has exactly one solution."),
      ])
  }

  /// What follows from the determinant, as a case of its own where parameters decide.
  func title(
    of direction: Mathematics.Notation, _ condition: Prose, _ conclusion: Prose
  ) -> Prose {
    verdict.kind == .conditional
      ? "(\(direction)) If \(condition), \(conclusion)" : "\(condition), so \(conclusion)"
  }

  /// 1/det A · adj A (x - b), written out where the verdict states it.
  private func solution(_ evidence: AffineEvidence) -> Mathematics? {
    guard let inverse = verdict.inverse else { return nil }
    if evidence.determinant.isConstant { return .vector(inverse) }
    let shifted = zip(outputs, evidence.offset).map { Expression($0) - $1 }
    let numerators = Matrix(rows: evidence.matrix).adjugate(under: parameters) * shifted
    let isShorter = inverse.reduce(0) { $0 + $1.size } < numerators.reduce(0) { $0 + $1.size }
    if isShorter { return .vector(inverse) }
    return .product([.expression(1 / evidence.determinant), .vector(numerators)])
  }

  /// det A = 0: v ≠ 0 with A v = 0.
  private func collapsed(_ evidence: AffineEvidence) -> Step {
    let title = title(
      of: .forward, evidence.zeroDeterminant, "\(theMap) is neither injective nor onto")
    var vectors: [Prose] = []
    var isComplete = false
    for kernel in evidence.kernel ?? [] where !isComplete {
      isComplete = kernel.vector.contains { $0.isConstant && !$0.isZero }
      let vector: Prose = "\(Mathematics.vector(kernel.vector))"
      vectors.append(isComplete ? vector : "\(vector) if it is not 0")
    }
    if !isComplete {
      vectors.append(
        """
        \(vectors.isEmpty ? "a" : "any other") solution of \(Letter.kernel) other than 0, since \
        \(Letter.matrix) is not of full rank
        """)
    }
    let f = names.map
    let value = evidence.isShifted ? "b" : "0"
    let image = Mathematics.notation(
      .init(
        "\(f.text)(v) = \(value) = \(f.text)(0)",
        latex: "\(f.latex)(v) = \(value) = \(f.latex)(0)"))
    let text: Prose = """
      \(Letter.vector) = \(Prose.joined(vectors, separator: ", else ")): \(Letter.kernel) and \
      \(Letter.vector) is not 0, so \(image).
      """
    let rank: Prose = """
      The columns of \(Letter.matrix) span a proper subspace, so the image of \(theMap) is not all of \(problem.codomain).
      """
    return Step(title, [.paragraph(text), .paragraph(rank)])
  }
}
