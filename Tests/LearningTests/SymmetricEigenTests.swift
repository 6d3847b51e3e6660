import Tensors
import Testing

@testable import Learning

@Suite("Eigenvalues of symmetric matrices")
struct SymmetricEigenTests {
  private func matrix(_ size: Int) -> [[Double]] {
    let numbers = RandomKey(seed: UInt64(size)).normals(size * size)
    return (0..<size).map { i in (0..<size).map { numbers[i * size + $0] + numbers[$0 * size + i] }
    }
  }

  @Test("and vectors make the matrix again", arguments: [1, 2, 3, 7, 20])
  func product(size: Int) throws {
    let original = matrix(size)
    let eigen = SymmetricEigen(original)
    for i in 0..<size {
      for j in 0..<size {
        let sum = (0..<size).reduce(0) {
          $0 + eigen.values[$1] * eigen.vectors[$1][i] * eigen.vectors[$1][j]
        }
        #expect((sum - original[i][j]).magnitude < 1e-12)
        let overlap = (0..<size).reduce(0) { $0 + eigen.vectors[i][$1] * eigen.vectors[j][$1] }
        #expect((overlap - (i == j ? 1 : 0)).magnitude < 1e-13)
      }
    }
  }

  /// [[2, 1], [1, 2]] has 1 and 3.
  @Test("of a known matrix are known")
  func known() {
    let values = SymmetricEigen([[2, 1], [1, 2]]).values.sorted()
    #expect((values[0] - 1).magnitude < 1e-15 && (values[1] - 3).magnitude < 1e-15)
  }

  @Test("tell whether there is an inverse, whatever the units")
  func inverse() throws {
    let scales = [1e-9, 1, 1e12]
    let regular = [[4.0, 1, 0], [1, 3, 1], [0, 1, 2]]
    let singular = [[1.0, 1, 0], [1, 1, 0], [0, 0, 1]]
    func scaled(_ matrix: [[Double]]) -> [[Double]] {
      matrix.indices.map { i in matrix.indices.map { scales[i] * matrix[i][$0] * scales[$0] } }
    }
    let found = try #require(ScaledMatrix(scaled(regular)).inverse)
    // The inverse of the regular one is adj/18, its first entry 5/18.
    #expect((found[0][0] * scales[0] * scales[0] - 5.0 / 18).magnitude < 1e-14)
    #expect((found[1][2] * scales[1] * scales[2] + 4.0 / 18).magnitude < 1e-14)
    #expect(ScaledMatrix(scaled(regular)).flatCoordinates.isEmpty)
    #expect(ScaledMatrix(scaled(singular)).inverse == nil)
    #expect(ScaledMatrix(scaled(singular)).flatCoordinates == [0, 1])
    let step = ScaledMatrix(regular).step([1, 2, 3])
    for (i, wanted) in [1.0, 2, 3].enumerated() {
      #expect((zip(regular[i], step).reduce(0) { $0 + $1.0 * $1.1 } - wanted).magnitude < 1e-13)
    }
  }
}
