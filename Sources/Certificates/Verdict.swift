public import Symbolics

/// What was found out about a map f: X → Y: both claims, with their evidence.
public struct Verdict: Sendable {
  /// The one word that sums both claims up, as in the JSON answers.
  public enum Kind: String, Sendable, CaseIterable {
    /// Injective and onto the codomain.
    case bijective
    /// Injective, but some point of the codomain is no value.
    case injectiveNotSurjective = "injective_not_surjective"
    /// Two points of the domain have one image.
    case notInjective = "not_injective"
    /// It depends on the parameters, by a known condition.
    case conditional
    /// Injectivity is open; or it holds and surjectivity is open.
    case undecided
    /// A formula is undefined somewhere on the domain, or leaves the codomain.
    case illPosed = "ill_posed"
  }

  /// The answer to one claim.
  public enum Answer: String, Sendable, CaseIterable {
    case yes, no, conditional, undecided
  }

  /// f and f⁻¹ differentiable, or off a named null set only.
  public enum Regularity: Sendable, Equatable {
    /// f and f⁻¹ are differentiable everywhere.
    case diffeomorphism
    /// A bijection that is not a diffeomorphism: f or f⁻¹ is not differentiable on a set.
    case bijectionNotSmooth(SingularSet)
  }

  /// Where a bijection is no diffeomorphism.
  public struct SingularSet: Sendable, Equatable {
    /// What fails there.
    public enum Failure: Sendable, Equatable {
      /// f is not differentiable; f⁻¹ is, everywhere, and det Df⁻¹ = 0 there.
      case map
      /// f is differentiable everywhere, and det Df = 0 there; f⁻¹ is not differentiable.
      case inverse
      /// f is not differentiable or det Df = 0; which of them is not said.
      case either
    }

    /// The set, as a predicate on z.
    public let points: Predicate
    /// Its image, as a predicate on x, where f⁻¹ has a closed form.
    public let image: Predicate?
    /// What fails there.
    public let failure: Failure

    /// `failure` happens exactly at `points`, whose image is `image`; with ``Failure/either`` at
    /// these points at most.
    public init(points: Predicate, image: Predicate? = nil, failure: Failure) {
      self.points = points
      self.image = image
      self.failure = failure
    }
  }

  /// Both claims in one word.
  public var kind: Kind
  /// Is f injective?
  public var injective: Answer
  /// Is f onto the stated codomain?
  public var surjective: Answer
  /// For `conditional`: the verdict is `kindIfTrue` exactly when this holds of the parameters.
  public var condition: Predicate?
  /// For `conditional`: the verdict where the condition holds.
  public var kindIfTrue: Kind?
  /// For `conditional`: the verdict where the condition fails.
  public var kindIfFalse: Kind?
  /// f⁻¹ as formulas in the outputs x1…xm, when it has a closed form.
  public var inverse: [Expression]?
  /// The image f(X) as a predicate on x, when f is not onto or the codomain is worth restating.
  public var image: Predicate?
  /// Whether a bijection is a diffeomorphism; nil when f is no bijection, or it is not known.
  public var regularity: Regularity?
  /// log|det Df(z)|, when n = m and f is differentiable off a null set.
  public var logAbsDet: Expression?
  /// det Df(z), likewise.
  public var determinant: Expression?
  /// The strategy that settled it, by name: `triangular`, `affine`, `symmetry` …
  public var strategy: String
  /// The evidence; nil when nothing was shown.
  public var certificate: Certificate?
  /// What the independent checker said of the certificate.
  public var checked: CheckOutcome?
  /// The strategies that did not settle it, in the order tried.
  public var tried: [Attempt]
  /// The verdicts of the single stages, for a stack that was proven stage by stage.
  public var stages: [StageVerdict]

  /// Both claims and who settled them; everything else is filled in by the strategy.
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
  /// The name of the strategy.
  public let strategy: String
  /// Why it stopped.
  public let reason: String
  /// `strategy` stopped for `reason`.
  public init(_ strategy: String, _ reason: String) {
    self.strategy = strategy
    self.reason = reason
  }
}

/// What the checker found.
public enum CheckOutcome: Sendable, Equatable {
  /// Every step holds.
  case accepted
  /// Rejected, with the step that failed.
  case rejected(String)
  /// Every step the checker can redo by itself holds; the rest was re-run by an SMT solver.
  case solver

  /// Whether the claim was verified, be it with a solver's help.
  public var holds: Bool { if case .rejected = self { false } else { true } }
}

/// The verdict of one stage of a stack, as a map from the stage's own domain.
public struct StageVerdict: Sendable {
  /// The stage as a problem of its own.
  public let stage: Problem
  /// What was found out about it.
  public let verdict: Verdict
  /// `verdict` on `stage`.
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
