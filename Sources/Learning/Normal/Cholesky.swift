import Tensors

/// L with L Lᵀ = A, lower triangular, of a symmetric matrix.
struct Cholesky: Sendable {
  let size: Int
  /// L, row after row; what lies above the diagonal has no meaning.
  let factor: [Double]
  /// log det A
  let logDeterminant: Double

  /// Factorises the lower triangle.
  ///
  /// - Parameters:
  ///   - matrix: A, row after row.
  ///   - size: its extent.
  /// - Returns: nil where a pivot is no larger than its rounding.
  init?(_ matrix: [Double], size: Int) {
    var factor = matrix
    var sum = 0.0
    for i in 0..<size {
      for j in 0...i {
        var value = factor[i * size + j]
        for k in 0..<j { value -= factor[i * size + k] * factor[j * size + k] }
        if i == j {
          guard value > 0x1p-50 * Double(size) * matrix[i * size + i] else { return nil }
          factor[i * size + i] = value.squareRoot()
          sum += UnaryFunction.logarithm.value(value)
        } else {
          factor[i * size + j] = value / factor[j * size + j]
        }
      }
    }
    self.size = size
    self.factor = factor
    logDeterminant = sum
  }

  /// L v
  func product(_ v: [Double]) -> [Double] {
    (0..<size).map { i in (0...i).reduce(0) { $0 + factor[i * size + $1] * v[$1] } }
  }

  /// L⁻¹ v
  func solveLower(_ v: [Double]) -> [Double] {
    var x = v
    for i in 0..<size {
      for k in 0..<i { x[i] -= factor[i * size + k] * x[k] }
      x[i] /= factor[i * size + i]
    }
    return x
  }

  /// A⁻¹ v
  func solve(_ v: [Double]) -> [Double] {
    var x = solveLower(v)
    for i in (0..<size).reversed() {
      for k in i + 1..<size { x[i] -= factor[k * size + i] * x[k] }
      x[i] /= factor[i * size + i]
    }
    return x
  }
}
