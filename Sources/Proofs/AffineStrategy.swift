import Certificates
import Exact
import Symbolics

/// f(z) = A z + b on R^n: injective ⇔ onto ⇔ det A ≠ 0.
struct AffineStrategy: Strategy {
  let name = "affine"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    guard context.domain.isWholeSpace, context.codomain.isWholeSpace else {
      return .stopped("the domain or codomain is not all of R^\(context.inputs.count)")
    }
    guard
      let parts = AffineParts(of: context.formulas, in: context.inputs, under: context.assumptions)
    else { return .stopped("a formula is not affine in z") }
    let determinant = parts.matrix.determinant(under: context.parameterAssumptions)
      .simplified(under: context.parameterAssumptions)
    let signs = context.parameterAssumptions.signs(of: determinant)
    let kernel = signs.contains(.zero) ? kernel(of: parts.matrix, determinant, context) : []
    let evidence = AffineEvidence(
      matrix: parts.matrix.rows, offset: parts.offset, determinant: determinant, kernel: kernel)
    if !signs.contains(.zero) { return .settled(invertible(context, parts, evidence)) }
    if signs == .zero || determinant.isZero { return collapsed(context, evidence) }
    if determinant.isConstant { return .stopped("the sign of the determinant is not decided") }
    return .settled(conditional(context, parts, evidence))
  }

  /// Candidates for A v = 0; nil where the minors of A are too large for their products to be
  /// verified, as det A is: linear algebra has a kernel vector all the same.
  private func kernel(of matrix: Matrix, _ determinant: Expression, _ context: ProofContext)
    -> [KernelVector]?
  {
    guard determinant.isNormalisable else { return nil }
    return KernelVectors.candidates(for: matrix, under: context.parameterAssumptions)
  }

  private func invertible(_ context: ProofContext, _ parts: AffineParts, _ evidence: AffineEvidence)
    -> Verdict
  {
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: name)
    verdict.inverse = inverse(context, parts, evidence.determinant)
    verdict.certificate = .affine(evidence)
    return verdict
  }

  private func conditional(
    _ context: ProofContext, _ parts: AffineParts, _ evidence: AffineEvidence
  )
    -> Verdict
  {
    var verdict = Verdict(
      kind: .conditional, injective: .conditional, surjective: .conditional, strategy: name)
    verdict.condition = .compare(evidence.determinant, .unequal, .zero)
    verdict.kindIfTrue = .bijective
    verdict.kindIfFalse = .notInjective
    verdict.inverse = inverse(context, parts, evidence.determinant)
    verdict.certificate = .affine(evidence)
    return verdict
  }

  /// A⁻¹(x - b); nil where it is too large to be verified.
  private func inverse(_ context: ProofContext, _ parts: AffineParts, _ determinant: Expression)
    -> [Expression]?
  {
    guard context.usesClosedInverses, determinant.isNormalisable else { return nil }
    return parts.inverse(
      of: context.outputs, determinant: determinant, under: context.parameterAssumptions)
  }

  /// det A = 0: a kernel vector v gives f(v) = f(0).
  private func collapsed(_ context: ProofContext, _ evidence: AffineEvidence) -> StrategyOutcome {
    guard
      let kernel = evidence.kernel?.first(where: {
        context.parameterAssumptions.decide($0.condition) == true
      })
    else { return .stopped("det A = 0, but no kernel vector is certain to be nonzero") }
    var verdict = Verdict(kind: .notInjective, injective: .no, surjective: .no, strategy: name)
    let origin = context.inputs.map { _ in Expression.zero }
    verdict.certificate = .both([
      .collision(
        CollisionEvidence(
          first: origin, second: kernel.vector, image: context.image(of: origin),
          reasons: [.equation])),
      .affine(evidence),
    ])
    return .settled(verdict)
  }
}

/// Vectors v with A v = 0 when det A = 0.
enum KernelVectors {
  /// Columns of the adjugate (A·adj A = det A·I) in order, then the first unit vector for A = 0 when
  /// n ≤ 2; each under the condition that it is nonzero and the earlier ones vanish.
  static func candidates(for matrix: Matrix, under assumptions: Assumptions) -> [KernelVector] {
    let count = matrix.rows.count
    let unit = (0..<count).map { $0 == 0 ? Expression.one : .zero }
    var vectors: [[Expression]] = []
    if count > 1 {
      let adjugate = matrix.adjugate(under: assumptions)
      for column in (0..<count).reversed() {
        let vector = adjugate.rows.map { $0[column].simplified(under: assumptions) }
        let isNegative = vector.first { !$0.isZero }?.coefficientAndRest.coefficient.sign ?? 1 < 0
        vectors.append(isNegative ? vector.map { -$0 } : vector)
      }
    }
    if count <= 2 { vectors.append(unit) }
    var earlier: [Predicate] = []
    var result: [KernelVector] = []
    for vector in vectors {
      let nonzero = Predicate.any(vector.map { .compare($0, .unequal, .zero) }).folded
      let condition = Predicate.all(earlier + [nonzero])
      if nonzero != .never, condition != .never {
        result.append(KernelVector(vector, when: condition))
      }
      earlier += vector.map { entry in
        Predicate.compare(entry.coefficientAndRest.rest, .equal, .zero).folded
      }
    }
    return result
  }
}
