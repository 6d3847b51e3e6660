public import Certificates
public import Densities
import Exact
public import Symbolics

/// Puts a worked solution together: the verdict, the steps that show it, the answers to what the
/// problem asks.
public struct WorkedSolution: Sendable {
  private let problem: Problem
  private let verdict: Verdict
  private let digits: Int

  /// What the formulas of one part of a document may spend: beyond it they are shown as they stand.
  /// Densities at points have limits of their own.
  private static let effort = 1_000_000

  /// - Parameters:
  ///   - problem: the problem.
  ///   - verdict: what was found out about its map.
  ///   - digits: the significant digits of decimal values.
  public init(_ problem: Problem, verdict: Verdict, digits: Int = 6) {
    self.problem = problem
    self.verdict = verdict
    self.digits = digits
  }

  /// The verdict in a line, with what it is about: the inverse, the counterexample, the witness, or
  /// what was tried.
  public func summary() -> SolutionDocument {
    EffortLimit.within(Self.effort) { shortDocument() }
  }

  private func shortDocument() -> SolutionDocument {
    let proof = ProofNarrative(problem, verdict)
    var result = SolutionDocument(title: problem.name, headline: Headline(problem, verdict))
    switch verdict.kind {
    case .bijective, .injectiveNotSurjective, .conditional:
      result.statement = proof.inverseFormula()
    case .notInjective: result.steps = Array(proof.steps().prefix(1))
    case .undecided, .illPosed: result.steps = proof.steps()
    }
    return result
  }

  /// The density alone, as formulas.
  public static func density(_ density: PushforwardDensity, digits: Int = 6) -> SolutionDocument {
    var result = SolutionDocument(
      title: density.problem.name, headline: Headline(density.problem, density.verdict))
    result.statement = StatementNarrative(density.problem).blocks()
    result.steps = [
      DensityNarrative(problem: density.problem, density: density, digits: digits).formula()
    ]
    return result
  }

  /// The solution as data, for a writer.
  public func document() -> SolutionDocument {
    let proof = ProofNarrative(problem, verdict)
    var result = SolutionDocument(title: problem.name, headline: Headline(problem, verdict))
    result.statement = StatementNarrative(problem).blocks()
    let density = self.density()
    result.steps = EffortLimit.within(Self.effort) {
      verdict.kind == .illPosed
        ? proof.steps()
        : proof.steps() + proof.otherSign() + proof.jacobian() + proof.repair()
    }
    if verdict.kind != .illPosed { result.steps += answers(density) }
    result.steps += answers(toClaimsWith: density)
      .map { Step("Claim: \(code: $0.claim.assertion)", [.paragraph($0.sentence)]) }
    result.notes = proof.notes()
    return result
  }

  /// What is found of the problem's claims, in their order.
  public func claims() -> [ClaimAnswer] {
    problem.claims.isEmpty ? [] : answers(toClaimsWith: density())
  }

  private func answers(toClaimsWith density: Result<PushforwardDensity, DensityError>?)
    -> [ClaimAnswer]
  {
    ClaimCheck(problem, verdict: verdict, density: try? density?.get()).answers()
  }

  /// The density of x, or why there is none; nil without a base.
  private func density() -> Result<PushforwardDensity, DensityError>? {
    guard problem.base != nil else { return nil }
    return Result { () throws(DensityError) in try PushforwardDensity(problem, verdict: verdict) }
  }

  /// What the problem asks besides invertibility.
  private func answers(_ density: Result<PushforwardDensity, DensityError>?) -> [Step] {
    switch density {
    case .success(let found):
      answers(DensityNarrative(problem: problem, density: found, digits: digits))
    case .failure(let error):
      [Step("Density", [.paragraph("No density is stated: \(error.description).")])] + pushes()
    case nil: pushes()
    }
  }

  /// Points pushed through the map alone.
  private func pushes() -> [Step] {
    problem.questions.compactMap { question in
      guard case .push(let point) = question else { return nil }
      return PushNarrative.step(problem, determinant: verdict.determinant, at: point)
    }
  }

  private func answers(_ narrative: DensityNarrative) -> [Step] {
    var steps = [EffortLimit.within(Self.effort) { narrative.formula() }]
    var points: [[Expression]] = []
    for question in problem.questions {
      switch question {
      case .density(let asked): points += asked
      case .push(let point): steps.append(narrative.push(point))
      case .sample(let count): steps.append(narrative.sampling(count))
      case .proveInvertible, .inverse, .jacobian: break
      }
    }
    if !points.isEmpty { steps.append(narrative.table(at: points)) }
    return steps
  }
}

extension Claim {
  /// The claim as written, without the word `claim` in front.
  fileprivate var assertion: String {
    source.hasPrefix("claim ") ? String(source.dropFirst("claim ".count)) : source
  }
}
