/// The intervals into which K bins part [-bound, bound], for each of D splines: tensors `[D, K]`.
package struct SplineBins {
  /// Where each bin begins.
  package let starts: Tensor
  /// How long it is.
  package let sizes: Tensor

  /// Sizes 2 bound (m + (1 - K m) softmax(u)).
  ///
  /// - Parameters:
  ///   - unconstrained: u, `[D, K]`.
  ///   - bound: the end of the last bin.
  ///   - least: m, the least size as a fraction of the whole.
  package init(sharing unconstrained: Tensor, bound: Double, least: Double) {
    let free = 1 - least * Double(unconstrained.shape.last)
    self.init((unconstrained.softmax() * free + least) * (2 * bound), bound: bound)
  }

  /// Bins of the given sizes, which add up to 2 bound.
  package init(_ sizes: Tensor, bound: Double) {
    self.sizes = sizes
    starts = sizes.cumulativeSum() - sizes - bound
  }

  /// 1 for the bin that holds each of the values `[D]`, else 0; the first and the last bin reach to
  /// infinity. No gradient flows through the choice.
  package func holding(_ x: Tensor) -> Tensor {
    let (count, bins) = (x.shape.count, starts.shape.last)
    let reached = starts .<= x.repeated(bins)
    // 1 for the last edge at or below x; the first edge always counts as reached.
    let indices = (0..<count).flatMap { row in
      (0..<bins).map { $0 == 0 ? count * bins : row * bins + $0 }
    }
    let one = x.trace.constant(1)
    let from = Tensor.concatenated([reached, one]).gathered(indices, dims: [count, bins])
    let next = (0..<count).flatMap { row in
      (0..<bins).map { $0 == bins - 1 ? count * bins : row * bins + $0 + 1 }
    }
    let zero = x.trace.constant(0)
    let to = Tensor.concatenated([reached, zero]).gathered(next, dims: [count, bins])
    return (from - to).withoutGradient
  }
}
