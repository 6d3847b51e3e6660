/// A named constant of a problem whose value is left open: `param K : integer >= 1`.
public struct Parameter: Hashable, Sendable {
  /// Its name in formulas.
  public let symbol: Symbol
  /// Where the value may lie; R by default.
  public let interval: Interval
  /// Whether its value is an integer.
  public let isInteger: Bool
  /// Values taken out of the interval, as in R\{0, 2}.
  public let excluded: [Expression]
  /// Whether it is to be fitted to data (`learn`).
  public let isLearned: Bool

  /// symbol ∈ interval \ excluded, an integer if `isInteger`.
  public init(
    _ symbol: Symbol, in interval: Interval = .reals, isInteger: Bool = false,
    excluding excluded: [Expression] = [], isLearned: Bool = false
  ) {
    self.symbol = symbol
    self.interval = interval
    self.isInteger = isInteger
    self.excluded = excluded
    self.isLearned = isLearned
  }

  /// What is known of the value, as a predicate (integrality aside).
  public var constraint: Predicate {
    let me = Expression(symbol)
    return .all([interval.membership(of: me)] + excluded.map { .compare(me, .unequal, $0) })
  }
}
