public import Symbolics

/// What was found out about a map f: X → Y: both claims, with their evidence.
public struct Verdict: Sendable {
  /// The one word that sums both claims up, as in the JSON answers.
  public enum Kind: String, Sendable {
    case bijective
    case injectiveNotSurjective = "injective_not_surjective"
    case notInjective = "not_injective"
    case conditional
    case undecided
    case illPosed = "ill_posed"
  }

  /// The answer to one claim.
  public enum Answer: String, Sendable {
    case yes, no, conditional, undecided
  }

  /// f and f⁻¹ differentiable, or off a named null set only.
  public enum Regularity: Sendable, Equatable {
    case diffeomorphism
    /// A bijection that is not a diffeomorphism: `singularSet` is where f or f⁻¹ is not
    /// differentiable, as a predicate on z (f not differentiable or det Df = 0).
    case bijectionNotSmooth(singularSet: Predicate)
  }

  public var kind: Kind
  public var injective: Answer
  public var surjective: Answer
  /// For `conditional`: the verdict is `kindIfTrue` exactly when this holds of the parameters.
  public var condition: Predicate?
  public var kindIfTrue: Kind?
  public var kindIfFalse: Kind?
  /// f⁻¹ as formulas in the outputs x1…xm, when it has a closed form.
  public var inverse: [Expression]?
  /// The image f(X) as a predicate on x, when f is not onto or the codomain is worth restating.
  public var image: Predicate?
  public var regularity: Regularity?
  /// log|det Df(z)|, when n = m and f is differentiable off a null set.
  public var logAbsDet: Expression?
  /// det Df(z), likewise.
  public var determinant: Expression?
  /// The strategy that settled it, by name: `triangular`, `affine`, `symmetry` …
  public var strategy: String
  public var certificate: Certificate?
  /// What the independent checker said of the certificate.
  public var checked: CheckOutcome?
  /// The strategies that did not settle it, in the order tried.
  public var tried: [Attempt]
  /// The verdicts of the single stages, for a stack that was proven stage by stage.
  public var stages: [StageVerdict]

  public init(kind: Kind, injective: Answer, surjective: Answer, strategy: String) {
    self.kind = kind
    self.injective = injective
    self.surjective = surjective
    self.strategy = strategy
    tried = []
    stages = []
  }
}

/// One strategy that was tried and why it stopped.
public struct Attempt: Sendable, Equatable {
  public let strategy: String
  public let reason: String
  public init(_ strategy: String, _ reason: String) {
    self.strategy = strategy
    self.reason = reason
  }
}

/// What the checker found.
public enum CheckOutcome: Sendable, Equatable {
  case accepted
  /// Rejected, with the step that failed.
  case rejected(String)
  /// Every step the checker can redo by itself holds; the rest was re-run by an SMT solver.
  case solver
}

/// The verdict of one stage of a stack, as a map from the stage's own domain.
public struct StageVerdict: Sendable {
  public let stage: Problem
  public let verdict: Verdict
  public init(stage: Problem, verdict: Verdict) {
    self.stage = stage
    self.verdict = verdict
  }
}

extension Verdict {
  /// Undecided in both claims, after the given attempts.
  public static func undecided(_ tried: [Attempt]) -> Verdict {
    var verdict = Verdict(
      kind: .undecided, injective: .undecided, surjective: .undecided, strategy: "none")
    verdict.tried = tried
    return verdict
  }
}
