/// The rows yₖ of scaled columns that stand for a row of which not all was observed, each with a weight wₖ:
/// p(what was observed) = Σ wₖ p\_flow(yₖ).
struct CompletedRow: Sendable {
  /// yₖ; at least one. The place of a column that is left open is 0.
  let rows: [[Double]]
  /// log wₖ; -∞ beyond the domain of a column.
  let logWeights: [Double]
  /// The numbers of the columns that were missing, and drawn; none where all is known.
  let drawn: [Int]
}
