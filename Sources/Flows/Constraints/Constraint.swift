import Tensors

/// Maps from ℝᴰ onto sets that constraints describe, to be the last part of a flow.
public enum Constraint {
  /// Onto (lower, upper) for each feature, by a sigmoid.
  ///
  /// - Parameters:
  ///   - lower: the lower end.
  ///   - upper: the upper end, above it.
  ///   - features: D
  /// - Returns: x = lower + (upper - lower)/(1 + e⁻ᶻ)
  public static func interval(
    _ lower: Double, _ upper: Double, features: Int
  ) -> any Bijector {
    Elementwise(IntervalTransform(Interval(lower, upper)), features: features)
  }

  /// Onto (end, ∞) for each feature, by a softplus.
  ///
  /// - Parameters:
  ///   - end: the lower end.
  ///   - features: D
  /// - Returns: x = end + log(1 + eᶻ)
  public static func above(_ end: Double, features: Int) -> any Bijector {
    Elementwise(HalfLineTransform(above: end), features: features)
  }

  /// Onto (-∞, end) for each feature, by a softplus.
  ///
  /// - Parameters:
  ///   - end: the upper end.
  ///   - features: D
  /// - Returns: x = end - log(1 + eᶻ)
  public static func below(_ end: Double, features: Int) -> any Bijector {
    Elementwise(HalfLineTransform(below: end), features: features)
  }
}

extension Tensor {
  /// The rows where `isInside` `[B, 1]` is not 0, and a given point in the place of the others.
  func kept(where isInside: Tensor, otherwise point: [Double]) -> Tensor {
    let everywhere = isInside.repeated(shape.count).reshaped(shape.count)
    return Tensor.select(everywhere, self, trace.constant(point, [point.count]))
  }
}

extension LogDet {
  /// The same where `isInside` `[B, 1]` is not 0, else -∞: no point leads to such a row, whose density
  /// is 0.
  func kept(where isInside: Tensor) -> LogDet {
    let penalty = Tensor.select(
      isInside, isInside.trace.constant(0), isInside.trace.constant(-.infinity))
    return self + LogDet(penalty.reshaped([]))
  }
}
