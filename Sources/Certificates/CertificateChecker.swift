import Exact
public import Symbolics

/// Verifies certificates without the prover: every step is recomputed from the map itself.
///
/// It uses the calculus of Symbolics (normal forms, signs, limits, exact comparison) and nothing of
/// the search that produced the evidence.
public enum CertificateChecker {
  /// What a check may spend: as much as the prover's search.
  private static let effort = 1_500_000

  /// Whether `certificate` proves the claims of `verdict` about `problem`.
  ///
  /// - Parameters:
  ///   - certificate: the evidence.
  ///   - verdict: the claims: injective, onto, the inverse.
  ///   - problem: the map, with its domain, codomain and parameters.
  ///   - facts: conditions on the parameters beyond their sets; the claims are for values that satisfy
  ///     them.
  /// - Returns: accepted, or rejected with the step that could not be verified, be it for want of
  ///   effort.
  public static func check(
    _ certificate: Certificate, proving verdict: Verdict, for problem: Problem,
    where facts: [Predicate] = []
  ) -> CheckOutcome {
    report(on: certificate, proving: MapClaim(verdict), for: problem, where: facts).outcome
  }

  /// The same, with every step that was verified.
  ///
  /// - Parameters:
  ///   - certificate: the evidence.
  ///   - claim: what it is to prove.
  ///   - problem: the map, with its domain, codomain and parameters.
  ///   - facts: conditions on the parameters beyond their sets.
  /// - Returns: the outcome and the steps that were verified until then, in order.
  public static func report(
    on certificate: Certificate, proving claim: MapClaim, for problem: Problem,
    where facts: [Predicate] = []
  ) -> CheckReport {
    EffortLimit.within(effort) {
      let setting = CheckSetting(problem, where: facts)
      do throws(RejectedStep) {
        try setting.require(claim.isConsistent, "the claim does not contradict itself")
        if claim.kind != .illPosed { try setting.requireWellPosed() }
        let proven = try setting.facts(of: certificate).union(setting.dimensionFacts)
        try setting.require(claim, by: proven)
        try setting.requireInverse(of: claim, shownBy: certificate)
        let outcome: CheckOutcome = setting.log.usesSolver ? .solver : .accepted
        return CheckReport(outcome: outcome, steps: setting.log.steps)
      } catch {
        return CheckReport(outcome: .rejected(error.step), steps: setting.log.steps)
      }
    }
  }
}

/// The first step of a certificate that does not hold.
struct RejectedStep: Error {
  let step: String
  init(_ step: String) { self.step = step }
}

/// The map that a certificate is checked against.
struct CheckSetting {
  let problem: Problem
  let formulas: [Expression]
  /// Parameters in their sets and whatever case of them is being checked.
  let parameters: Assumptions
  /// The case: conditions on the parameters.
  let facts: [Predicate]
  /// Where verified steps are noted.
  let log: CheckLog

  init(_ problem: Problem, where facts: [Predicate] = [], log: CheckLog = CheckLog()) {
    self.problem = problem
    self.log = log
    formulas = problem.composedFormulas
    self.facts = facts
    var known = Assumptions(parameters: problem.parameters)
    for fact in facts { known = known.adding(fact) }
    parameters = known
  }

  var onDomain: Assumptions { parameters.adding(problem.domain) }
  var inputValues: [Expression] { problem.inputs.map { Expression($0) } }
  var outputValues: [Expression] { problem.outputs.map { Expression($0) } }

  /// f at a point or along formulas.
  func image(of point: [Expression]) -> [Expression] {
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
    return formulas.map { $0.substituting(values) }
  }

  /// Every formula is defined on the whole domain, and the values lie in the codomain, those of
  /// inner stages in the sets stated for them.
  func requireWellPosed() throws(RejectedStep) {
    let definedness = Definedness.check(
      problem.composedObligations, over: problem.domain, parameters: problem.parameters,
      facts: .all(facts))
    guard case .holds = definedness else { throw rejected("f is defined on the domain") }
    log.record("f is defined on \(problem.domain.text)")
    for stated in problem.statedSets {
      let inclusion = Inclusion.check(
        stated.formulas, from: problem.domain, into: stated.region, under: parameters)
      guard case .holds = inclusion else {
        throw rejected("the values lie in \(stated.region.text)")
      }
      log.record("the values lie in \(stated.region.text)")
    }
  }

  /// A smooth map into more dimensions has an image of measure zero (Sard), so it misses points of
  /// any codomain with interior.
  var dimensionFacts: Set<ProvenFact> {
    let known = onDomain
    let isSmooth = formulas.allSatisfy { known.isAnalytic($0, in: problem.inputs) }
    return problem.outputs.count > problem.inputs.count && isSmooth
      && problem.codomain.isWholeSpace ? [.notOnto] : []
  }

  /// Notes the step if it holds.
  func require(_ holds: Bool, _ step: @autoclosure () -> String) throws(RejectedStep) {
    if !holds { throw rejected(step()) }
    log.record(step())
  }

  /// `step` as one that does not hold.
  func rejected(_ step: String) -> RejectedStep { RejectedStep(log.inContext(step)) }

  /// The facts that the certificate establishes.
  func facts(of certificate: Certificate) throws(RejectedStep) -> Set<ProvenFact> {
    switch certificate {
    case .inverse(let evidence): return try check(evidence)
    case .triangular(let evidence): return try check(evidence)
    case .affine(let evidence): return try check(evidence)
    case .radial(let evidence): return try check(evidence)
    case .univalent(let evidence): return try check(evidence)
    case .solver(let evidence): return try check(evidence)
    case .coercive(let evidence): return try check(evidence)
    case .regular: return try checkRegular()
    case .factored(let evidence): return try check(evidence)
    case .collision(let evidence): return try check(evidence)
    case .determinantSigns(let evidence): return try check(evidence)
    case .invarianceOfDomain: return try checkInvarianceOfDomain()
    case .missingPoint(let evidence): return try check(evidence)
    case .image(let evidence): return try check(evidence)
    case .illPosed(let evidence): return try check(evidence)
    case .stages(let parts): return try checkStages(parts)
    case .both(let parts):
      var all: Set<ProvenFact> = []
      for part in parts { all.formUnion(try facts(of: part)) }
      return all.withConsequencesOfCoercivity
    case .condition(let condition, let ifTrue, let ifFalse):
      return try check(condition, ifTrue, ifFalse)
    }
  }
}
