/// A matrix of formulas, row by row.
public struct Matrix: Hashable, Sendable {
  /// rows[i][j] = entry in row i, column j.
  public let rows: [[Expression]]

  /// The matrix with the given rows, all of one length.
  public init(rows: [[Expression]]) {
    precondition(
      Set(rows.map(\.count)).count <= 1, "the rows of a matrix must have one length")
    self.rows = rows
  }

  /// Df: entry (i, j) = ∂formulas[i]/∂variables[j].
  public static func jacobian(of formulas: [Expression], by variables: [Symbol]) -> Matrix {
    Matrix(rows: formulas.map { formula in variables.map { formula.derivative(by: $0) } })
  }

  /// The number of rows.
  public var rowCount: Int { rows.count }
  /// The number of columns.
  public var columnCount: Int { rows.first?.count ?? 0 }
  /// Whether it has as many rows as columns.
  public var isSquare: Bool { rowCount == columnCount }

  /// Aᵀ
  public var transposed: Matrix {
    Matrix(rows: (0..<columnCount).map { column in rows.map { $0[column] } })
  }

  /// Whether everything above the diagonal is zero.
  public var isLowerTriangular: Bool {
    rows.enumerated().allSatisfy { index, row in row.dropFirst(index + 1).allSatisfy(\.isZero) }
  }

  /// The entries (i, i).
  public var diagonal: [Expression] {
    (0..<Swift.min(rowCount, columnCount)).map { rows[$0][$0] }
  }

  /// Every entry replaced by its image.
  public func map(_ transform: (Expression) -> Expression) -> Matrix {
    Matrix(rows: rows.map { $0.map(transform) })
  }

  /// A v
  public static func * (matrix: Matrix, vector: [Expression]) -> [Expression] {
    precondition(
      matrix.columnCount == vector.count,
      "\(matrix.columnCount) columns cannot multiply \(vector.count) entries")
    return matrix.rows.map { row in .sum(zip(row, vector).map { $0 * $1 }) }
  }

  /// A B
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    let columns = b.transposed.rows
    return Matrix(
      rows: a.rows.map { row in
        columns.map { column in .sum(zip(row, column).map { $0 * $1 }) }
      })
  }

  /// The matrix without one row and one column.
  func minor(row: Int, column: Int) -> Matrix {
    var remaining = rows
    remaining.remove(at: row)
    return Matrix(
      rows: remaining.map { entries in
        var entries = entries
        entries.remove(at: column)
        return entries
      })
  }
}
