/// Named columns of numbers, stored row after row: the value of row i and column j is at i · D + j.
public struct Table: Sendable {
  /// The names of the D columns, all different.
  public let columnNames: [String]
  /// All values, row after row.
  public private(set) var values: [Double]
  /// The words of the columns that hold any.
  private var words: [String: [String]]
  /// Where rows were read from; nil where they come from no file.
  private var lines: RowLines?

  /// A table of `values.count / columnNames.count` rows.
  ///
  /// - Parameters:
  ///   - columnNames: the names, at least one.
  ///   - values: the values row after row; their number is a multiple of the number of columns.
  ///   - words: for a column whose values stand for words, the word for 0, for 1, and so on.
  public init(
    columnNames: [String], values: [Double] = [], words: [String: [String]] = [:]
  ) {
    precondition(!columnNames.isEmpty, "a table needs at least one column")
    precondition(
      values.count.isMultiple(of: columnNames.count),
      "\(values.count) values do not fill rows of \(columnNames.count)")
    self.columnNames = columnNames
    self.values = values
    self.words = words
  }

  /// A table of rows that were read from these lines.
  init(columnNames: [String], values: [Double], words: [String: [String]], lines: RowLines) {
    self.init(columnNames: columnNames, values: values, words: words)
    precondition(lines.rowCount == rowCount, "\(lines.rowCount) lines for \(rowCount) rows")
    self.lines = lines
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

  /// The words that the values of a column stand for, in their order; nil for a column of numbers.
  public func words(of column: String) -> [String]? { words[column] }

  /// The line of the file that a row, counted from 0, was read from; nil where it comes from no text.
  public func line(ofRow row: Int) -> Int? {
    lines.flatMap { $0.areOfText ? $0.line(ofRow: row) : nil }
  }

  /// The number, from 0, that a row has in the array that it was read from, or else in this table.
  public func number(ofRow row: Int) -> Int {
    lines.flatMap { $0.areOfText ? nil : $0.line(ofRow: row) - 1 } ?? row
  }

  /// The rows with these numbers, in this order.
  public func keeping(_ rows: [Int]) -> Table {
    let values = rows.flatMap { row($0) }
    guard let lines else { return Table(columnNames: columnNames, values: values, words: words) }
    var kept = RowLines(ofText: lines.areOfText)
    for row in rows { kept.append(rows: 1, from: lines.line(ofRow: row)) }
    return Table(columnNames: columnNames, values: values, words: words, lines: kept)
  }

  /// Adds the rows of a table that has the same columns, and whose lists of words begin with those of this one.
  public mutating func append(_ other: Table) {
    precondition(
      columnNames == other.columnNames,
      "columns \(other.columnNames) do not match \(columnNames)")
    if rowCount == 0 {
      lines = other.lines
    } else if let more = other.lines {
      lines?.append(more)
    } else {
      lines = nil
    }
    values += other.values
    words = other.words
  }
}

extension Table: Equatable {
  /// Whether columns and values are the same, wherever they were read from.
  public static func == (first: Table, second: Table) -> Bool {
    first.columnNames == second.columnNames && first.values == second.values
      && first.words == second.words
  }
}
