extension Predicate {
  /// The same set as a union of few plain sign conditions, where it is determined by the signs of
  /// `symbols`; nil where it is not, or is not shown to be.
  ///
  /// {x2 ≠ 0, x1·x2 ≥ 0} ∪ {x1 = 0, x2 = 0} is {x1·x2 > 0} ∪ {x1 = 0}. Exact: the table of all signs
  /// is compared. The union is found greedily, the largest part first.
  public func signCover(of symbols: [Symbol], under assumptions: Assumptions) -> Predicate? {
    // Where an expression is undefined the predicate fails, which the table does not see.
    guard expressions.allSatisfy(\.definednessObligations.isEmpty) else { return nil }
    let cases = assumptions.signCases(of: symbols)
    guard !cases.contains(where: { $0.signs.isEmpty }) else { return nil }
    var wanted: Set<Int> = []
    for (number, signCase) in cases.enumerated() {
      guard let holds = signCase.decide(self) else { return nil }
      if holds { wanted.insert(number) }
    }
    if wanted.count == cases.count { return .always }
    var parts: [SignCondition] = []
    let candidates = SignCondition.all(of: symbols).filter { candidate in
      cases.indices.allSatisfy { wanted.contains($0) || !candidate.holds(in: cases[$0]) }
    }
    while !wanted.isEmpty {
      func gain(_ candidate: SignCondition) -> Int {
        wanted.count { candidate.holds(in: cases[$0]) }
      }
      // The first of the best: simpler conditions come first.
      guard
        let best = candidates.max(by: {
          gain($0) < gain($1) || (gain($0) == gain($1) && $0.rank > $1.rank)
        }),
        gain(best) > 0
      else { return nil }
      parts.append(best)
      wanted = wanted.filter { !best.holds(in: cases[$0]) }
    }
    // Sets with interior are named before those without.
    return .any(
      parts.filter { !$0.isEquation }.map(\.predicate) + parts.filter(\.isEquation).map(\.predicate)
    )
  }
}

/// Signs required of products of symbols, all of them.
private struct SignCondition {
  let atoms: [(symbols: [Symbol], relation: Relation)]
  /// Its place in the order of simplicity.
  let rank: Int

  func holds(in signCase: SignCase) -> Bool {
    atoms.allSatisfy { atom in
      atom.relation.holds(forSign: atom.symbols.reduce(1) { $0 * signCase.signs[$1]! })
    }
  }

  var predicate: Predicate {
    .all(
      atoms.map { atom in
        .compare(.product(atom.symbols.map { Expression($0) }), atom.relation, .zero)
      })
  }

  var isEquation: Bool { atoms.contains { $0.relation == .equal } }

  private static let relations: [Relation] = [
    .greater, .less, .equal, .unequal, .greaterOrEqual, .lessOrEqual,
  ]

  /// The sign of one product, or one sign a symbol; the simplest first.
  static func all(of symbols: [Symbol]) -> [SignCondition] {
    let subsets = (1..<(1 << symbols.count)).map { bits in
      symbols.indices.filter { bits & (1 << $0) != 0 }.map { symbols[$0] }
    }
    var lists: [[(symbols: [Symbol], relation: Relation)]] = []
    for subset in subsets { lists += relations.map { [(subset, $0)] } }
    for subset in subsets where subset.count > 1 {
      lists += subset.reduce([[]]) { lists, symbol in
        lists.flatMap { list in relations.map { list + [([symbol], $0)] } }
      }
    }
    let sorted = lists.sorted { weight($0) < weight($1) }
    return sorted.enumerated().map { SignCondition(atoms: $1, rank: $0) }
  }

  private static func weight(_ atoms: [(symbols: [Symbol], relation: Relation)]) -> Int {
    atoms.reduce(0) { $0 + 1 + $1.symbols.count }
  }
}
