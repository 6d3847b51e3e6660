import Formats

/// The rows of a table that scalings are made for.
struct ScaledRows {
  let table: Table
  /// Those that count, by their numbers
  let numbers: [Int]
  /// w > 0 of each; nil where all count alike.
  let weights: [Double]?

  /// - Parameters:
  ///   - numbers: rows of the table; those of weight 0 are left out.
  ///   - table: has them.
  ///   - roles: name the column of weights, if there is one.
  /// - Throws: ``LearningError`` for weights that are none, or all 0.
  init(_ numbers: [Int], of table: Table, _ roles: ColumnRoles) throws(LearningError) {
    self.table = table
    guard let weights = try roles.weights(ofRows: numbers, in: table) else {
      (self.numbers, self.weights) = (numbers, nil)
      return
    }
    let counting = numbers.indices.filter { weights[$0] > 0 }
    self.numbers = counting.map { numbers[$0] }
    self.weights = counting.map { weights[$0] }
  }
}

extension Columns {
  /// Scalings of the modelled columns for some rows of a table.
  ///
  /// - Parameters:
  ///   - roles: what the columns are for.
  ///   - rows: those that scalings are made for.
  ///   - areMapped: whether they have maps, stated or chosen by likelihood; a formula has no use for them.
  /// - Throws: ``LearningError`` for a column that is missing, of words, constant or outside of its interval, for
  ///   missing values that are not modelled, and for numbers that are no integers where these are expected.
  init(
    modelledBy roles: ColumnRoles, of rows: ScaledRows, areMapped: Bool = true
  ) throws(LearningError) {
    let table = rows.table
    var scalings: [ColumnScaling] = []
    for name in roles.modelled {
      let column = try table.values(of: name)
      guard table.words(of: name) == nil else { throw .words(name) }
      if !roles.modelsMissing { try table.checkPresent(column, name, isGiven: false) }
      let isInteger = roles.integers.contains(name)
      if isInteger, let row = column.firstIndex(where: { !$0.isNaN && $0 != $0.rounded() }) {
        throw .noInteger(column: name, place: table.place(ofRow: row), value: column[row])
      }
      let map = areMapped ? roles.maps[name] : .identity
      scalings.append(try ColumnScaling(name, column, rows, map, isInteger))
    }
    self.init(
      names: roles.modelled, scalings: scalings,
      kinds: roles.modelled.map { roles.integers.contains($0) ? .integer : .continuous })
  }

  /// Scalings of the given columns for some rows of a table.
  init(givenBy roles: ColumnRoles, of rows: ScaledRows) throws(LearningError) {
    let table = rows.table
    var scalings: [ColumnScaling] = []
    var kinds: [ColumnKind] = []
    var mayBeMissing: [Bool] = []
    for name in roles.given {
      let column = try table.values(of: name)
      mayBeMissing.append(roles.maskShare > 0 || column.contains(where: \.isNaN))
      if let words = table.words(of: name) {
        kinds.append(.words(words))
        scalings.append(ColumnScaling(map: .identity, mean: 0, deviation: 1))
      } else {
        kinds.append(.continuous)
        scalings.append(try ColumnScaling(name, column, rows, roles.maps[name], false))
      }
    }
    self.init(names: roles.given, scalings: scalings, kinds: kinds, mayBeMissing: mayBeMissing)
  }
}

extension ColumnScaling {
  /// The scaling for some rows of a column whose values may be missing.
  fileprivate init(
    _ name: String, _ column: [Double], _ rows: ScaledRows, _ map: ColumnMap?, _ isInteger: Bool
  ) throws(LearningError) {
    let table = rows.table
    let present = rows.numbers.indices.filter { !column[rows.numbers[$0]].isNaN }
    let values = present.map { column[rows.numbers[$0]] }
    let weights = rows.weights.map { weights in present.map { weights[$0] } }
    guard let first = values.first else {
      throw .missing(
        column: name, place: table.place(ofRow: 0), count: column.count { $0.isNaN },
        isGiven: false)
    }
    let map = map ?? .likeliest(for: values, weights: weights)
    let (lower, upper) = map.domain
    let margin = isInteger ? 0.5 : 0
    // All rows, so that validation rows lie inside as well.
    for (row, x) in column.enumerated() where !x.isNaN {
      let isInside = lower < x && x < upper && lower <= x - margin && x + margin <= upper
      guard isInside else {
        throw .outside(
          column: name, place: table.place(ofRow: row), value: x, lower: lower, upper: upper)
      }
    }
    guard let scaling = ColumnScaling(map: map, of: values, weights: weights) else {
      guard let other = values.first(where: { $0 != first }) else {
        throw .constantColumn(name, value: first)
      }
      throw .noScale(column: name, first, other)
    }
    self = scaling
  }
}

extension Table {
  /// The values of a column.
  func values(of name: String) throws(LearningError) -> [Double] {
    guard let column = column(named: name) else { throw .missingColumn(name, found: columnNames) }
    return column
  }

  /// - Throws: ``LearningError`` where values of a column are missing.
  func checkPresent(
    _ column: [Double], _ name: String, isGiven: Bool
  ) throws(LearningError) {
    guard let row = column.firstIndex(where: \.isNaN) else { return }
    throw .missing(
      column: name, place: place(ofRow: row), count: column.count { $0.isNaN }, isGiven: isGiven)
  }
}
