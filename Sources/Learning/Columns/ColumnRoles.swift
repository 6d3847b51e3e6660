/// What the columns of a table are for a fit.
public struct ColumnRoles: Hashable, Sendable {
  /// The columns to model.
  public var modelled: [String]
  /// The columns that are given.
  public var given: [String]
  /// The map of a column where it is not to be chosen by likelihood. Of integers, the domain is that of their cells:
  /// (a - ½, b + ½) for integers from a to b.
  public var maps: [String: ColumnMap] = [:]
  /// The modelled columns of integers.
  public var integers: Set<String> = []
  /// The column with the weight of each row, ≥ 0; nil for equal weights.
  public var weights: String?
  /// For a modelled column, the column with the deviation ≥ 0 of the normal error of each of its values. Measured
  /// values too must lie in the domain of the column's map.
  public var errors: [String: String] = [:]
  /// Whether values of modelled columns may be missing, at random given the others.
  public var modelsMissing = false
  /// The share of given values that are hidden in each step, so that any of them may be missing later.
  public var maskShare = 0.0

  /// A fit of these columns.
  ///
  /// - Parameters:
  ///   - modelled: the columns to model.
  ///   - given: the columns that are given.
  public init(_ modelled: [String], given: [String] = []) {
    self.modelled = modelled
    self.given = given
  }
}
