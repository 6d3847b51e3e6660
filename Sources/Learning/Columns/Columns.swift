public import Flows

/// The columns of a table that a model uses, in its order, each with its scaling.
public struct Columns: Hashable, Sendable {
  /// Their names.
  public let names: [String]
  /// One scaling a column.
  public let scalings: [ColumnScaling]
  /// What the numbers of each column stand for.
  public let kinds: [ColumnKind]
  /// Whether values of each column may be missing where it is given.
  public let mayBeMissing: [Bool]

  /// Columns with these scalings.
  ///
  /// - Parameters:
  ///   - names: their names.
  ///   - scalings: one for each.
  ///   - kinds: what the numbers of each stand for; continuous by default.
  ///   - mayBeMissing: whether values of each may be missing where it is given; none by default.
  public init(
    names: [String], scalings: [ColumnScaling], kinds: [ColumnKind]? = nil,
    mayBeMissing: [Bool]? = nil
  ) {
    precondition(
      names.count == scalings.count, "\(scalings.count) scalings for \(names.count) columns")
    self.names = names
    self.scalings = scalings
    self.kinds = kinds ?? names.map { _ in .continuous }
    self.mayBeMissing = mayBeMissing ?? names.map { _ in false }
    precondition(
      self.kinds.count == names.count && self.mayBeMissing.count == names.count,
      "\(self.kinds.count) kinds for \(names.count) columns")
  }

  /// The number of columns.
  public var count: Int { names.count }

  /// y of each row.
  ///
  /// - Parameter rows: values of x, which lie in the domains of their columns.
  /// - Returns: as many rows.
  public func forward(_ rows: Batch) -> Batch {
    mapped(rows) { $0.forward($1) }
  }

  /// x of each row; integers where a column is of these.
  ///
  /// - Parameter rows: values of y.
  /// - Returns: as many rows.
  public func inverse(_ rows: Batch) -> Batch {
    let exact = mapped(rows) { $0.inverse($1) }
    guard kinds.contains(.integer) else { return exact }
    return Batch(
      features: count,
      exact.values.enumerated().map { index, x in
        // The sum has no negative zero.
        kinds[index % count].isInteger ? x.rounded() + 0 : x
      })
  }

  /// Σ log dy/dx of each row, over its columns.
  ///
  /// - Parameter rows: values of x, which lie in the domains of their columns.
  /// - Returns: a number for each row.
  public func logSlope(_ rows: Batch) -> [Double] {
    (0..<rows.rows).map { row in
      zip(scalings, rows[row]).reduce(0) { $0 + $1.0.logSlope($1.1) }
    }
  }

  private func mapped(_ rows: Batch, _ value: (ColumnScaling, Double) -> Double) -> Batch {
    precondition(rows.features == count, "\(count) columns expected, got \(rows.features)")
    var values = rows.values
    for index in values.indices { values[index] = value(scalings[index % count], values[index]) }
    return Batch(features: count, values)
  }
}

extension Columns: Codable {
  private enum CodingKeys: String, CodingKey { case names, scalings, kinds, mayBeMissing }

  /// Columns that were encoded; what the first version of model files did not have is as it was then.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    names = try container.decode([String].self, forKey: .names)
    scalings = try container.decode([ColumnScaling].self, forKey: .scalings)
    kinds =
      try container.decodeIfPresent([ColumnKind].self, forKey: .kinds)
      ?? names.map { _ in .continuous }
    mayBeMissing =
      try container.decodeIfPresent([Bool].self, forKey: .mayBeMissing) ?? names.map { _ in false }
  }
}
