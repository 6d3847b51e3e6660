import Certificates
import Symbolics

/// det Df > 0 at one interior point and < 0 at another of a connected domain: not injective.
///
/// A continuous injective map of a connected open set into R^n is open and has constant local
/// degree ±1 (invariance of domain), which is the sign of det Df where that is not zero.
struct DeterminantSignStrategy: Strategy {
  let name = "determinant signs"

  func attempt(_ context: ProofContext) -> StrategyOutcome {
    guard context.isSquare else { return .stopped("the dimensions differ") }
    guard context.domain.isProduct else { return .stopped("the domain is not a plain product") }
    guard context.formulas.allSatisfy({ context.assumptions.isContinuous($0, in: context.inputs) })
    else {
      return .stopped("a formula is not shown to be continuous")
    }
    let determinant = Matrix.jacobian(of: context.formulas, by: context.inputs)
      .determinant(under: context.assumptions).simplified(under: context.assumptions)
    var positive: [Expression]?
    var negative: [Expression]?
    for point in candidates(context, determinant) {
      let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, point))
      let sign = context.parameterAssumptions.signs(of: determinant.substituting(values))
      guard sign == .positive && positive == nil || sign == .negative && negative == nil,
        context.formulas.allSatisfy({ context.parameterAssumptions.isAnalytic($0, at: values) })
      else { continue }
      if sign == .positive { positive = point } else { negative = point }
      if let positive, let negative {
        return .settled(verdict(positive, negative, determinant))
      }
    }
    return .stopped("det Df has one sign at all points tried")
  }

  /// Small points; in one dimension first those where f' may be extreme.
  private func candidates(_ context: ProofContext, _ determinant: Expression) -> [[Expression]] {
    let interior = context.domain.interior
    var turns: [[Expression]] = []
    if context.inputs.count == 1, determinant.freeSymbols == context.inputs {
      turns = determinant.derivative(by: context.inputs[0]).rootCandidates(for: context.inputs[0])
        .filter { $0.isRealConstant }.map { [$0] }
        .filter { context.parameterAssumptions.decide(interior.membership(of: $0)) == true }
    }
    if context.hasParameters { turns += pointsAroundZeros(context, determinant) }
    return turns + context.pointsAndAngles(of: interior, 200)
  }

  /// Points t·v on either side of zeros of det Df that depend on the parameters, where v is an axis or
  /// the diagonal.
  private func pointsAroundZeros(_ context: ProofContext, _ determinant: Expression)
    -> [[Expression]]
  {
    let t = context.inputs[0]
    var result: [[Expression]] = []
    for line in lines(context, Expression(t)) {
      let values = Dictionary(uniqueKeysWithValues: zip(context.inputs, line))
      let known = context.parameterAssumptions
      let slope = determinant.substituting(values)
      let zeros = ScalarSolver.solutions(
        of: slope, equals: .zero, for: t, in: .reals, under: known)
      let roots = ((zeros?.branches ?? []).map(\.solution) + slope.rootCandidates(for: t))
        .map { $0.simplified(under: known) }.filter(known.isDefined)
      for place in places(around: roots) {
        let point = line.map { $0.substituting(t, by: place).simplified(under: known) }
        if known.decide(context.domain.interior.membership(of: point)) == true {
          result.append(point)
        }
      }
    }
    return result
  }

  private func lines(_ context: ProofContext, _ t: Expression) -> [[Expression]] {
    let axes = context.inputs.indices.map { axis in
      context.inputs.indices.map { $0 == axis ? t : .zero }
    }
    return axes.count == 1 ? axes : [context.inputs.map { _ in t }] + axes
  }

  /// Numbers between the roots and beyond them.
  private func places(around roots: [Expression]) -> [Expression] {
    guard let first = roots.first else { return [] }
    guard let last = roots.last, roots.count > 1 else { return [.zero, 2 * first] }
    return [(first + last) / 2, 2 * last - first, 2 * first - last]
  }

  private func verdict(
    _ positive: [Expression], _ negative: [Expression], _ determinant: Expression
  ) -> Verdict {
    var verdict = Verdict(
      kind: .notInjective, injective: .no, surjective: .undecided, strategy: name)
    verdict.certificate = .determinantSigns(
      DeterminantSignEvidence(positive: positive, negative: negative, determinant: determinant))
    return verdict
  }
}
