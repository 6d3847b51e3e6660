import Tensors

/// What the rows of a step may be, where they are not known exactly: each row of the data stands for one or
/// several rows here, whose weights say how likely each of them is.
///
/// The gradient of log (1/K) Σₖ rₖ p(xₖ) is Σₖ wₖ ∇ log p(xₖ) with wₖ in proportion to rₖ p(xₖ): a step on
/// weighted rows.
public struct DrawnRows: Hashable, Sendable {
  /// Draws for a step.
  ///
  /// - Parameters:
  ///   - step: the number of steps before it.
  ///   - rows: the numbers of the rows of the data.
  ///   - model: as it is before the step.
  /// - Returns: what the rows may be.
  public typealias Draw = (_ step: Int, _ rows: [Int], _ model: Model) -> DrawnRows

  /// At least one row of D numbers.
  public var rows: Batch
  /// As many rows of C numbers; nil without context.
  public var given: Batch?
  /// A number ≥ 0 for each row.
  public var weights: [Double]
  /// What the loss differs by from the mean of -w log p.
  public var offset: Double

  /// Rows with their weights.
  ///
  /// - Parameters:
  ///   - rows: at least one row of D numbers.
  ///   - given: as many rows of C numbers; nil without context.
  ///   - weights: a number ≥ 0 for each row.
  ///   - offset: what the loss differs by from the mean of -w log p.
  public init(rows: Batch, given: Batch?, weights: [Double], offset: Double) {
    require(
      weights.count == rows.rows, "\(weights.count) weights for \(rows.rows) rows")
    self.rows = rows
    self.given = given
    self.weights = weights
    self.offset = offset
  }
}
