import Exact
import Testing

@testable import Symbolics

@Suite("Matrices")
struct MatrixTests {
  /// The determinant by the sum over permutations: an independent, slow definition.
  private func leibniz(_ rows: [[Int]]) -> Int {
    func sum(_ row: Int, _ used: [Int]) -> Int {
      if row == rows.count {
        let inversions = used.indices.reduce(0) { count, i in
          count + used[..<i].filter { $0 > used[i] }.count
        }
        let product = used.enumerated().reduce(1) { $0 * rows[$1.offset][$1.element] }
        return inversions.isMultiple(of: 2) ? product : -product
      }
      return rows.indices.filter { !used.contains($0) }
        .reduce(0) { $0 + sum(row + 1, used + [$1]) }
    }
    return sum(0, [])
  }

  private func sample(size: Int, seed: Int) -> [[Int]] {
    var state = UInt64(seed &* 2_654_435_761 &+ 12345)
    return (0..<size).map { _ in
      (0..<size).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 60) - 5
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5], 0..<6)
  func determinantAgreesWithLeibniz(size: Int, seed: Int) {
    let rows = sample(size: size, seed: seed)
    let matrix = Matrix(rows: rows.map { $0.map { Expression(Rational($0)) } })
    #expect(matrix.determinant() == Expression(Rational(leibniz(rows))))
  }

  /// A dense matrix beyond the expansion limit: I + u vᵀ has determinant 1 + v·u (Sylvester).
  @Test(arguments: [11, 14])
  func denseMatricesAreEliminated(size: Int) {
    let rows = (0..<size).map { i in
      (0..<size).map { j in Expression(Rational((i == j ? 1 : 0) + (i + 1) * (2 * j - 3))) }
    }
    let trace = (0..<size).reduce(0) { $0 + ($1 + 1) * (2 * $1 - 3) }
    #expect(Matrix(rows: rows).determinant() == Expression(Rational(1 + trace)))
  }

  @Test(arguments: [2, 3, 4], 0..<4)
  func adjugateTimesMatrixIsDeterminant(size: Int, seed: Int) {
    let matrix = Matrix(
      rows: sample(size: size, seed: seed).map { $0.map { Expression(Rational($0)) } })
    let product = matrix * matrix.adjugate()
    for (i, row) in product.rows.enumerated() {
      for (j, entry) in row.enumerated() {
        #expect(entry == (i == j ? matrix.determinant() : .zero))
      }
    }
  }

  @Test func largePermutedTriangularMatricesAreCheap() {
    let size = 40
    let symbols = (0..<size).map { Expression.symbol("a\($0 + 1)") }
    let rows = (0..<size).map { i in
      (0..<size).map { j -> Expression in
        // Row i of a lower triangular matrix, its columns in reverse order.
        let column = size - 1 - j
        return column == i ? symbols[i] : column < i ? .symbol("b") : .zero
      }
    }
    let determinant = Matrix(rows: rows).determinant()
    // Reversing 40 columns is a permutation of 20 exchanges, an even one.
    #expect(determinant == .product(symbols))
  }

  @Test func jacobianOfPolarCoordinates() {
    let r = Expression.symbol("r")
    let t = Expression.symbol("t")
    let jacobian = Matrix.jacobian(
      of: [r * .call(.cos, [t]), r * .call(.sin, [t])], by: [Symbol("r"), Symbol("t")])
    #expect(jacobian.rows[0][0] == .call(.cos, [t]))
    #expect(jacobian.rows[0][1] == -r * .call(.sin, [t]))
    #expect(jacobian.rows[1] == [.call(.sin, [t]), r * .call(.cos, [t])])
  }

  /// Elimination against the definition of the adjugate by cofactors.
  @Test(arguments: 2...5) func adjugateOfNumbers(size: Int) throws {
    let rows = (0..<size).map { i -> [Expression] in
      (0..<size).map { j -> Expression in
        let above: Int = (i * 7 + j * 5 + i * j) % 11 - 4
        return Expression(Rational(above, over: 1 + (i + j) % 3))
      }
    }
    let numbers = Matrix(rows: rows)
    let found = try #require(numbers.rationalAdjugate())
    for i in 0..<size {
      for j in 0..<size {
        let cofactor = numbers.minor(row: j, column: i).determinant()
        #expect(found.rows[i][j] == ((i + j).isMultiple(of: 2) ? cofactor : -cofactor))
      }
    }
    #expect(Matrix(rows: [[1, 2], [2, 4]]).rationalAdjugate() == nil)
  }
}
