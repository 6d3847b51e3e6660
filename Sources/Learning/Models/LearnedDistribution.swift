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
    return givenColumns.context(rows)
  }
}

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

extension Table {
  /// Some columns, in the given order.
  func batch(of columns: Columns) throws(LearningError) -> Batch {
    var places: [Int] = []
    for name in columns.names {
      guard let place = columnNames.firstIndex(of: name) else {
        throw .missingColumn(name, found: columnNames)
      }
      places.append(place)
    }
    return Batch(
      features: columns.count,
      (0..<rowCount).flatMap { row in places.map { self[row, $0] } })
  }
}

extension Columns {
  /// Whether each number lies in the interval of its column.
  func contain(_ row: ArraySlice<Double>) -> Bool {
    !row.contains(where: \.isNaN) && containKnown(row)
  }

  /// Whether each number that is not missing lies in the interval of its column.
  func containKnown(_ row: ArraySlice<Double>) -> Bool {
    zip(scalings, row).allSatisfy { scaling, x in
      let (lower, upper) = scaling.map.domain
      return x.isNaN || (lower < x && x < upper)
    }
  }

  /// - Throws: ``LearningError`` for columns whose values do not stand for the words that are known.
  private func checkWords(_ rows: Batch, of table: Table) throws(LearningError) {
    for (column, kind) in kinds.enumerated() {
      guard case .words(let known) = kind else { continue }
      let words = table.words(of: names[column]) ?? known
      let codes = (0..<rows.rows).map { rows.values[$0 * count + column] }
      guard words == known,
        codes.allSatisfy({ $0.isNaN || known.indices.contains(Int(exactly: $0) ?? -1) })
      else { throw .otherWords(names[column], known: known) }
    }
  }

  /// - Throws: ``LearningError`` for a number outside of the interval of its column, and for one that is missing
  ///   where it may not.
  func check(_ rows: Batch, of table: Table) throws(LearningError) {
    try checkWords(rows, of: table)
    for row in 0..<rows.rows where !contain(rows[row]) {
      for (column, x) in rows[row].enumerated() {
        let (lower, upper) = scalings[column].map.domain
        let place = table.place(ofRow: row)
        if x.isNaN {
          guard mayBeMissing[column] else {
            throw .missing(
              column: names[column], place: place,
              count: (0..<rows.rows).count { rows.values[$0 * count + column].isNaN },
              isGiven: true)
          }
        } else if !(lower < x && x < upper) {
          throw .outside(
            column: names[column], place: place, value: x, lower: lower, upper: upper)
        }
      }
    }
  }
}
