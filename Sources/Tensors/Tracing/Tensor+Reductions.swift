extension Tensor {
  /// Σ over the last axis: `[…, n] → […]`.
  public func sum() -> Tensor { reduced(.sum) }

  /// The largest along the last axis: `[…, n] → […]`.
  public func maximum() -> Tensor { reduced(.maximum) }

  private func reduced(_ reduction: Reduction) -> Tensor {
    require(!shape.dims.isEmpty, "\(reduction): a scalar has no axis to reduce")
    require(
      reduction == .sum || shape.last > 0, "\(reduction): the last axis of \(shape) is empty")
    return trace.record(.reduce(reduction), [self], shape.withoutLast)
  }

  /// Σ over all features: `[…] → []`.
  public func total() -> Tensor { reshaped([shape.count]).sum() }

  /// Σ_{j ≤ i} x[j] along the last axis, the extents unchanged.
  public func cumulativeSum() -> Tensor {
    trace.record(.cumulativeSum(backward: false), [self], shape)
  }

  /// Σ_{j ≥ i} x[j] along the last axis, the extents unchanged.
  public func reverseCumulativeSum() -> Tensor {
    trace.record(.cumulativeSum(backward: true), [self], shape)
  }

  /// log Σ exp x along the last axis, shifted by the maximum: `[…, n] → […]`.
  public func logSumExp() -> Tensor {
    let shift = maximum().withoutGradient
    // Where all are -∞, so is the result; a shift by it would give NaN.
    let safe = Tensor.select(shift.map(.isFinite), shift, trace.constant(0))
    return log(exp(self - safe.repeated(shape.last)).sum()) + safe
  }

  /// exp(x)/Σ exp x along the last axis, the extents unchanged.
  public func softmax() -> Tensor {
    let e = exp(self - maximum().withoutGradient.repeated(shape.last))
    return e * e.sum().map(.reciprocal).repeated(shape.last)
  }

  /// x - log Σ exp x along the last axis, the extents unchanged. Large numbers cancel before anything is added to them.
  public func logSoftmax() -> Tensor {
    let shifted = self - maximum().withoutGradient.repeated(shape.last)
    return shifted - log(exp(shifted).sum()).repeated(shape.last)
  }

  /// Σ over the rows of the batch: `[B, …] → […]`, kept in Double.
  public func sumOverRows() -> Tensor {
    require(shape.isPerRow, "there are no rows in \(shape) to sum over")
    return trace.record(.sumRows, [self], shape.with(isPerRow: false))
  }

  /// The mean over the rows of the batch: `[B, …] → […]`.
  public func meanOverRows() -> Tensor { sumOverRows() / trace.rowCount }
}
