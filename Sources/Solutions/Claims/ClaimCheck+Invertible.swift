import Certificates
import Symbolics

extension ClaimCheck {
  /// f is a bijection, or it is not.
  func invertible(_ claimed: Bool) -> Finding {
    switch verdict.kind {
    case .bijective:
      return claimed
        ? .right("\(theMap) is a bijection.") : .wrong("\(theMap) is a bijection.")
    case .injectiveNotSurjective, .notInjective:
      let (reason, witness) = refutation
      return claimed ? .wrong(reason, witness) : .right(reason)
    case .conditional where verdict.kindIfTrue == .bijective: return dependent(claimed)
    case .conditional, .undecided, .illPosed:
      return .open("The verdict is \(verdict.kind.rawValue).")
    }
  }

  /// Why f is no bijection, with a point that shows it where there is one.
  var refutation: (reason: Prose, witness: Witness?) {
    for part in verdict.certificate?.parts ?? [] {
      if let (why, witness) = refutation(by: part) {
        return ("\(theMap) is not invertible: \(why).", witness)
      }
    }
    return ("\(theMap) is not invertible.", nil)
  }

  private func refutation(by certificate: Certificate) -> (Prose, Witness?)? {
    switch certificate {
    case .collision(let evidence):
      let witness = Witness(point: evidence.first, parameters: evidence.parameters)
      let equality = Mathematics.value(of: .map, at: evidence.first)
        .equals(.vector(evidence.image)).equals(.value(of: .map, at: evidence.second))
      return ("\(equality)\(setting(witness))", witness)
    case .determinantSigns(let evidence):
      return (
        """
        \(Mathematics.Notation.determinant) is positive at \(Mathematics.vector(evidence.positive)) and \
        negative at \(Mathematics.vector(evidence.negative))
        """, Witness(point: evidence.positive, parameters: [:])
      )
    case .missingPoint(let evidence):
      return (
        "\(Mathematics.vector(evidence.point)) is not a value of it",
        Witness(point: evidence.point, parameters: [:])
      )
    default: return nil
    }
  }

  /// A bijection for some values of the parameters: one of the others shows that the claim is wrong.
  private func dependent(_ claimed: Bool) -> Finding {
    let condition = verdict.condition ?? .always
    let search = WitnessSearch(
      in: .space([]), under: Assumptions(parameters: problem.parameters),
      mentioning: condition.freeSymbols)
    let witness = search.first(where: claimed ? condition.negation : condition)
    let example: Prose? = witness.flatMap(values).map {
      claimed ? "; it is not for \($0)" : "; it is for \($0)"
    }
    return .wrong(
      "It depends: \(theMap) is invertible if and only if \(condition)\(example ?? "").", witness)
  }
}

extension Certificate {
  /// The certificates that it is made of.
  fileprivate var parts: [Certificate] {
    if case .both(let parts) = self { parts.flatMap(\.parts) } else { [self] }
  }
}
