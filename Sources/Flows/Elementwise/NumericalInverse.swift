public import Tensors

extension ElementwiseTransform {
  /// x with f(x; θ) = y for an increasing f, and log dx/dy, by a bracketed Newton method: the inverse of a
  /// transform that has no formula for it.
  ///
  /// The gradient is that of the implicit function theorem, taken at a root that a Newton step has
  /// polished: its error is far below the tolerance, of the order of rounding.
  ///
  /// - Parameters:
  ///   - y: points of the image, `[B, D]`.
  ///   - parameters: θ
  ///   - ends: numbers of which some lie on either side of x, `[B, D, K]`; the bracket is widened if
  ///     they do not.
  /// - Returns: x and log dx/dy.
  public func solved(_ y: Tensor, _ parameters: Tensor, between ends: Tensor) -> ElementwiseImage {
    let (lower, upper) = (-(-ends).maximum(), ends.maximum())
    // With equal ends there would be nothing to widen.
    let margin = 1e-3 * (1 + abs(lower) + abs(upper))
    let root = Tensor.solved(
      between: (lower - margin).withoutGradient, and: (upper + margin).withoutGradient,
      captured: [y, parameters], tolerance: NumericalInverse.tolerance
    ) { x, captured in
      forward(x, captured[1]).value - captured[0]
    }
    return polished(root.withoutGradient, y, parameters)
  }

  /// A Newton step from a root that is good to the tolerance, with the gradient of the implicit function
  /// theorem.
  func polished(_ root: Tensor, _ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let image = forward(root, parameters)
    let x = root - (image.value - y) * exp(-image.logSlope).withoutGradient
    return ElementwiseImage(x, -forward(x, parameters).logSlope)
  }
}

/// Settings of the numerical inverse.
enum NumericalInverse {
  /// Two units in the last place of `Float`: a smaller step may never come there, and in `Double`
  /// the last Newton step squares it.
  static let tolerance = 2.4e-7
}
