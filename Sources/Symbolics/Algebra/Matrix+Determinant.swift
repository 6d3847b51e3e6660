extension Matrix {
  /// The largest dense block whose determinant is expanded.
  static let expansionLimit = 10

  /// det A, by division-free expansion: rows and columns with a single entry first (so triangular
  /// matrices in any order cost nothing), then Laplace expansion of the dense rest with shared
  /// minors.
  ///
  /// The result is in canonical form, not expanded; `simplified(under:)` tidies it.
  /// - Precondition: the matrix is square, and its dense rest has at most 10 rows.
  public func determinant(under assumptions: Assumptions = Assumptions()) -> Expression {
    precondition(isSquare, "only a square matrix has a determinant: \(rowCount) x \(columnCount)")
    if rowCount == 0 { return .one }
    if let (row, column) = loneEntry {
      let entry = rows[row][column]
      if entry.isZero { return .zero }
      let rest = minor(row: row, column: column).determinant(under: assumptions)
      return (row + column).isMultiple(of: 2) ? entry * rest : -(entry * rest)
    }
    precondition(
      rowCount <= Self.expansionLimit,
      "a dense determinant of \(rowCount) rows is over the limit of \(Self.expansionLimit)")
    var minors: [Int: Expression] = [:]
    return expansion(fromRow: 0, columns: (1 << rowCount) - 1, &minors)
  }

  /// adj A, with A·adj A = det A·I.
  public func adjugate(under assumptions: Assumptions = Assumptions()) -> Matrix {
    if rowCount == 1 { return Matrix(rows: [[.one]]) }
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
}
