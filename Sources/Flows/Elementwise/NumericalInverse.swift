public import Tensors

extension ElementwiseTransform {
  /// x with f(x; θ) = y for an increasing or a decreasing f, and log|dx/dy|, by a bracketed Newton method: the
  /// inverse of a transform that has no formula for it.
  ///
  /// Derivatives are those of the implicit function theorem, taken at a root that a Newton step has
  /// polished: its error is of the order of rounding.
  ///
  /// - Parameters:
  ///   - y: points of the image, `[B, D]`.
  ///   - parameters: θ
  ///   - ends: numbers of which some lie on either side of x, `[B, D, K]`; the bracket is widened if
  ///     they do not.
  /// - Returns: x and log|dx/dy|; NaN where f takes the value y nowhere. Where f saturates and comes as close to y as
  ///   its rounding lets it, x is a number far out.
  public func solved(_ y: Tensor, _ parameters: Tensor, between ends: Tensor) -> ElementwiseImage {
    let (lower, upper) = ends.bracket
    let isFalling = forward(upper, parameters).value .< forward(lower, parameters).value
    // Times -1 a decreasing residual increases.
    let captured = [y, parameters, (1 - 2 * isFalling).withoutGradient]
    func residual(_ x: Tensor, _ captured: [Tensor]) -> Tensor {
      (forward(x, captured[1]).value - captured[0]) * captured[2]
    }
    let bracket = Tensor.widened(lower, upper, captured: captured, residual: residual)
    let root = Tensor.solved(
      within: bracket, captured: captured, tolerance: 0, residual: residual)
    let image = polished(root, captured, residual)
    let beyond = max(residual(bracket[0], captured), -residual(bracket[1], captured))
    return image.undefined(where: y.allowanceForRounding .< beyond)
  }

  /// The same for an increasing f from ℝ that takes the value y: neither is looked at.
  func solvedIncreasing(
    _ y: Tensor, _ parameters: Tensor, between ends: Tensor
  ) -> ElementwiseImage {
    let (lower, upper) = ends.bracket
    let captured = [y, parameters]
    func residual(_ x: Tensor, _ captured: [Tensor]) -> Tensor {
      forward(x, captured[1]).value - captured[0]
    }
    let root = Tensor.solved(
      between: lower, and: upper, captured: captured, tolerance: 0, residual: residual)
    return polished(root, captured, residual)
  }

  /// x and log|dx/dy| from what is nearly a root, for an increasing f.
  func polished(_ root: Tensor, _ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    polished(root, [y, parameters]) { x, captured in forward(x, captured[1]).value - captured[0] }
  }

  /// x and log|dx/dy| for y and θ, the first two of what an increasing residual uses.
  private func polished(
    _ root: Tensor, _ captured: [Tensor], _ residual: Root.Residual
  ) -> ElementwiseImage {
    let x = Tensor.polished(root, captured: captured, residual: residual) { u, x, captured in
      // 1/slope may be beyond all numbers where the quotient is not.
      let half = exp(-0.5 * forward(x, captured[1]).logSlope)
      return u * half * half
    }
    return ElementwiseImage(x, -forward(x, captured[1]).logSlope)
  }
}

extension Tensor {
  /// The least and the largest along the last axis, moved apart: with equal ends there would be nothing to widen.
  fileprivate var bracket: (lower: Tensor, upper: Tensor) {
    let (lower, upper) = (-(-self).maximum(), maximum())
    let margin = 1e-3 * (1 + abs(lower) + abs(upper))
    return ((lower - margin).withoutGradient, (upper + margin).withoutGradient)
  }

  /// How far the sum of some ten terms may lie from y by rounding alone, in the number format that is used.
  fileprivate var allowanceForRounding: Tensor { 8 * roundoff * abs(self) }
}

extension ElementwiseImage {
  /// NaN where a condition holds.
  fileprivate func undefined(where condition: Tensor) -> ElementwiseImage {
    let none = condition.trace.constant(.nan)
    return ElementwiseImage(
      Tensor.select(condition, none, value), Tensor.select(condition, none, logSlope))
  }
}
