import Symbolics

/// What a certificate was found to establish.
indirect enum ProvenFact: Hashable {
  case injective, onto, notInjective, notOnto, illPosed
  case image(Predicate)
  /// What holds exactly when the condition on the parameters does, and when it does not.
  case conditional(Predicate, ifTrue: Set<ProvenFact>, ifFalse: Set<ProvenFact>)

  var words: String {
    switch self {
    case .injective: "f is injective"
    case .onto: "f is onto the codomain"
    case .notInjective: "f is not injective"
    case .notOnto: "f is not onto the codomain"
    case .illPosed: "the problem is ill-posed"
    case .image(let image): "the image is \(image.text)"
    case .conditional(let condition, _, _): "\(condition.text) decides"
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

  var injective: Verdict.Answer { answer(yes: .injective, no: .notInjective) }
  var surjective: Verdict.Answer { answer(yes: .onto, no: .notOnto) }

  private func answer(yes: ProvenFact, no: ProvenFact) -> Verdict.Answer {
    contains(yes) ? .yes : contains(no) ? .no : .undecided
  }
}
