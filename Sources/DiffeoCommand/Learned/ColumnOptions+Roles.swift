import Formats
import Learning

/// A table as it is learned from.
struct SurveyedTable {
  /// Without rows that are dropped.
  let table: Table
  let roles: ColumnRoles
  var survey: ColumnSurvey

  /// Of the rows, those that lack a modelled value.
  var shareOfRowsWithMissing: Double {
    let columns = roles.modelled.compactMap { table.column(named: $0) }
    let count = (0..<table.rowCount).count { row in columns.contains { $0[row].isNaN } }
    return Double(count) / Double(max(1, table.rowCount))
  }
}

extension ColumnOptions {
  /// Chooses the columns of the table in a file and what they are for.
  func survey(_ table: Table, file: String) throws -> SurveyedTable {
    let (modelled, given) = try chosen(of: table)
    let errors = try errorColumns()
    if let name = errors.keys.sorted().first(where: { !modelled.contains($0) }) {
      throw CommandFailure.usage("--error: column '\(name)' is not modelled")
    }
    let used = modelled + given + weightColumns + errors.values.sorted()
    let kept = missing == .drop ? table.keeping(table.completeRows(in: used)) : table
    guard kept.rowCount >= TableFit.fewestRows else {
      throw LearningError.tooFewRows(found: kept.rowCount, needed: TableFit.fewestRows)
    }
    let all = try (modelled + given).map { try ColumnSummary(of: $0, in: kept) }
    // A column that was named is not left out silently: that it is constant is an error.
    let constant = self.modelled == nil ? all.filter(\.isConstant).map(\.name) : []
    var roles = ColumnRoles(modelled.filter { !constant.contains($0) }, given: given)
    guard !roles.modelled.isEmpty else {
      throw CommandFailure.badData(
        "\(file == "-" ? "standard input" : file): all columns are constant: there is no density to learn"
      )
    }
    let continuous = ColumnList.names(continuous)
    try ColumnList.check(continuous, of: table)
    let others = Set(continuous + errors.keys + given)
    roles.integers = Set(all.filter { $0.kind == .integer }.map(\.name))
      .intersection(roles.modelled).subtracting(others)
    roles.maps = try maps(of: table, integers: roles.integers)
    roles.errors = errors
    roles.weights = weights
    roles.maskShare = maskShare
    roles.modelsMissing = missing == .model
    if missing == .error { try Self.checkPresent(all, of: kept, file: file) }
    let copies = Self.copies(among: given + modelled, of: kept)
    let originals = Set(all.map(\.name)).subtracting(copies.map(\.name))
    let numbers = all.filter { $0.kind == .continuous || $0.kind == .integer }.map(\.name)
      .filter(originals.contains)
    let survey = ColumnSurvey(
      columns: all, roles: roles, rows: kept.rowCount, droppedRows: table.rowCount - kept.rowCount,
      duplicates: try kept.duplicateRows(in: modelled + given), copies: copies,
      dependences: kept.linearDependences(
        of: roles.modelled.filter { originals.contains($0) && !roles.integers.contains($0) },
        after: numbers.filter { given.contains($0) || roles.integers.contains($0) }))
    return SurveyedTable(table: kept, roles: roles, survey: survey)
  }

  /// Pairs of columns with the same values.
  private static func copies(among names: [String], of table: Table) -> [ColumnSurvey.Copy] {
    var first: [[UInt64]: String] = [:]
    return names.compactMap { name in
      let bits = (table.column(named: name) ?? []).map { ($0 + 0).bitPattern }
      if let original = first[bits] { return ColumnSurvey.Copy(name: name, original: original) }
      first[bits] = name
      return nil
    }
  }

  /// The names of the columns to model and of those given.
  private func chosen(of table: Table) throws -> (modelled: [String], given: [String]) {
    let given = ColumnList.names(given)
    let deviations = try errorColumns()
    let others = given + weightColumns
    try ColumnList.check(others, of: table)
    try ColumnList.check(deviations.keys.sorted(), of: table)
    for name in deviations.values { try ColumnList.check([name], of: table) }
    let modelled =
      self.modelled.map(ColumnList.names)
      ?? table.columnNames.filter { !others.contains($0) && !deviations.values.contains($0) }
    try ColumnList.check(modelled, of: table)
    if let both = modelled.first(where: { others.contains($0) || deviations.values.contains($0) }) {
      let use = given.contains(both) ? "given" : "a weight or an error"
      throw CommandFailure.usage("column '\(both)' is both modelled and \(use)")
    }
    guard !modelled.isEmpty else {
      throw CommandFailure.usage("no column is left to model", hint: "give fewer columns")
    }
    return (modelled, given)
  }

  /// Missing values are an error unless it is said what to do about them.
  private static func checkPresent(
    _ columns: [ColumnSummary], of table: Table, file: String
  ) throws {
    let lacking = columns.filter { $0.missing > 0 }
    guard let first = lacking.first else { return }
    let values = table.column(named: first.name) ?? []
    let row = values.firstIndex(where: \.isNaN) ?? 0
    let line = table.line(ofRow: row)
    let place = RowPlace(row: table.number(ofRow: row), line: line)
    let name = (file == "-" ? "standard input" : file) + (line.map { ":\($0)" } ?? "")
    let counts = lacking.map { "\($0.missing) in '\($0.name)'" }.joined(separator: ", ")
    let hint = "--missing drop leaves out such rows; --missing model learns from what is there"
    throw CommandFailure(
      .badData,
      "\(name): error: missing values: \(counts); the first in \(place)\n  hint: \(hint)")
  }
}
