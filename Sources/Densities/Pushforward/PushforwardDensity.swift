public import Certificates
import Exact
public import Symbolics

/// The density p2 of x = f(z) for z ~ p1, exact and symbolic:
///
///     p2(x) = Σ p1(z) / |det Df(z)|  over all z with f(z) = x
///           = p1(f⁻¹(x)) · |det Df⁻¹(x)|  for an injective f
///
/// Both forms are derived and compared. Nothing is said of the density unless all preimages of x are
/// known: by the verdict (f is injective), or because every equation was solved completely.
public struct PushforwardDensity: Sendable {
  /// The map and its base distribution.
  public let problem: Problem
  /// What was proven of the map.
  public let verdict: Verdict
  /// p1 and its support.
  public let base: BaseDensity
  /// What is known of the parameters, the verdict's condition included.
  public let assumptions: Assumptions
  /// The condition on the parameters under which f is injective; `.always` if unconditionally.
  public let requirement: Predicate
  /// det Df(z)
  public let determinant: Expression
  /// log|det Df(z)|
  public let logAbsDeterminant: Expression
  /// The preimages of x, as formulas.
  public let preimages: Preimages
  /// f as formulas in z, all stages together.
  let map: [Expression]

  /// Derives the density of the problem's map.
  ///
  /// - Parameters:
  ///   - problem: the map and its base distribution.
  ///   - verdict: what was proven of the map; its inverse is used where it is injective.
  /// - Throws: ``DensityError``, when x has no density or none can be derived.
  public init(_ problem: Problem, verdict: Verdict) throws(DensityError) {
    guard problem.base != nil else { throw .noBase }
    guard problem.inputs.count == problem.outputs.count else {
      throw .dimensions(domain: problem.inputs.count, codomain: problem.outputs.count)
    }
    guard verdict.kind != .illPosed else { throw .illPosed }
    let claim = InjectivityClaim(verdict)
    let assumptions = Assumptions(parameters: problem.parameters).adding(claim.requirement)
    self.problem = problem
    self.verdict = verdict
    self.assumptions = assumptions
    requirement = claim.requirement
    base = try BaseDensity(of: problem, under: assumptions)
    map = problem.composedFormulas
    let inside = assumptions.adding(problem.domain)
    determinant =
      verdict.determinant
      ?? Matrix.jacobian(of: map, by: problem.inputs).determinant(under: inside)
      .simplified(under: inside)
    if claim.requirement == .always, !claim.isInjective,
      let point = Self.pointOfCollapse(determinant, base, problem, assumptions)
    {
      throw .singular(point)
    }
    logAbsDeterminant = verdict.logAbsDet ?? logAbs(of: determinant, under: inside)
    let derivation = BranchDerivation(
      problem: problem, base: base, determinant: determinant, assumptions: assumptions)
    let map = map
    preimages = EffortLimit.within(Self.effort) {
      derivation.preimages(map: map, claim: claim, verdict: verdict)
    }
  }

  /// What the derivation of the formulas may spend, and again the density at each point.
  static let effort = 300_000

  /// A point inside the support around which det Df vanishes identically.
  private static func pointOfCollapse(
    _ determinant: Expression, _ base: BaseDensity, _ problem: Problem, _ assumptions: Assumptions
  ) -> [Expression]? {
    guard determinant.isZero || determinant.isPiecewise else { return nil }
    let candidates = WitnessSearch(in: base.support.interior, under: assumptions).points(60)
    return candidates.first { witness in
      let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, witness.point))
      guard witness.parameters.isEmpty,
        assumptions.decide(problem.domain.interior.membership(of: witness.point)) == true
      else { return false }
      return determinant.smoothBranch(at: values, under: assumptions)?.isZero ?? false
    }?.point
  }

  /// p2 as formulas in x; nil when a preimage has no closed form.
  ///
  /// - Throws: ``DensityError/incomplete(_:)`` when not all preimages are known.
  public func formula() throws(DensityError) -> DensityFormula? {
    switch preimages {
    case .implicit: return nil
    case .incomplete(let reason): throw .incomplete(reason)
    case .branches(let branches, let exceptional):
      let whole = DensityFormula(terms: merged(branches), exceptional: exceptional)
      // One term has nothing to be told apart from.
      return whole.terms.count == 1
        ? whole : whole.disjoint(under: assumptions.adding(problem.codomain))
    }
  }

  /// Branches with one condition become one term.
  private func merged(_ branches: [PreimageBranch]) -> [DensityFormula.Term] {
    var conditions: [Predicate] = []
    var values: [Predicate: [Expression]] = [:]
    for branch in branches {
      let condition = Predicate.all([branch.condition, branch.support])
      if values[condition] == nil { conditions.append(condition) }
      values[condition, default: []].append(branch.reverseForm)
    }
    return conditions.map { condition in
      let inside = assumptions.adding(problem.codomain).adding(condition)
      return DensityFormula.Term(
        value: Expression.sum(values[condition]!).simplified(under: inside), condition: condition)
    }
  }

  /// p1(z) / |det Df(z)| as a formula in z, with x = f(z): also where f⁻¹ has no closed form.
  public var implicitForm: Expression {
    let inside = assumptions.adding(problem.domain)
    return (base.density / determinant.magnitude(under: inside)).simplified(under: inside)
  }
}

/// Whether a verdict says that f is injective, and under which condition on the parameters.
struct InjectivityClaim {
  let isInjective: Bool
  let requirement: Predicate

  init(_ verdict: Verdict) {
    let injective: [Verdict.Kind?] = [.bijective, .injectiveNotSurjective]
    if verdict.injective == .yes {
      (isInjective, requirement) = (true, .always)
    } else if verdict.kind == .conditional, let condition = verdict.condition,
      injective.contains(verdict.kindIfTrue)
    {
      (isInjective, requirement) = (true, condition)
    } else {
      (isInjective, requirement) = (false, .always)
    }
  }
}
