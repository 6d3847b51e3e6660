extension Tensor {
  /// The features with these numbers, in row-major order of the extents: `[…] → [indices]`.
  public func selecting(_ indices: [Int]) -> Tensor {
    gathered(indices, dims: [indices.count])
  }

  /// y[i] = x[indices[i]] as a tensor with the given extents.
  func gathered(_ indices: [Int], dims: [Int]) -> Tensor {
    require(
      indices.allSatisfy { (0..<shape.count).contains($0) },
      "features \(indices) of \(shape), which has \(shape.count)")
    return trace.record(.gather(indices), [self], shape.with(dims: dims))
  }

  /// y[indices[i]] += x[i] in a tensor with the given extents, 0 elsewhere.
  func scattered(_ indices: [Int], dims: [Int]) -> Tensor {
    require(
      indices.count == shape.count, "\(shape.count) indices expected, got \(indices.count)")
    return trace.record(.scatter(indices), [self], shape.with(dims: dims))
  }

  /// A range of the first axis: `[n, …] → [range, …]`.
  public func slice(_ range: Range<Int>) -> Tensor {
    require(
      range.lowerBound >= 0 && range.upperBound <= shape.dims.first ?? 0,
      "slice \(range) of \(shape)")
    let inner = shape.dims.dropFirst().reduce(1, *)
    let indices = Array(range.lowerBound * inner..<range.upperBound * inner)
    return gathered(indices, dims: [range.count] + shape.dims.dropFirst())
  }

  /// A range of the last axis: `[…, n] → […, range]`.
  public func columns(_ range: Range<Int>) -> Tensor {
    require(
      range.lowerBound >= 0 && range.upperBound <= shape.last, "columns \(range) of \(shape)")
    let groups = shape.count / max(shape.last, 1)
    let indices = (0..<groups).flatMap { group in range.map { group * shape.last + $0 } }
    return gathered(indices, dims: shape.dims.dropLast() + [range.count])
  }

  /// One number of the last axis: `[…, n] → […]`.
  public func column(_ index: Int) -> Tensor {
    columns(index..<index + 1).reshaped(Array(shape.dims.dropLast()))
  }

  /// Repeats every value along a new last axis: `[…] → […, n]`.
  public func repeated(_ n: Int) -> Tensor {
    gathered((0..<shape.count).flatMap { Array(repeating: $0, count: n) }, dims: shape.dims + [n])
  }

  /// Repeats the whole along a new first axis: `[…] → [n, …]`.
  public func tiled(_ n: Int) -> Tensor {
    gathered((0..<n).flatMap { _ in 0..<shape.count }, dims: [n] + shape.dims)
  }

  /// A matrix with rows and columns exchanged: `[m, n] → [n, m]`.
  public var transposed: Tensor {
    require(shape.dims.count == 2, "only a matrix can be transposed, not \(shape)")
    let (m, n) = (shape.dims[0], shape.dims[1])
    return gathered((0..<n).flatMap { j in (0..<m).map { $0 * n + j } }, dims: [n, m])
  }

  /// The features of all tensors, one tensor after the other: `[n1], [n2], … → [n1 + n2 + …]`.
  public static func concatenated(_ parts: [Tensor]) -> Tensor {
    concatenated(parts, dims: [parts.reduce(0) { $0 + $1.shape.count }])
  }

  /// The tensors stacked along a new first axis: k times `[…] → [k, …]`.
  public static func stacked(_ parts: [Tensor]) -> Tensor {
    require(!parts.isEmpty, "nothing to stack")
    require(
      parts.allSatisfy { $0.shape.dims == parts[0].shape.dims },
      "stack: the extents of \(parts.map(\.shape)) differ")
    return concatenated(parts, dims: [parts.count] + parts[0].shape.dims)
  }

  private static func concatenated(_ parts: [Tensor], dims: [Int]) -> Tensor {
    require(!parts.isEmpty, "nothing to concatenate")
    let isPerRow = parts.contains { $0.shape.isPerRow }
    return parts[0].trace.record(.concatenate, parts, Shape(dims, isPerRow: isPerRow))
  }
}
