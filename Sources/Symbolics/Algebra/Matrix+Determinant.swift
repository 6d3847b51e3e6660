import Exact

extension Matrix {
  /// The largest dense block whose determinant is expanded.
  static let expansionLimit = 10

  /// det A, by division-free expansion: rows and columns with a single entry first (so triangular
  /// matrices in any order cost nothing), then Laplace expansion of the dense rest with shared
  /// minors.
  ///
  /// The result is in canonical form, not expanded; `simplified(under:)` tidies it.
  /// A dense rest of more than 10 rows is eliminated instead, in normal forms.
  /// - Precondition: the matrix is square.
  public func determinant(under assumptions: Assumptions = Assumptions()) -> Expression {
    precondition(isSquare, "only a square matrix has a determinant: \(rowCount) x \(columnCount)")
    if rowCount == 0 { return .one }
    if let (row, column) = loneEntry {
      let entry = rows[row][column]
      if entry.isZero { return .zero }
      let rest = minor(row: row, column: column).determinant(under: assumptions)
      return (row + column).isMultiple(of: 2) ? entry * rest : -(entry * rest)
    }
    if rowCount > Self.expansionLimit { return eliminated(under: assumptions) }
    var minors: [Int: Expression] = [:]
    return expansion(fromRow: 0, columns: (1 << rowCount) - 1, &minors)
  }

  /// adj A, with A·adj A = det A·I.
  public func adjugate(under assumptions: Assumptions = Assumptions()) -> Matrix {
    if rowCount == 1 { return Matrix(rows: [[.one]]) }
    if let adjugate = rationalAdjugate() { return adjugate }
    return Matrix(
      rows: (0..<rowCount).map { column in
        (0..<rowCount).map { row in
          let cofactor = minor(row: row, column: column).determinant(under: assumptions)
          return (row + column).isMultiple(of: 2) ? cofactor : -cofactor
        }
      })
  }

  /// A row or column in which at most one entry is not zero: the position of that entry (or of a
  /// zero, if there is none).
  private var loneEntry: (row: Int, column: Int)? {
    for row in rows.indices {
      let filled = rows[row].indices.filter { !rows[row][$0].isZero }
      if filled.count <= 1 { return (row, filled.first ?? 0) }
    }
    for column in rows.indices {
      let filled = rows.indices.filter { !rows[$0][column].isZero }
      if filled.count <= 1 { return (filled.first ?? 0, column) }
    }
    return nil
  }

  /// The determinant of the rows from `row` on and the columns in the bit set, each minor once.
  private func expansion(fromRow row: Int, columns: Int, _ minors: inout [Int: Expression])
    -> Expression
  {
    if row == rowCount { return .one }
    if let known = minors[columns] { return known }
    var terms: [Expression] = []
    var isPositive = true
    for column in 0..<rowCount where columns & (1 << column) != 0 {
      let entry = rows[row][column]
      if !entry.isZero {
        let rest = expansion(fromRow: row + 1, columns: columns & ~(1 << column), &minors)
        terms.append(isPositive ? entry * rest : -(entry * rest))
      }
      isPositive.toggle()
    }
    let result = Expression.sum(terms)
    minors[columns] = result
    return result
  }

  /// One step of Gaussian elimination, then the determinant of the rest.
  private func eliminated(under assumptions: Assumptions) -> Expression {
    let firstColumn = rows.map { $0[0] }
    // A number is the best pivot: it brings no denominators.
    let pivotRow =
      firstColumn.firstIndex { $0.rationalValue.map { !$0.isZero } ?? false }
      ?? firstColumn.firstIndex { !$0.isZero }
    guard let pivotRow else { return .zero }
    let pivot = rows[pivotRow]
    let rest = rows.indices.filter { $0 != pivotRow }.map { index -> [Expression] in
      let factor = rows[index][0] / pivot[0]
      return zip(rows[index], pivot).dropFirst().map { entry, above in
        (entry - factor * above).normalForm(under: assumptions)
      }
    }
    let minor = Matrix(rows: rest).determinant(under: assumptions)
    return pivotRow.isMultiple(of: 2) ? pivot[0] * minor : -(pivot[0] * minor)
  }
}
