import Flows
import Formats
import Tensors

/// Rows of a table as they were observed, in the units of the data.
struct RowSet: Sendable {
  /// x; NaN stands for a missing value.
  let values: Batch
  /// c; nil where nothing is given.
  let given: Batch?
  /// The weight of each row, 1 on average; nil for 1.
  let weights: [Double]?
  /// The deviation of each value's error; nil where there are none.
  let errors: Batch?

  var count: Int { values.rows }

  /// Rows of equal weights without errors.
  init(values: Batch, given: Batch?) {
    (self.values, self.given) = (values, given)
    (weights, errors) = (nil, nil)
  }

  /// Some rows of a table.
  init(
    _ numbers: [Int], of table: Table, _ columns: Columns, _ givenColumns: Columns,
    _ roles: ColumnRoles
  ) throws(LearningError) {
    values = try table.batch(of: columns).picking(numbers)
    given =
      givenColumns.count > 0 ? try table.batch(of: givenColumns).picking(numbers) : nil
    weights = try roles.weights(ofRows: numbers, in: table)
    guard !roles.errors.isEmpty else {
      errors = nil
      return
    }
    let deviations = try columns.names.map { name throws(LearningError) in
      try roles.errors[name].map(table.deviations)
    }
    errors = Batch(
      features: columns.count,
      numbers.flatMap { row in deviations.map { $0?[row] ?? 0 } })
  }
}

extension ColumnRoles {
  /// The weights of some rows, 1 on average; nil for 1.
  ///
  /// - Throws: ``LearningError`` for weights that are none, or all 0.
  func weights(ofRows numbers: [Int], in table: Table) throws(LearningError) -> [Double]? {
    try weights.map { name throws(LearningError) in
      let all = try table.deviations(name)
      let picked = numbers.map { all[$0] }
      let mean = picked.reduce(0, +) / Double(max(1, picked.count))
      guard picked.isEmpty || mean > 0 else { throw .noWeights(name) }
      return picked.map { $0 / mean }
    }
  }
}

extension Table {
  /// The numbers of a column, which are weights or deviations.
  ///
  /// - Throws: ``LearningError`` for a missing column and a number below 0.
  func deviations(_ name: String) throws(LearningError) -> [Double] {
    guard let values = column(named: name) else {
      throw .missingColumn(name, found: columnNames)
    }
    if let row = values.firstIndex(where: { !($0 >= 0) }) {
      throw .negative(column: name, place: place(ofRow: row), value: values[row])
    }
    return values
  }

  /// Where a row is, for errors.
  func place(ofRow row: Int) -> RowPlace {
    RowPlace(row: number(ofRow: row), line: line(ofRow: row))
  }
}
