/// Named columns of numbers, stored row after row: the value of row i and column j is at i · D + j.
public struct Table: Equatable, Sendable {
  /// The names of the D columns, all different.
  public let columnNames: [String]
  /// All values, row after row.
  public private(set) var values: [Double]

  /// A table of `values.count / columnNames.count` rows.
  ///
  /// - Parameters:
  ///   - columnNames: the names, at least one.
  ///   - values: the values row after row; their number is a multiple of the number of columns.
  public init(columnNames: [String], values: [Double] = []) {
    precondition(!columnNames.isEmpty, "a table needs at least one column")
    precondition(
      values.count.isMultiple(of: columnNames.count),
      "\(values.count) values do not fill rows of \(columnNames.count)")
    self.columnNames = columnNames
    self.values = values
  }

  /// D.
  public var columnCount: Int { columnNames.count }

  /// The number of rows.
  public var rowCount: Int { values.count / columnCount }

  /// The value in one row and column, both counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    precondition(column >= 0 && column < columnCount, "column \(column) of \(columnCount)")
    return values[row * columnCount + column]
  }

  /// The D values of one row.
  public func row(_ index: Int) -> ArraySlice<Double> {
    values[index * columnCount..<(index + 1) * columnCount]
  }

  /// The values of one column, counted from 0, from top to bottom.
  public func column(_ index: Int) -> [Double] {
    precondition(index >= 0 && index < columnCount, "column \(index) of \(columnCount)")
    return stride(from: index, to: values.count, by: columnCount).map { values[$0] }
  }

  /// The values of the column with this name from top to bottom, or nil when there is none.
  public func column(named name: String) -> [Double]? {
    columnNames.firstIndex(of: name).map { column($0) }
  }

  /// Adds the rows of a table that has the same columns.
  public mutating func append(_ other: Table) {
    precondition(
      columnNames == other.columnNames,
      "columns \(other.columnNames) do not match \(columnNames)")
    values += other.values
  }
}
