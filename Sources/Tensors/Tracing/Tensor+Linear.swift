extension Tensor {
  /// W x for every row, or the product of two matrices:
  /// `[out, in] · [B, in] → [B, out]`, `[m, k] · [k, n] → [m, n]`, `[m, k] · [k] → [m]`.
  public func matmul(_ other: Tensor) -> Tensor {
    require(
      !shape.isPerRow && shape.dims.count == 2, "matmul: the first factor \(shape) is no matrix")
    if other.shape.isPerRow { return applied(to: other, transposed: false) }
    if other.shape.dims.count == 1 {
      return matmul(other.reshaped(other.shape.count, 1)).reshaped(shape.dims[0])
    }
    require(
      other.shape.dims.count == 2 && shape.dims[1] == other.shape.dims[0],
      "matmul: \(shape) times \(other.shape)")
    return trace.record(
      .matrixProduct, [self, other], .fixed(shape.dims[0], other.shape.dims[1]))
  }

  /// W x, or Wᵀ x, for every row.
  func applied(to x: Tensor, transposed: Bool) -> Tensor {
    let (out, width) = transposed ? (1, 0) : (0, 1)
    require(
      shape.dims.count == 2 && x.shape.dims == [shape.dims[width]],
      "matmul: \(shape)\(transposed ? "ᵀ" : "") times \(x.shape)")
    return trace.record(
      .linear(transposed: transposed), [self, x], Shape([shape.dims[out]], isPerRow: true))
  }

  /// Σ over the rows of a bᵀ: `[B, m], [B, n] → [m, n]`.
  public static func outerOverRows(_ a: Tensor, _ b: Tensor) -> Tensor {
    require(
      a.shape.isPerRow && b.shape.isPerRow && a.shape.dims.count == 1 && b.shape.dims.count == 1,
      "outerOverRows: \(a.shape) and \(b.shape) are not rows of vectors")
    return a.trace.record(.outerRows, [a, b], .fixed(a.shape.count, b.shape.count))
  }

  /// a bᵀ row by row, or once: `[m], [n] → [m, n]`.
  public static func outer(_ a: Tensor, _ b: Tensor) -> Tensor {
    a.repeated(b.shape.count) * b.tiled(a.shape.count)
  }

  /// Solves T y = x (or Tᵀ y = x) for a triangular matrix T `[n, n]`: x `[n]` or `[B, n]`.
  public func triangularSolve(_ x: Tensor, _ triangle: Triangle) -> Tensor {
    require(
      !shape.isPerRow && shape.dims == [x.shape.count, x.shape.count] && x.shape.dims.count == 1,
      "triangularSolve: a square matrix expected for \(x.shape), got \(shape)")
    return trace.record(.triangularSolve(triangle), [self, x], x.shape)
  }

  /// The diagonal of a square matrix: `[n, n] → [n]`.
  public var diagonal: Tensor {
    require(
      shape.dims.count == 2 && shape.dims[0] == shape.dims[1], "\(shape) is not square")
    return selecting((0..<shape.dims[0]).map { $0 * (shape.dims[0] + 1) })
  }
}
