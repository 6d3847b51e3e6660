import Certificates
import Symbolics

/// What a complete elimination proves: f is injective; its image is where every step is solvable.
struct EliminationConclusion {
  let context: ProofContext
  let steps: [EliminationStep]

  func verdict() -> StrategyOutcome {
    let solved = closedForms()
    let inverse = solved.count == steps.count && context.usesClosedInverses ? solved : nil
    let derivation = solvedSteps(inverse ?? [:])
    let isTriangular = steps.allSatisfy { !$0.isSubstituted }
    var verdict = Verdict(
      kind: .undecided, injective: .yes, surjective: .undecided,
      strategy: isTriangular ? "triangular" : "elimination")
    verdict.inverse = inverse.map { found in context.inputs.map { found[$0]! } }
    var solvable = imageConditions(solved)
    var onto = surjectivity(solvable)
    if onto.answer != .yes, let inverse {
      solvable = membershipConditions(inverse)
      onto = surjectivity(solvable)
    }
    return .settled(settled(verdict, onto, solvable, derivation))
  }

  /// What follows for a map whose inverse is known, where the steps are no more than its beginning: f is
  /// injective, and its image is where f⁻¹ is defined and maps into the domain.
  func verdict(inverse: [Expression], strategy: String) -> Verdict {
    var verdict = Verdict(
      kind: .undecided, injective: .yes, surjective: .undecided, strategy: strategy)
    verdict.inverse = inverse
    let conditions = inverse.flatMap(definedness) + [context.domain.membership(of: inverse)]
    let solvable = conditions.flatMap(\.conjuncts).map { condition in
      condition.mapExpressions { $0.simplified(under: context.codomainAssumptions) }
    }
    return settled(verdict, surjectivity(solvable), solvable, solvedSteps(closedForms()))
  }

  /// The verdict with what is known of the image, and its certificate.
  private func settled(
    _ injective: Verdict, _ onto: (answer: Verdict.Answer, missing: MissingPointEvidence?),
    _ solvable: [Predicate], _ derivation: [EliminationStep]
  ) -> Verdict {
    var verdict = injective
    verdict.surjective = onto.answer
    let image: Region
    switch onto.answer {
    case .yes:
      verdict.kind = .bijective
      image = context.codomain
    case .no:
      verdict.kind = .injectiveNotSurjective
      image = imageRegion(solvable)
      verdict.image = image.membership(of: context.outputs.map { Expression($0) })
    case .conditional, .undecided:
      image = imageRegion(solvable)
      // The checker of the certificate is to confirm it.
      if image == context.codomain {
        verdict.surjective = .yes
        verdict.kind = .bijective
      }
    }
    var certificate: Certificate =
      if let found = verdict.inverse {
        .inverse(InverseEvidence(inverse: found, derivation: derivation, image: image))
      } else {
        .triangular(TriangularEvidence(steps: derivation, image: image))
      }
    if let missing = onto.missing { certificate = .both([certificate, .missingPoint(missing)]) }
    verdict.certificate = certificate
    return verdict
  }

  // MARK: The inverse

  /// The variables that have closed forms in terms of x alone, with these.
  func closedForms() -> [Symbol: Expression] {
    var open: [Symbol: Expression] = [:]
    for step in steps { open[step.variable] = step.map.inverse }
    var solved: [Symbol: Expression] = [:]
    let known = context.codomainAssumptions
    while true {
      let ready = steps.map(\.variable).filter { variable in
        solved[variable] == nil && open[variable] != nil
          && !open[variable]!.containsAny(of: context.inputs.filter { solved[$0] == nil })
      }
      if ready.isEmpty { return solved }
      for variable in ready {
        solved[variable] = open[variable]!.substituting(solved).simplified(under: known)
      }
    }
  }

  /// The steps with the solutions in terms of x.
  private func solvedSteps(_ solutions: [Symbol: Expression]) -> [EliminationStep] {
    steps.map { step in
      var step = step
      step.solution = solutions[step.variable]
      return step
    }
  }

  // MARK: The image

  /// The conditions on x for every step to be solvable within the domain, in the order of steps.
  private func imageConditions(_ values: [Symbol: Expression]) -> [Predicate] {
    var conditions = steps.map { $0.map.solvable.substituting(values) }
    if context.domain.predicate != .always {
      conditions.append(context.domain.predicate.substituting(values))
    }
    return conditions.flatMap(\.conjuncts).filter { $0 != .always }.map { condition in
      condition.mapExpressions { $0.simplified(under: context.codomainAssumptions) }
    }
  }

  /// The same set as f⁻¹(x) ∈ X: said of the inverse where the interval of a step's values depends
  /// on other outputs.
  private func membershipConditions(_ inverse: [Symbol: Expression]) -> [Predicate] {
    let known = context.codomainAssumptions
    var conditions: [Predicate] = []
    for step in steps {
      let isFibred = step.map.image?.freeSymbols.contains(where: context.inputs.contains) ?? true
      if isFibred { conditions += fibreConditions(step, inverse) }
      let isPlain = step.map.image == nil || !isFibred
      if isPlain { conditions.append(step.map.solvable.substituting(inverse)) }
    }
    conditions.append(context.domain.predicate.substituting(inverse))
    return conditions.map { $0.substituting(inverse) }.flatMap(\.conjuncts)
      .filter { $0 != .always }
      .map { condition in condition.mapExpressions { $0.simplified(under: known) } }
  }

  /// That the unknown of a step has a value in its interval, and is the solution: tan(x1 - x2) has
  /// values that are none.
  private func fibreConditions(_ step: EliminationStep, _ inverse: [Symbol: Expression])
    -> [Predicate]
  {
    let solution = inverse[step.variable]!
    let defined = definedness(of: solution)
    let conditions = defined + [step.map.domain.membership(of: solution)]
    // A solution with a value everywhere is one wherever it lies in the interval.
    if defined.isEmpty { return conditions }
    let known = conditions.reduce(context.codomainAssumptions) { $0.adding($1) }
    let solvable = step.map.solvable.substituting(inverse)
    return known.decide(solvable) == true ? conditions : conditions + [solvable]
  }

  /// What x must satisfy for the formula to have a value.
  private func definedness(of formula: Expression) -> [Predicate] {
    formula.definednessObligations(under: context.codomainAssumptions).compactMap { obligation in
      guard obligation.indices.isEmpty, let predicate = obligation.predicate else { return nil }
      return .any([obligation.guardCondition.negation, predicate])
    }
  }

  private func surjectivity(_ conditions: [Predicate]) -> (
    answer: Verdict.Answer, missing: MissingPointEvidence?
  ) {
    let known = context.codomainAssumptions
    let open = conditions.filter { known.decide($0) != true }
    if open.isEmpty { return (.yes, nil) }
    let necessary = Predicate.all(conditions)
    guard open.allSatisfy({ !$0.expressions.contains { $0.containsAny(of: context.inputs) } })
    else { return (.undecided, nil) }
    guard let point = context.point(of: context.codomain, violating: necessary) else {
      return (.undecided, nil)
    }
    return (
      .no,
      MissingPointEvidence(
        point: point, necessary: necessary,
        reason: "every value of f satisfies the condition, and this point does not")
    )
  }

  /// The image as a region: an interval for every output whose step has one free of other symbols,
  /// the other conditions as a predicate.
  private func imageRegion(_ conditions: [Predicate]) -> Region {
    let codomain = context.codomain
    let extra = conditions.filter { context.codomainAssumptions.decide($0) != true }
    let solvedIntervals: [Symbol: Interval] = Dictionary(
      uniqueKeysWithValues: steps.compactMap { step in
        guard let image = step.map.image,
          !image.freeSymbols.contains(where: (context.inputs + context.outputs).contains)
        else { return nil }
        return (step.output, image)
      })
    var remaining = extra
    var intervals = codomain.intervals
    for (position, output) in codomain.coordinates.enumerated() {
      guard let interval = solvedIntervals[output] else { continue }
      let stated = interval.membership(of: Expression(output)).conjuncts
      if remaining.contains(where: stated.contains) {
        intervals[position] = interval
        remaining.removeAll { stated.contains($0) }
      }
    }
    let rest = Predicate.all([codomain.predicate] + remaining)
      .plainSigns(under: context.parameterAssumptions)
    let box = Region(coordinates: codomain.coordinates, intervals: intervals)
    let known = context.parameterAssumptions.adding(box)
    let plain = rest.withoutRedundancy(under: known)
    let cover = plain.signCover(
      of: plain.freeSymbols.filter(context.outputs.contains), under: known)
    return Region(
      coordinates: codomain.coordinates, intervals: intervals, where: cover ?? plain)
  }
}
