public import Flows
public import Formats
public import Tensors

/// A density learned from a table: log p(x | c) = log p_flow(y | d) + Σ log dy/dx, y and d being the scaled
/// columns.
public struct LearnedDistribution: Sendable {
  /// The columns that are modelled, D of them.
  public let columns: Columns
  /// The columns that are given, C of them.
  public let givenColumns: Columns
  /// Which flow.
  public let architecture: Architecture
  /// How many flows of this kind there are: the density is the mean of theirs.
  public let members: Int
  /// The flow of the scaled columns, or an `Ensemble` of them.
  public var model: Model
  /// How it was made.
  public var provenance: Provenance

  /// A flow for these columns.
  ///
  /// - Parameters:
  ///   - columns: what is modelled.
  ///   - givenColumns: what is given; none for a joint density.
  ///   - architecture: which flow.
  ///   - members: how many.
  ///   - provenance: how it is made.
  ///   - precision: the number format of all computations.
  public init(
    columns: Columns, givenColumns: Columns, architecture: Architecture, members: Int = 1,
    provenance: Provenance, precision: Precision = .float
  ) {
    self.columns = columns
    self.givenColumns = givenColumns
    self.architecture = architecture
    self.members = members
    self.provenance = provenance
    let flow = architecture.flow(of: columns, context: givenColumns.contextWidth)
    model = Model(
      members == 1 ? flow : Ensemble(Array(repeating: flow, count: members)),
      key: RandomKey(seed: provenance.seed).split(0), precision: precision)
  }

  /// Gives each member its parameters, in the order of a model of this member alone.
  mutating func setMembers(_ values: [[Double]]) {
    precondition(values.count == members, "parameters of \(values.count) flows for \(members)")
    guard members > 1 else { return model.parameters.values = values[0] }
    let flow = architecture.flow(features: columns.count, context: givenColumns.contextWidth)
    var member = Model(flow, key: RandomKey(seed: 0), precision: model.precision)
    var arrays: [NamedArray] = []
    for (number, values) in values.enumerated() {
      member.parameters.values = values
      arrays += member.parameters.arrays.map {
        NamedArray(name: "\(number).\($0.name)", dims: $0.dims, values: $0.values)
      }
    }
    // The members' parameters are all that an ensemble has.
    try! model.parameters.restore(arrays)
  }

  /// The same distribution, computed in another number format.
  ///
  /// - Parameter precision: the format.
  public func computing(in precision: Precision) -> LearnedDistribution {
    var other = LearnedDistribution(
      columns: columns, givenColumns: givenColumns, architecture: architecture, members: members,
      provenance: provenance, precision: precision)
    other.model.parameters.values = model.parameters.values
    return other
  }

  /// The number of parameters and states of the flow.
  public var parameterCount: Int { model.parameters.values.count }

  /// log p(x | c) of each row, as ``TableScorer`` gives it.
  ///
  /// - Parameter table: has all columns, in any order; others are not looked at.
  /// - Returns: a number for each row.
  /// - Throws: ``LearningError`` for a missing column and a given value outside of its interval.
  public func logDensity(of table: Table) throws(LearningError) -> [Double] {
    try TableScorer(self).logDensity(of: table)
  }

  /// Samples, or one for each row of `given`, as ``TableSampler`` gives them.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - key: where randomness comes from.
  ///   - given: as many rows with the given columns; nil without.
  /// - Returns: a table of the modelled columns.
  /// - Throws: ``LearningError`` for a missing column and a given value outside of its interval.
  public func samples(
    _ count: Int, key: RandomKey, given: Table? = nil
  ) throws(LearningError) -> Table {
    try TableSampler(self).samples(0..<count, key: key, given: given)
  }

  /// d of each row; nil where nothing is given.
  func scaledGiven(of table: Table) throws(LearningError) -> Batch? {
    guard givenColumns.count > 0 else { return nil }
    let rows = try table.batch(of: givenColumns)
    try givenColumns.check(rows, of: table)
    let context = givenColumns.context(rows)
    for row in 0..<rows.rows where !context[row].allSatisfy(model.precision.holds) {
      throw try farGiven(table, row: row)
    }
    return context
  }

  /// That a row has no numbers because of what is given.
  func farGiven(_ table: Table, row: Int) throws(LearningError) -> LearningError {
    let farthest = try table.farthest(inRows: [row], among: [givenColumns], beyond: 0)
    return farthest.map { .farOut($0) } ?? .noPoint(table.place(ofRow: row))
  }
}
