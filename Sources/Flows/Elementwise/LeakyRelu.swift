public import Tensors

/// y = x for x ≥ 0 and a x for x < 0, with a given a > 0.
public struct LeakyReluTransform: ElementwiseTransform {
  /// a
  public let slope: Double

  /// The slope below 0.
  ///
  /// - Parameter slope: a > 0
  public init(slope: Double = 0.1) {
    require(slope > 0 && slope.isFinite, "a slope of \(slope) below 0")
    self.slope = slope
  }

  /// 0
  public var parameterCount: Int { 0 }

  /// x or a x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage { bent(x, slope) }

  /// y or y/a
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage { bent(y, 1 / slope) }

  private func bent(_ x: Tensor, _ slope: Double) -> ElementwiseImage {
    let isNegative = x .< 0
    let logarithm = UnaryFunction.logarithm.value(slope)
    return ElementwiseImage(
      Tensor.select(isNegative, x * slope, x), isNegative * logarithm)
  }
}
