import Certificates
import Symbolics

/// A stack of stages, proven one by one: f = f_L ∘ … ∘ f_1 is a bijection if every f_i is one onto
/// the next one's domain, and log-dets add. One f_i may be a bijection under a condition on the
/// parameters, and not injective elsewhere: so is f then.
enum StackProof {
  static func verdict(_ context: ProofContext) -> StrategyOutcome {
    var domain = context.domain
    var proven: [StageVerdict] = []
    for (position, stage) in context.problem.stages.enumerated() {
      let isLast = position == context.problem.stages.count - 1
      let single = problem(stage, number: position + 1, on: domain, context.problem)
      guard let verdict = bijection(single, mayShrink: !isLast && !stage.isCodomainStated) else {
        return .stopped("stage \(position + 1) is not shown to be a bijection by itself")
      }
      if verdict.verdict.kind == .conditional, proven.contains(where: \.isConditional) {
        return .stopped("more than one stage depends on the parameters")
      }
      proven.append(verdict)
      domain = verdict.stage.codomain
    }
    return .settled(summary(proven, context))
  }

  /// One stage as a problem of its own.
  private static func problem(_ stage: Stage, number: Int, on domain: Region, _ whole: Problem)
    -> Problem
  {
    var domain = domain
    // The stage's formulas name the previous outputs, which are this domain's coordinates.
    precondition(domain.coordinates == stage.inputs, "stages must follow one another")
    domain.coordinates = stage.inputs
    return Problem(
      name: "\(whole.name), stage \(number)", parameters: whole.parameters, domain: domain,
      stages: [stage])
  }

  /// The stage's verdict if it is a bijection, onto its image where no codomain was stated, or one under a
  /// condition.
  private static func bijection(_ problem: Problem, mayShrink: Bool) -> StageVerdict? {
    let verdict = Prover.verdict(for: problem)
    let whole = StageVerdict(stage: problem, verdict: verdict)
    if verdict.kind == .bijective || whole.isConditional { return whole }
    guard mayShrink, verdict.kind == .injectiveNotSurjective,
      let image = verdict.certificate?.image, image.coordinates == problem.outputs
    else { return nil }
    var smaller = problem
    smaller.stages[0].codomain = image
    let onto = Prover.verdict(for: smaller)
    return onto.kind == .bijective ? StageVerdict(stage: smaller, verdict: onto) : nil
  }

  private static func summary(_ proven: [StageVerdict], _ context: ProofContext) -> Verdict {
    var verdict = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: "stack")
    if let part = proven.first(where: \.isConditional)?.verdict {
      verdict = Verdict(
        kind: .conditional, injective: part.injective, surjective: part.surjective,
        strategy: "stack")
      verdict.condition = part.condition
      verdict.kindIfTrue = part.kindIfTrue
      verdict.kindIfFalse = part.kindIfFalse
    }
    verdict.stages = proven
    verdict.inverse = composedInverse(proven, context)
    verdict.certificate = .stages(proven.compactMap(\.verdict.certificate))
    return verdict
  }

  /// f⁻¹ = f_1⁻¹ ∘ … ∘ f_L⁻¹
  private static func composedInverse(_ proven: [StageVerdict], _ context: ProofContext)
    -> [Expression]?
  {
    var current = context.outputs.map { Expression($0) }
    for stage in proven.reversed() {
      guard let inverse = stage.verdict.inverse else { return nil }
      let values = Dictionary(uniqueKeysWithValues: zip(stage.stage.outputs, current))
      current = inverse.map {
        $0.substituting(values).simplified(under: context.codomainAssumptions)
      }
    }
    return current
  }
}

extension StageVerdict {
  /// A bijection under a condition on the parameters, not injective elsewhere.
  fileprivate var isConditional: Bool {
    verdict.kindIfTrue == .bijective && verdict.kindIfFalse == .notInjective
  }
}

extension Certificate {
  /// The steps of the elimination in it.
  var steps: [EliminationStep] {
    switch self {
    case .inverse(let evidence): evidence.derivation
    case .triangular(let evidence): evidence.steps
    case .both(let parts): parts.flatMap(\.steps)
    case .affine, .radial, .univalent, .solver, .coercive, .regular, .factored, .collision,
      .determinantSigns,
      .invarianceOfDomain, .missingPoint, .image, .condition, .stages, .illPosed:
      []
    }
  }

  /// The set that an injective map was shown to map onto.
  var image: Region? {
    switch self {
    case .inverse(let evidence): evidence.image
    case .triangular(let evidence): evidence.image
    case .both(let parts): parts.lazy.compactMap(\.image).first
    case .affine, .radial, .univalent, .solver, .coercive, .regular, .factored, .collision,
      .determinantSigns,
      .invarianceOfDomain, .missingPoint, .image, .condition, .stages, .illPosed:
      nil
    }
  }
}
