/// One of the cases in which each of some symbols has one sign.
public struct SignCase: Sendable {
  /// The sign of each symbol: -1, 0 or 1.
  public let signs: [Symbol: Int]
  /// What is known, the signs included.
  public let assumptions: Assumptions

  /// Whether the predicate holds at all points of the case (true), at none (false), or neither was
  /// proven (nil).
  ///
  /// Points at which one of its expressions is undefined are left aside.
  public func decide(_ predicate: Predicate) -> Bool? {
    let zeros = signs.filter { $0.value == 0 }.mapValues { _ in Expression.zero }
    let inside = predicate.substituting(zeros).mapExpressions { $0.simplified(under: assumptions) }
    return assumptions.decide(inside.folded)
  }
}

extension Assumptions {
  /// The cases by the signs of `symbols` that these assumptions leave open: together they cover all
  /// admissible points. At most three symbols to the power of ``signCaseLimit``.
  ///
  /// - Returns: one case without signs when there are more symbols than that.
  public func signCases(of symbols: [Symbol]) -> [SignCase] {
    var cases = [SignCase(signs: [:], assumptions: self)]
    guard symbols.count <= Self.signCaseLimit else { return cases }
    for symbol in symbols {
      cases = cases.flatMap { known in
        known.assumptions.signs(of: Expression(symbol)).each.map { sign in
          SignCase(
            signs: known.signs.merging([symbol: sign]) { $1 },
            assumptions: known.assumptions.restricting(symbol, toSign: sign))
        }
      }
    }
    return cases.filter { known in
      !facts.contains { known.decide($0) == false }
    }
  }

  /// More symbols than this are not told apart by sign.
  public static let signCaseLimit = 4

  private func restricting(_ symbol: Symbol, toSign sign: Int) -> Assumptions {
    let relation: Relation = sign == 0 ? .equal : sign > 0 ? .greater : .less
    let restricted = narrowing(symbol, relation, .zero)
    return restricted.adding(.compare(Expression(symbol), relation, .zero))
  }
}

extension SignSet {
  /// Its signs as numbers, in rising order.
  fileprivate var each: [Int] { [-1, 0, 1].filter { contains(SignSet(sign: $0)) } }
}
