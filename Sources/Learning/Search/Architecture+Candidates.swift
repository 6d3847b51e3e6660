extension Architecture {
  /// Flows of several kinds and sizes for a table, the one that is chosen without a search first.
  ///
  /// - Parameters:
  ///   - rows: the number of rows.
  ///   - features: D
  /// - Returns: what a search tries.
  public static func candidates(rows: Int, features: Int) -> [Architecture] {
    let usual = FitPlan.architecture(rows: rows, features: features)
    let width = usual.hidden[0]
    let same = [width, width]
    return [
      usual,
      Architecture(.nsfar, layers: 2, hidden: [2 * width, 2 * width]),
      Architecture(.nsfar, layers: 5, hidden: same),
      Architecture(.nsfar, layers: 3, hidden: same, bins: 16),
      Architecture(.nsfar, layers: 2, hidden: [width / 2, width / 2], bins: 4),
      Architecture(.nsf, layers: 4, hidden: same),
      Architecture(.nsf, layers: 8, hidden: same, bins: 16),
      Architecture(.naf, layers: 3, hidden: same),
    ]
  }
}
