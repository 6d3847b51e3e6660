/// Whether a map takes one region into another.
public enum Inclusion: Sendable {
  case holds
  /// The point's image certainly lies outside.
  case violated(Witness)
  /// Neither proven nor refuted: this part of the membership is the first that is left.
  case unknown(Predicate)

  /// Whether f(z) ∈ `codomain` for every z ∈ `domain` and all admissible parameter values.
  ///
  /// - Parameters:
  ///   - formulas: f, one formula a coordinate of the codomain, defined on all of the domain.
  ///   - domain: Where the points lie.
  ///   - codomain: Where the images should lie.
  ///   - assumptions: What is known of the parameters.
  public static func check(
    _ formulas: [Expression], from domain: Region, into codomain: Region,
    under assumptions: Assumptions = Assumptions()
  ) -> Inclusion {
    let inside = assumptions.adding(domain)
    let membership = codomain.membership(of: formulas)
    var open: Predicate?
    for part in membership.conjuncts where inside.decide(part) != true {
      let search = WitnessSearch(
        in: domain, under: assumptions,
        mentioning: membership.freeSymbols + formulas.flatMap(\.freeSymbols))
      if let witness = search.first(where: part.negation) { return .violated(witness) }
      if open == nil, !inside.holdsCaseByCase(part) { open = part }
    }
    return open.map { .unknown($0) } ?? .holds
  }
}

/// Whether the map z ↦ formulas takes `domain` into `codomain`: ``Inclusion/check(_:from:into:under:)``.
public func maps(
  _ formulas: [Expression], from domain: Region, into codomain: Region,
  under assumptions: Assumptions = Assumptions()
) -> Inclusion {
  Inclusion.check(formulas, from: domain, into: codomain, under: assumptions)
}
