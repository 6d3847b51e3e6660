import Formats
import Learning

/// What `fit` says of a table before it learns from it.
struct ColumnSurvey {
  let columns: [ColumnSummary]
  var roles: ColumnRoles
  let rows: Int
  let droppedRows: Int
  let duplicates: Int
  let copies: [Copy]
  let dependences: [LinearDependence]
  /// Which columns the outputs of a formula are; nil without a formula.
  var formula: String?
  /// A value very far out, once columns are scaled; nil for none.
  var far: FarValue?

  /// A column with the values of another one in all rows.
  struct Copy {
    let name: String
    let original: String
  }

  /// A value that so many of the rows have is no accident in a continuous column.
  private static let pointMassShare = 0.01

  var lines: [String] {
    var table = [["column", "kind", "range", "missing", "distinct"]]
    for column in columns {
      table.append([
        column.name, kind(column), range(column), String(column.missing), String(column.distinct),
      ])
    }
    return TextTable.lines(table)
  }

  /// What is unusual, and what follows from it.
  var notes: [String] {
    var notes: [String] = []
    if droppedRows > 0 {
      notes.append("\(droppedRows) rows with missing values were dropped, \(rows) are left")
    }
    if let formula { notes.append(formula) }
    for column in columns where isLeftOut(column) && column.isConstant {
      let value = column.range.map { Self.number($0.lowerBound) } ?? "missing"
      notes.append(
        "column '\(column.name)' is \(value) in all rows: it has no density and is left out")
    }
    notes += dependenceNotes
    for column in columns where roles.integers.contains(column.name) {
      if let note = boundsNote(column) { notes.append(note) }
    }
    for column in columns {
      guard let mode = pointMass(column) else { continue }
      notes.append(
        "column '\(column.name)' is \(Self.number(mode.value)) in \(mode.count) of \(rows) rows: a density "
          + "can only approach such a peak; is it a code for something else?")
    }
    if duplicates > 0, roles.integers.isEmpty,
      Double(duplicates) > Self.pointMassShare * Double(rows)
    {
      notes.append("\(duplicates) of \(rows) rows are the same as rows above them")
    }
    return notes + (farNote.map { [$0] } ?? [])
  }

  /// What follows from where the integers of a column lie.
  private func boundsNote(_ column: ColumnSummary) -> String? {
    guard roles.maps[column.name] == nil, let range = column.range, !column.isConstant else {
      return nil
    }
    let (lower, upper) = (range.lowerBound, range.upperBound)
    if upper - lower < 10, Double(column.distinct) == upper - lower + 1 {
      let ends = "\(Self.number(lower)):\(Self.number(upper))"
      return
        "column '\(column.name)' holds the integers from \(Self.number(lower)) to \(Self.number(upper)) alone, but "
        + "samples may have others; --bounds \(column.name)=\(ends) rules them out"
    }
    guard lower >= 0 else { return nil }
    return
      "column '\(column.name)' has no integers below 0, but samples may have some; --bounds "
      + "\(column.name)=\(lower > 0 ? 1 : 0): rules them out"
  }

  /// Columns that say nothing beside others.
  private var dependenceNotes: [String] {
    copies.filter { !roles.given.contains($0.name) }.map { copy in
      let why =
        roles.integers.contains(copy.name) ? "it adds nothing" : "together they have no density"
      return
        "column '\(copy.name)' is the same as '\(copy.original)': \(why); leave one out by --columns"
    }
      + dependences.map { dependence in
        let share = dependence.residual
        let isExact = share < 1e-9
        return
          "column '\(dependence.column)' is \(dependence.formula)\(isExact ? "" : ", up to \(share.significant) of its deviation"): "
          + "together they have \(isExact ? "no density" : "hardly a density"); leave one out by --columns"
      }
  }

  /// What is said of a value very far out.
  var farNote: String? {
    far.map { "\($0): its row can outweigh all others; correct it, or remove the row" }
  }

  var json: JSONValue {
    .object([
      .init("rows", .integer(rows)), .init("droppedRows", .integer(droppedRows)),
      .init("duplicateRows", .integer(duplicates)),
      .init("columns", .array(columns.map(json))), .init("notes", .strings(notes)),
    ])
  }

  private func json(_ column: ColumnSummary) -> JSONValue {
    .object([
      .init("name", .string(column.name)), .init("kind", .string(kind(column))),
      .init("minimum", .optional(column.range) { .number($0.lowerBound) }),
      .init("maximum", .optional(column.range) { .number($0.upperBound) }),
      .init("missing", .integer(column.missing)), .init("distinct", .integer(column.distinct)),
    ])
  }

  private func isLeftOut(_ column: ColumnSummary) -> Bool {
    !roles.modelled.contains(column.name) && !roles.given.contains(column.name)
  }

  private func isModelled(_ column: ColumnSummary) -> Bool {
    !roles.given.contains(column.name)
  }

  private func kind(_ column: ColumnSummary) -> String {
    if column.isConstant { return "constant" }
    if case .words = column.kind { return "words" }
    let kind = roles.integers.contains(column.name) ? "integers" : "continuous"
    guard let lower = column.range?.lowerBound, lower >= 0 else { return kind }
    return kind + (lower > 0 ? ", positive" : ", not negative")
  }

  private func range(_ column: ColumnSummary) -> String {
    if case .words(let words) = column.kind {
      return words.prefix(5).joined(separator: ", ") + (words.count > 5 ? ", …" : "")
    }
    guard let range = column.range else { return "-" }
    return "\(Self.number(range.lowerBound)) … \(Self.number(range.upperBound))"
  }

  private func pointMass(_ column: ColumnSummary) -> ColumnSummary.Mode? {
    guard isModelled(column), kind(column).hasPrefix("continuous") else { return nil }
    return column.mode.flatMap {
      Double($0.count) > max(Self.pointMassShare * Double(rows), 2) ? $0 : nil
    }
  }

  private static func number(_ x: Double) -> String {
    x == x.rounded() && x.magnitude < 0x1p53 ? String(Int(x)) : x.significant
  }
}

extension LinearDependence {
  /// `2 'a' - 'b' + 1`, of at most six columns.
  fileprivate var formula: String {
    var text = ""
    for (term, name) in terms.prefix(6).map({ ($0.factor, " '\($0.column)'") }) + [(constant, "")] {
      let size = term.magnitude.significant
      guard term != 0 else { continue }
      let sign = term < 0 ? (text.isEmpty ? "-" : " - ") : text.isEmpty ? "" : " + "
      text += sign + (size == "1.0" && !name.isEmpty ? String(name.dropFirst()) : size + name)
    }
    return text + (terms.count > 6 ? " …" : "")
  }
}
