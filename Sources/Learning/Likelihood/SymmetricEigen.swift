/// A = Q diag(λ) Qᵀ of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5).
struct SymmetricEigen {
  /// λ, in no order
  private(set) var values: [Double] = []
  /// The columns of Q, each of length 1, in the order of the values
  private(set) var vectors: [[Double]]
  private var matrix: [[Double]]

  /// Rounds end earlier where all that is off the diagonal is rounding.
  private static let mostRounds = 60

  /// - Parameter matrix: A, row by row.
  init(_ matrix: [[Double]]) {
    self.matrix = matrix
    vectors = matrix.indices.map { i in matrix.indices.map { $0 == i ? 1 : 0 } }
    for _ in 0..<Self.mostRounds where !isDiagonal {
      for p in matrix.indices {
        for q in matrix.indices where p < q { rotate(p, q) }
      }
    }
    values = matrix.indices.map { self.matrix[$0][$0] }
  }

  private var isDiagonal: Bool {
    for p in matrix.indices {
      for q in matrix.indices where p < q {
        let size = (matrix[p][p] * matrix[q][q]).magnitude.squareRoot()
        if matrix[p][q].magnitude > 0x1p-60 * size, matrix[p][q].magnitude > 1e-300 { return false }
      }
    }
    return true
  }

  /// Makes the entry p, q vanish.
  private mutating func rotate(_ p: Int, _ q: Int) {
    let entry = matrix[p][q]
    guard entry != 0 else { return }
    let ratio = (matrix[q][q] - matrix[p][p]) / (2 * entry)
    let tangent =
      (ratio < 0 ? -1 : 1) / (ratio.magnitude + (1 + ratio * ratio).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    for k in matrix.indices {
      let (a, b) = (matrix[k][p], matrix[k][q])
      (matrix[k][p], matrix[k][q]) = (cosine * a - sine * b, sine * a + cosine * b)
    }
    for k in matrix.indices {
      let (a, b) = (matrix[p][k], matrix[q][k])
      (matrix[p][k], matrix[q][k]) = (cosine * a - sine * b, sine * a + cosine * b)
      let (u, v) = (vectors[p][k], vectors[q][k])
      (vectors[p][k], vectors[q][k]) = (cosine * u - sine * v, sine * u + cosine * v)
    }
  }
}

/// A symmetric matrix H = D⁻¹ S D⁻¹ with D diagonal so that S has 1 and -1 on its diagonal, or 0 where H has: what the
/// eigenvalues of S say does not depend on the units of the parameters.
struct ScaledMatrix {
  /// The diagonal of D
  private let scales: [Double]
  /// That of S
  private let eigen: SymmetricEigen

  /// A direction whose eigenvalue is below this share of the largest counts as flat.
  private static let flat = 1e-9
  /// In steps, smaller eigenvalues count as this share of the largest.
  private static let floor = 1e-6

  /// - Parameter matrix: H, row by row, of finite numbers.
  init(_ matrix: [[Double]]) {
    let scales = matrix.indices.map { i in
      let size = matrix[i][i].magnitude.squareRoot()
      return size > 0 ? 1 / size : 1
    }
    self.scales = scales
    eigen = SymmetricEigen(
      matrix.indices.map { i in matrix.indices.map { scales[i] * matrix[i][$0] * scales[$0] } })
  }

  private var largest: Double { eigen.values.map(\.magnitude).max() ?? 0 }

  /// Σ v (v·g)/|λ| over the eigenvectors v: Newton's step for a gradient g, uphill also where H is not positive.
  func step(_ gradient: [Double]) -> [Double] {
    let smallest = max(Self.floor * largest, .leastNormalMagnitude)
    var step = gradient.map { _ in 0.0 }
    for (value, vector) in zip(eigen.values, eigen.vectors) {
      let slope = zip(vector, zip(scales, gradient)).reduce(0) { $0 + $1.0 * $1.1.0 * $1.1.1 }
      let length = slope / max(value.magnitude, smallest)
      for i in step.indices { step[i] += length * vector[i] * scales[i] }
    }
    return step
  }

  /// H⁻¹; nil where H is not clearly positive definite.
  var inverse: [[Double]]? {
    guard eigen.values.allSatisfy({ $0 > Self.flat * largest }) else { return nil }
    return scales.indices.map { i in
      scales.indices.map { j in
        let sum = zip(eigen.values, eigen.vectors).reduce(0) { $0 + $1.1[i] * $1.1[j] / $1.0 }
        return scales[i] * sum * scales[j]
      }
    }
  }

  /// The coordinates that take part in flat directions, or in those in which H is negative.
  var flatCoordinates: [Int] {
    let flat = zip(eigen.values, eigen.vectors).filter { $0.0 <= Self.flat * largest }
    return scales.indices.filter { i in flat.contains { $0.1[i].magnitude > 0.05 } }
  }
}
