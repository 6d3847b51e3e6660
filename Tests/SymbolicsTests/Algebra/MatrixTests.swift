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
    let rows = (0..<size).map { i -> [Rational] in
      (0..<size).map { j -> Rational in
        let above: Int = (i * 7 + j * 5 + i * j) % 11 - 4
        return Rational(above) / Rational(1 + (i + j) % 3)
      }
    }
    let numbers = Matrix(rows: rows.map { $0.map { Expression($0) } })
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
