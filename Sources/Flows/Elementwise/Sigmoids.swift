public import Tensors

/// y = 1/(1 + e⁻ˣ), from ℝ onto (0, 1); its inverse is the logit.
///
/// Close to 1 numbers are sparse: from 17 on in `Float` and 37 in `Double`, y is 1.
public struct SigmoidTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// log(x/(1 - x)), from (0, 1) onto ℝ.
  public static var logit: any ElementwiseTransform { SigmoidTransform().inverted }

  /// 0
  public var parameterCount: Int { 0 }
  /// (0, 1)
  public var codomain: Interval { .unit }

  /// 1/(1 + e⁻ˣ) with log-slope log y + log(1 - y)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(sigmoid(x), -(softplus(x) + softplus(-x)))
  }

  /// log y - log(1 - y) with log-slope -log y - log(1 - y)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (low, high) = (log(y), log1p(-y))
    return ElementwiseImage(low - high, -(low + high))
  }
}

/// y = tanh x, from ℝ onto (-1, 1); its inverse is artanh.
///
/// y is ±1 beyond 9 in `Float` and 19 in `Double`.
public struct TanhTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 0
  public var parameterCount: Int { 0 }
  /// (-1, 1)
  public var codomain: Interval { Interval(-1, 1) }

  /// tanh x with log-slope -2 log cosh x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(tanh(x), -2 * logCosh(x))
  }

  /// artanh y = (log(1 + y) - log(1 - y))/2 with log-slope -log(1 + y) - log(1 - y)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (low, high) = (log1p(y), log1p(-y))
    return ElementwiseImage(y.map(.atanh), -(low + high))
  }
}

/// log cosh x = |x| + log(1 + e⁻²|ˣ|) - log 2, which cannot overflow.
func logCosh(_ x: Tensor) -> Tensor {
  let size = abs(x)
  return size + (softplus(-2 * size) - 0.693_147_180_559_945_3)
}
