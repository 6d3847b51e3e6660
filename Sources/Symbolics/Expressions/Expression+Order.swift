import Exact

/// The order of terms and factors inside canonical sums and products: by kind, then by content.
/// It depends on structure alone, so that the same formula is the same tree in every run.
extension Expression {
  /// Whether `self` stands before `other` in canonical order.
  public func precedes(_ other: Expression) -> Bool { compare(other) < 0 }

  /// Negative, zero or positive as `self` comes before, equals or comes after `other`.
  func compare(_ other: Expression) -> Int {
    if node === other.node { return 0 }
    switch (form, other.form) {
    case (.rational(let a), .rational(let b)): return a == b ? 0 : (a < b ? -1 : 1)
    case (.symbol(let a), .symbol(let b)): return a == b ? 0 : (a < b ? -1 : 1)
    case (.sum(let a), .sum(let b)): return Self.compare(a, b)
    case (.product(let a), .product(let b)): return Self.compare(a, b)
    case (.power(let a, let m), .power(let b, let n)): return Self.compare([a, m], [b, n])
    case (.call(let f, let a), .call(let g, let b)):
      if f == g { return Self.compare(a, b) }
      let names = (String(describing: f), String(describing: g))
      return names.0 == names.1 ? Self.compare(a, b) : (names.0 < names.1 ? -1 : 1)
    case (.piecewise(let a), .piecewise(let b)): return Self.compareBranches(a, b)
    case (.finiteSum(let a), .finiteSum(let b)):
      return Self.compare(
        [a.body, a.lower, a.upper, Expression(a.index)],
        [b.body, b.lower, b.upper, Expression(b.index)])
    default: return rank - other.rank
    }
  }

  private var rank: Int {
    switch form {
    case .rational: 0
    case .pi: 1
    case .symbol: 2
    case .power: 3
    case .product: 4
    case .sum: 5
    case .call: 6
    case .piecewise: 7
    case .finiteSum: 8
    }
  }

  private static func compare(_ a: [Expression], _ b: [Expression]) -> Int {
    for (x, y) in zip(a, b) {
      let order = x.compare(y)
      if order != 0 { return order }
    }
    return a.count - b.count
  }

  private static func compareBranches(_ a: [Branch], _ b: [Branch]) -> Int {
    let values = compare(a.map(\.value), b.map(\.value))
    if values != 0 { return values }
    let texts = (
      a.map { $0.condition.canonicalText }.joined(separator: ";"),
      b.map { $0.condition.canonicalText }.joined(separator: ";")
    )
    return texts.0 == texts.1 ? 0 : (texts.0 < texts.1 ? -1 : 1)
  }
}
