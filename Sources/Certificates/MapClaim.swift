public import Symbolics

/// What a certificate is to prove of a map.
public struct MapClaim: Sendable, Equatable {
  /// Both claims in one word.
  public let kind: Verdict.Kind
  /// Is f injective?
  public let injective: Verdict.Answer
  /// Is f onto the stated codomain?
  public let surjective: Verdict.Answer
  /// For `conditional`: what decides, on the parameters.
  public let condition: Predicate?
  /// For `conditional`: the verdict where the condition holds.
  public let kindIfTrue: Verdict.Kind?
  /// For `conditional`: the verdict where the condition fails.
  public let kindIfFalse: Verdict.Kind?
  /// f⁻¹ as formulas in the outputs; under the condition, if there is one.
  public let inverse: [Expression]?
  /// The image of a map that is not injective, as a predicate on x.
  public let image: Predicate?

  /// A claim with these parts; nothing is checked here.
  public init(
    kind: Verdict.Kind, injective: Verdict.Answer, surjective: Verdict.Answer,
    condition: Predicate? = nil, kindIfTrue: Verdict.Kind? = nil, kindIfFalse: Verdict.Kind? = nil,
    inverse: [Expression]? = nil, image: Predicate? = nil
  ) {
    self.kind = kind
    self.injective = injective
    self.surjective = surjective
    self.condition = condition
    self.kindIfTrue = kindIfTrue
    self.kindIfFalse = kindIfFalse
    self.inverse = inverse
    self.image = image
  }

  /// What of a verdict its certificate is to prove: regularity, determinants and the image of an
  /// injective map are derived from the proof, not part of it.
  public init(_ verdict: Verdict) {
    self.init(
      kind: verdict.kind, injective: verdict.injective, surjective: verdict.surjective,
      condition: verdict.condition, kindIfTrue: verdict.kindIfTrue,
      kindIfFalse: verdict.kindIfFalse, inverse: verdict.inverse,
      image: verdict.kind == .notInjective ? verdict.image : nil)
  }

  /// Whether the parts can hold together, and say something.
  var isConsistent: Bool {
    let hasCondition = condition != nil && kindIfTrue != nil && kindIfFalse != nil
    let isUnconditional = condition == nil && kindIfTrue == nil && kindIfFalse == nil
    switch kind {
    case .bijective:
      return isUnconditional && injective == .yes && surjective == .yes && image == nil
    case .injectiveNotSurjective:
      return isUnconditional && injective == .yes && surjective == .no && image == nil
    case .notInjective:
      return isUnconditional && injective == .no && surjective != .conditional && inverse == nil
    case .conditional: return hasCondition && kindIfTrue != kindIfFalse && image == nil
    case .undecided:
      return isUnconditional && injective == .yes && surjective == .undecided && image == nil
    case .illPosed:
      return isUnconditional && injective == .undecided && surjective == .undecided
        && inverse == nil && image == nil
    }
  }
}
