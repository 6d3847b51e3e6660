public import Tensors

/// y = eˣ, from ℝ onto (0, ∞); its inverse is the logarithm.
///
/// eˣ is infinite beyond 88 in `Float` and 709 in `Double`, and 0 below the negatives of these.
public struct ExponentialTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// log x, from (0, ∞) onto ℝ.
  public static var logarithm: any ElementwiseTransform { ExponentialTransform().inverted }

  /// 0
  public var parameterCount: Int { 0 }
  /// (0, ∞)
  public var codomain: Interval { .positive }

  /// eˣ with log-slope x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(exp(x), x)
  }

  /// log y with log-slope -log y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let x = log(y)
    return ElementwiseImage(x, -x)
  }
}

/// y = log(1 + eˣ), from ℝ onto (0, ∞): like eˣ for small x and like x for large x.
///
/// It is 0 below -104 in `Float` and -746 in `Double`.
public struct SoftplusTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 0
  public var parameterCount: Int { 0 }
  /// (0, ∞)
  public var codomain: Interval { .positive }

  /// log(1 + eˣ) with log-slope log(1/(1 + e⁻ˣ))
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(softplus(x), logSigmoid(x))
  }

  /// y + log(1 - e⁻ʸ) with log-slope -log(1 - e⁻ʸ)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let rest = log(-expm1(-y))
    return ElementwiseImage(y + rest, -rest)
  }
}
