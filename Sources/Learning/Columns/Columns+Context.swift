public import Flows

extension Columns {
  /// The number of features that the columns are for a flow where they are given: one for a number, and one more
  /// where it may be missing; K for words.
  public var contextWidth: Int {
    zip(kinds, mayBeMissing).reduce(0) { sum, column in
      if case .words(let words) = column.0 { return sum + words.count }
      return sum + (column.1 ? 2 : 1)
    }
  }

  /// d of each row: y, or 0 where it is missing; where it may be, also 1 if it is missing, else 0; for the i-th of K
  /// words, K numbers of which the i-th is 1 and the others are 0, all of them 0 where it is missing.
  ///
  /// - Parameter rows: values of x; NaN stands for a missing one. Others lie in the domains of their columns.
  /// - Returns: as many rows of ``contextWidth`` numbers.
  public func context(_ rows: Batch) -> Batch {
    precondition(rows.features == count, "\(count) columns expected, got \(rows.features)")
    var features: [Double] = []
    features.reserveCapacity(rows.rows * contextWidth)
    for (index, x) in rows.values.enumerated() {
      let column = index % count
      if case .words(let words) = kinds[column] {
        for word in words.indices { features.append(x == Double(word) ? 1 : 0) }
      } else {
        features.append(x.isNaN ? 0 : scalings[column].forward(x))
        if mayBeMissing[column] { features.append(x.isNaN ? 1 : 0) }
      }
    }
    return Batch(features: contextWidth, features)
  }
}
