import Learning

/// The ends of an interval as options have them, `a:b`, `a:` or `:b`: at least one of them.
struct IntervalEnds {
  private let lower: Double?
  private let upper: Double?

  /// - Returns: nil where the text is something else, or the ends are not in order.
  init?(_ text: Substring) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.contains(where: { !$0.isEmpty }) else { return nil }
    let ends = parts.map { Double($0) }
    for (part, end) in zip(parts, ends) where !part.isEmpty && end?.isFinite != true { return nil }
    (lower, upper) = (ends[0], ends[1])
    if let lower, let upper, lower >= upper { return nil }
  }

  /// Whether an integer lies between the ends, or is one of them.
  var hasIntegers: Bool {
    guard let lower, let upper else { return true }
    return lower.rounded(.up) <= upper.rounded(.down)
  }

  /// The map of the open interval onto ℝ.
  var map: ColumnMap { Self.map(lower, upper) }

  /// The map of the cells of all integers from one end to the other, onto ℝ.
  var mapOfCells: ColumnMap {
    Self.map(lower.map { $0.rounded(.up) - 0.5 }, upper.map { $0.rounded(.down) + 0.5 })
  }

  private static func map(_ lower: Double?, _ upper: Double?) -> ColumnMap {
    switch (lower, upper) {
    case (let lower?, let upper?): .logit(lower: lower, upper: upper)
    case (let lower?, nil): .log(above: lower)
    case (nil, let upper?): .reflectedLog(below: upper)
    case (nil, nil): .identity
    }
  }
}
