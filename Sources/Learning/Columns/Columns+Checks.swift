import Flows
import Formats

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
