public import Flows

/// The columns of a table that a model uses, in its order, each with its scaling.
public struct Columns: Hashable, Sendable, Codable {
  /// Their names.
  public let names: [String]
  /// One scaling a column.
  public let scalings: [ColumnScaling]

  /// Columns with these scalings.
  ///
  /// - Parameters:
  ///   - names: their names.
  ///   - scalings: one for each.
  public init(names: [String], scalings: [ColumnScaling]) {
    precondition(
      names.count == scalings.count, "\(scalings.count) scalings for \(names.count) columns")
    self.names = names
    self.scalings = scalings
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

  /// x of each row.
  ///
  /// - Parameter rows: values of y.
  /// - Returns: as many rows.
  public func inverse(_ rows: Batch) -> Batch {
    mapped(rows) { $0.inverse($1) }
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
