import Tensors

/// Builds triangular matrices `[n, n]`, the same for all rows or one for each.
enum TriangularMatrix {
  /// How many entries lie strictly below the diagonal.
  static func count(_ n: Int) -> Int { n * (n - 1) / 2 }

  /// The matrix with `entries` strictly below (or above) the diagonal, 0 elsewhere.
  static func strict(_ entries: Tensor, _ n: Int, isLower: Bool) -> Tensor {
    let zero = entries.trace.constant([0], [1])
    guard n > 1 else { return zero.reshaped(n, n) }
    Shape.requireSize([n, n], of: "a triangular matrix")
    let places = (0..<n * n).map { index -> Int in
      let (row, column) = index.quotientAndRemainder(dividingBy: n)
      if row == column || (row > column) != isLower { return count(n) }
      let (far, near) = (max(row, column), min(row, column))
      return count(far) + near
    }
    return Tensor.concatenated([entries, zero]).selecting(places).reshaped(n, n)
  }

  /// The matrix with the given diagonal `[n]`, 0 elsewhere.
  static func diagonal(_ entries: Tensor) -> Tensor {
    let n = entries.shape.count
    return entries.tiled(n) * identity(entries.trace, n)
  }

  /// The matrix of the identity.
  static func identity(_ trace: Trace, _ n: Int) -> Tensor {
    trace.constant((0..<n * n).map { $0 % (n + 1) == 0 ? 1 : 0 }, [n, n])
  }
}

extension Tensor {
  /// A x for a matrix `[m, n]` that is the same for all rows, or one for each.
  func times(_ x: Tensor) -> Tensor {
    shape.isPerRow ? (self * x.tiled(shape.dims[0])).sum() : matmul(x)
  }

  /// T⁻¹ x for a triangular matrix `[n, n]` that is the same for all rows, or one for each: then by a step
  /// for each feature.
  func substituted(_ x: Tensor, _ triangle: Triangle) -> Tensor {
    guard shape.isPerRow else { return triangularSolve(x, triangle) }
    let count = x.shape.count
    let order = triangle.isLower ? Array(0..<count) : (0..<count).reversed()
    var found: Tensor?
    for (step, feature) in order.enumerated() {
      let row = slice(feature..<feature + 1).reshaped(count)
      var rest = x.slice(feature..<feature + 1)
      if let found {
        rest = rest - (row.selecting(Array(order[0..<step])) * found).sum().reshaped(1)
      }
      let next = triangle.hasUnitDiagonal ? rest : rest / row.slice(feature..<feature + 1)
      found = found.map { Tensor.concatenated([$0, next]) } ?? next
    }
    return triangle.isLower ? found! : found!.selecting(order)
  }
}
