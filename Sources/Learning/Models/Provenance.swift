/// How a model was made.
public struct Provenance: Hashable, Sendable, Codable {
  /// Where randomness came from.
  public var seed: UInt64
  /// The number of rows it learned from.
  public var trainingRows: Int
  /// The number of rows that chose the best parameters.
  public var validationRows: Int
  /// The steps that were taken to the best parameters.
  public var steps: Int
  /// The mean log-density of the validation rows; nil where there were none.
  public var validation: Double?
  /// The flows that were tried, in the order of the trials; nil without a search.
  public var search: [SearchTrial]?
  /// The column with the weights of the rows; nil for equal ones.
  public var weights: String?
  /// For a column, the one with the deviations of its errors; nil where no values had any.
  public var errors: [String: String]?
  /// Whether values of modelled columns could be missing; nil for no.
  public var modelsMissing: Bool?
  /// The maximum of the likelihood that the parameters of a formula are; nil for other flows.
  public var maximum: LikelihoodMaximum?
  /// How near it comes to a target; nil for what was learned from a table.
  public var target: TargetEvidence?
}

extension Provenance {
  /// That of a model with its first parameters, which has learned nothing.
  ///
  /// - Parameter seed: where randomness came from.
  public init(seed: UInt64) {
    self.init(seed: seed, trainingRows: 0, validationRows: 0, steps: 0)
  }
}
