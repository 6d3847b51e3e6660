import Exact

extension Matrix {
  /// The entries, if all of them are rational numbers.
  var rationalRows: [[Rational]]? {
    var result: [[Rational]] = []
    for row in rows {
      let values = row.compactMap(\.rationalValue)
      guard values.count == row.count else { return nil }
      result.append(values)
    }
    return result
  }

  /// adj A = det A · A⁻¹ of a square matrix of rational numbers, by Gauss and Jordan's elimination;
  /// nil where det A = 0 or an entry is no number.
  func rationalAdjugate() -> Matrix? {
    guard var left = rationalRows else { return nil }
    let count = left.count
    var right = (0..<count).map { row in
      (0..<count).map { $0 == row ? Rational.one : Rational.zero }
    }
    var determinant = Rational.one
    for column in 0..<count {
      guard let pivotRow = (column..<count).first(where: { !left[$0][column].isZero }) else {
        return nil
      }
      if pivotRow != column {
        left.swapAt(pivotRow, column)
        right.swapAt(pivotRow, column)
        determinant = -determinant
      }
      let pivot = left[column][column]
      determinant = determinant * pivot
      left[column] = left[column].map { $0 / pivot }
      right[column] = right[column].map { $0 / pivot }
      for row in 0..<count where row != column && !left[row][column].isZero {
        let factor = left[row][column]
        left[row] = zip(left[row], left[column]).map { $0 - factor * $1 }
        right[row] = zip(right[row], right[column]).map { $0 - factor * $1 }
      }
    }
    return Matrix(rows: right.map { $0.map { Expression(determinant * $0) } })
  }
}
