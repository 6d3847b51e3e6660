import Flows
import Tensors

extension ColumnRoles {
  /// Whether rows are drawn before each step because they were not observed exactly.
  var drawsRows: Bool {
    !integers.isEmpty || !errors.isEmpty || modelsMissing || maskShare > 0
  }
}

extension RowDraws {
  /// K in training.
  static let trainingDraws = 16
  /// K where parameters are judged: more draws have less noise and a smaller bias.
  private static let mostValidationDraws = 64
  /// So many draws of all validation rows are kept in memory.
  private static let mostDraws = 1 << 20

  /// The draws of training and of validation rows, in this order; missing values come from the same normal
  /// distribution, that of the training rows.
  static func pair(
    _ sets: [RowSet], _ columns: Columns, _ givenColumns: Columns, maskShare: Double,
    _ precision: Precision
  ) -> (training: RowDraws, validation: RowDraws) {
    let scaled = sets.map { columns.forward($0.values) }
    let isMissing = scaled.contains { $0.values.contains(where: \.isNaN) }
    let moments = isMissing ? NormalImputation.likeliestMoments(scaled[0]) : nil
    func draws(_ index: Int, _ count: Int, maskShare: Double) -> RowDraws {
      RowDraws(
        rows: sets[index], columns: columns, givenColumns: givenColumns, drawsOfRow: count,
        maskShare: maskShare, imputation: NormalImputation(scaled[index], moments: moments),
        precision: precision)
    }
    let fitting = mostDraws / max(1, sets[1].count)
    return (
      draws(0, trainingDraws, maskShare: maskShare),
      // What parameters are for is the density given all that is known.
      draws(1, min(mostValidationDraws, max(trainingDraws, fitting)), maskShare: 0)
    )
  }
}

extension FitPlan {
  /// Takes fewer steps where a row stands for several draws, so that the work stays about the same.
  ///
  /// - Parameters:
  ///   - roles: what columns are for.
  ///   - share: the share of the rows that lack a modelled value.
  public mutating func shareWork(among roles: ColumnRoles, rowsWithMissing share: Double) {
    guard roles.drawsRows else { return }
    let drawn = roles.errors.isEmpty ? (roles.modelsMissing ? share : 0) : 1
    let draws = 1 + drawn * Double(RowDraws.trainingDraws - 1)
    // Draws are scored before each step, which takes half of what gradients take.
    steps = max(500, Int(Double(steps) / (1.5 * draws)))
  }
}
