import Exact

/// Sums: the order of the terms.
extension Layout {
  /// Terms by falling powers of the leading variables, numbers last, and a positive term in front
  /// where there is one: `z1^2 - 2 z1 + 1`, `1 - z1`, `log(2) - z2`.
  func sum(_ terms: [Expression]) -> Notation {
    let keyed = terms.enumerated().map { (TermKey($0.element), $0.offset, written($0.element)) }
    var ordered = keyed.sorted { a, b in
      let order = a.0.compare(b.0)
      return order != 0 ? order < 0 : a.1 < b.1
    }.map(\.2)
    if let first = ordered.firstIndex(where: { !$0.isNegative }), first > 0 {
      ordered.insert(ordered.remove(at: first), at: 0)
    }
    return .sum(ordered)
  }

  /// The term with the minus sign that its layout begins with taken over by the sum.
  private func written(_ term: Expression) -> Notation.Term {
    let body = expression(term)
    if case .negative(let positive) = body {
      return Notation.Term(isNegative: true, body: positive)
    }
    return Notation.Term(isNegative: false, body: body)
  }
}

/// The powers of symbols in a term, by which terms are put in order.
private struct TermKey {
  /// Symbols with their exponents, in the order in which they count.
  let powers: [(symbol: Symbol, exponent: Rational)]
  /// Numbers come last, after terms such as sin(z) that have no power of a symbol.
  let isNumber: Bool

  init(_ term: Expression) {
    var powers: [(symbol: Symbol, exponent: Rational)] = []
    for factor in term.coefficientAndRest.rest.factors {
      let (base, exponent) = factor.baseAndExponent
      if let symbol = base.symbolValue, let value = exponent.rationalValue {
        powers.append((symbol, value))
      }
    }
    self.powers = powers.sorted { Self.counts($0.symbol, before: $1.symbol) }
    isNumber = term.rationalValue != nil
  }

  /// Variables (x, z) count before parameters (a, b), each by rising index.
  private static func counts(_ a: Symbol, before b: Symbol) -> Bool {
    a.stem == b.stem ? a < b : a.stem > b.stem
  }

  /// Negative when this term comes before the other: a higher power of the first symbol in which
  /// they differ.
  func compare(_ other: TermKey) -> Int {
    if isNumber != other.isNumber { return isNumber ? 1 : -1 }
    for (mine, theirs) in zip(powers, other.powers) {
      if mine.symbol != theirs.symbol {
        let iHaveMore = Self.counts(mine.symbol, before: theirs.symbol)
        return iHaveMore == ((iHaveMore ? mine : theirs).exponent.sign > 0) ? -1 : 1
      }
      if mine.exponent != theirs.exponent { return mine.exponent > theirs.exponent ? -1 : 1 }
    }
    if powers.count == other.powers.count { return 0 }
    let longer = powers.count > other.powers.count
    let extra = longer ? powers[other.powers.count] : other.powers[powers.count]
    return longer == (extra.exponent.sign > 0) ? -1 : 1
  }
}
