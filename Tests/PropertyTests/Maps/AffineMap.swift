import Exact

/// A random map z ↦ A z + b with rational entries whose determinant is known by construction.
struct AffineMap: Sendable {
  let matrix: [[Rational]]
  let offset: [Rational]
  let determinant: Rational

  var dimension: Int { offset.count }

  /// A lower triangular matrix with the diagonal given (the last entry 0 for a singular one), mixed by
  /// adding rows and columns to others, which keeps the determinant.
  static func random(
    dimension n: Int, isSingular: Bool, using draw: inout SplitMix64
  ) -> AffineMap {
    var a = [[Rational]](repeating: [Rational](repeating: .zero, count: n), count: n)
    for row in 0..<n {
      for column in 0..<row where draw.flip() { a[row][column] = draw.coefficient() }
      a[row][row] = draw.coefficient()
    }
    if isSingular {
      let row = draw.integer(in: 0...n - 1)
      a[row][row] = .zero
    }
    let determinant = (0..<n).reduce(Rational.one) { $0 * a[$1][$1] }
    for _ in 0..<n where n > 1 {
      let pair = draw.permutation(of: n).prefix(2)
      let c = draw.coefficient(upTo: 2, over: 1)
      for column in 0..<n { a[pair[0]][column] += c * a[pair[1]][column] }
      let columns = draw.permutation(of: n).prefix(2)
      for row in 0..<n { a[row][columns[0]] += c * a[row][columns[1]] }
    }
    return AffineMap(
      matrix: a, offset: (0..<n).map { _ in draw.coefficient() }, determinant: determinant)
  }

  /// The `.flow` text, written out coordinate by coordinate.
  var source: String {
    let n = dimension
    let rows = (0..<n).map { row in
      let terms = (0..<n).filter { !matrix[row][$0].isZero }.map {
        matrix[row][$0] * Term.coordinate($0, of: n)
      }
      return Term.sum(terms + [.constant(offset[row])])!.text
    }
    return """
      z in R^\(n)
      x = \(n == 1 ? rows[0] : "(" + rows.joined(separator: ", ") + ")")
      prove invertible
      """
  }

  /// A z + b
  func values(at z: [Rational]) -> [Rational] {
    zip(matrix, offset).map { row, b in zip(row, z).reduce(b) { $0 + $1.0 * $1.1 } }
  }
}
