import Symbolics

/// What a certificate was found to establish.
indirect enum ProvenFact: Hashable {
  case injective, onto, notInjective, notOnto, illPosed
  /// |f(z)| → ∞ as |z| → ∞; det Df ≠ 0 everywhere on R^n
  case coercive, regular
  case image(Predicate)
  /// What f is depends on the parameters; with what holds in both cases.
  case conditional(ConditionalKind, ifTrue: Set<ProvenFact>, ifFalse: Set<ProvenFact>)

  var words: String {
    switch self {
    case .injective: "f is injective"
    case .onto: "f is onto the codomain"
    case .notInjective: "f is not injective"
    case .notOnto: "f is not onto the codomain"
    case .illPosed: "the problem is ill-posed"
    case .coercive: "f is coercive"
    case .regular: "det Df is nowhere 0"
    case .image(let image): "the image is \(image.text)"
    case .conditional(let kind, _, _): "\(kind.condition.text) decides"
    }
  }
}

extension Set<ProvenFact> {
  /// The verdict that the facts amount to; nil when they leave it open.
  var kind: Verdict.Kind? {
    if contains(.notInjective) { return .notInjective }
    guard contains(.injective) else { return nil }
    return contains(.onto) ? .bijective : contains(.notOnto) ? .injectiveNotSurjective : nil
  }

  /// The fact that f is a bijection under a condition, and not injective elsewhere.
  var bijectiveOrNotInjective: ProvenFact? {
    first { fact in
      guard case .conditional(let kind, let ifTrue, let ifFalse) = fact else { return false }
      return kind.ifTrue == .bijective && kind.ifFalse == .notInjective
        && ifTrue.isSuperset(of: [.injective, .onto]) && ifFalse.contains(.notInjective)
    }
  }

  var injective: Verdict.Answer { answer(yes: .injective, no: .notInjective) }
  var surjective: Verdict.Answer { answer(yes: .onto, no: .notOnto) }

  private func answer(yes: ProvenFact, no: ProvenFact) -> Verdict.Answer {
    contains(yes) ? .yes : contains(no) ? .no : .undecided
  }
}

/// What f was shown to be, for all parameters or in the two cases of a condition.
struct ProvenCases {
  private let kind: ConditionalKind
  private let facts: [Verdict.Kind: Set<ProvenFact>]

  /// Nil where the facts leave it open.
  init?(_ proven: Set<ProvenFact>) {
    for case .conditional(let kind, let ifTrue, let ifFalse) in proven {
      self.kind = kind
      facts = [kind.ifTrue: ifTrue, kind.ifFalse: ifFalse]
      return
    }
    guard let kind = proven.kind else { return nil }
    self.kind = ConditionalKind(always: kind)
    facts = [kind: proven]
  }

  /// These where the condition holds, and `other` where it does not; nil for more than two kinds, and for
  /// a single one.
  func joined(with other: ProvenCases, at condition: Predicate) -> ProvenFact? {
    guard
      let both = ConditionalKind(split: condition, ifTrue: kind, ifFalse: other.kind)
    else { return nil }
    let shown = facts.merging(other.facts) { $0.intersection($1) }
    guard let ifTrue = shown[both.ifTrue], let ifFalse = shown[both.ifFalse] else { return nil }
    return .conditional(both, ifTrue: ifTrue, ifFalse: ifFalse)
  }
}
