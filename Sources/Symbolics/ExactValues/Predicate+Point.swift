extension Predicate {
  /// Whether the predicate holds at a point given by exact constants; nil when a symbol has no
  /// value, something is not certainly defined there, or a comparison was not decided.
  public func holds(at point: [Symbol: Expression]) -> Bool? {
    switch self {
    case .always: return true
    case .never: return false
    case .not(let inner): return inner.holds(at: point).map { !$0 }
    case .compare(let a, let relation, let b):
      return ExactConstant.compare(a.substituting(point), b.substituting(point))
        .map { relation.holds(forSign: $0) }
    case .and(let parts): return Self.all(parts, at: point, isConjunction: true)
    case .or(let parts): return Self.all(parts, at: point, isConjunction: false)
    }
  }

  /// From left to right, as in a program: a part that settles the matter hides whether later ones
  /// are defined.
  private static func all(
    _ parts: [Predicate], at point: [Symbol: Expression], isConjunction: Bool
  ) -> Bool? {
    var isSettled = true
    for part in parts {
      guard let truth = part.holds(at: point) else {
        isSettled = false
        continue
      }
      if truth != isConjunction { return truth }
    }
    return isSettled ? isConjunction : nil
  }
}
