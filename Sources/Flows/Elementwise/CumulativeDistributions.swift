public import Tensors

/// y = Φ(x), the standard normal distribution function, from ℝ onto (0, 1).
///
/// y is 1 beyond 6 in `Float` and 9 in `Double`, and 0 below -14 and -38. The inverse is the normal
/// quantile.
public struct NormalCDFTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// Φ⁻¹(x), from (0, 1) onto ℝ.
  public static var quantile: any ElementwiseTransform { NormalCDFTransform().inverted }

  /// 0
  public var parameterCount: Int { 0 }
  /// (0, 1)
  public var codomain: Interval { .unit }

  /// Φ(x) with log-slope -x²/2 - log √(2π)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(x.map(.normalCDF), -0.5 * square(x) - logOfRootTwoPi)
  }

  /// Φ⁻¹(y) with log-slope x²/2 + log √(2π)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let x = y.map(.normalQuantile)
    return ElementwiseImage(x, 0.5 * square(x) + logOfRootTwoPi)
  }
}

/// y = logit Φ(x) = log Φ(x) - log Φ(-x), from ℝ onto ℝ: makes a logistic distribution of a normal one.
///
/// About 1.6 x near 0 and ±x²/2 far out. The inverse is numerical, with implicit gradients.
public struct NormalToLogisticTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 0
  public var parameterCount: Int { 0 }

  /// log Φ(x) - log Φ(-x) with log-slope -x²/2 - log √(2π) - log Φ(x) - log Φ(-x)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (low, high) = (x.map(.logNormalCDF), (-x).map(.logNormalCDF))
    // φ/Φ in the tail, times 1/Φ of the body. Far out -x²/2 and log Φ would cancel.
    let (tail, body) = (min(low, high), max(low, high))
    let size = abs(x)
    let logHazard = Tensor.select(
      size .< Self.farOut, -0.5 * square(x) - tail - logOfRootTwoPi, Self.logHazard(size))
    return ElementwiseImage(low - high, logHazard - body)
  }

  /// From here on the series for φ/Φ(-x) is exact but for rounding.
  private static let farOut = 16.0

  /// log φ(x)/Φ(-x) for large x: log x + log(1 + 1/x² - 2/x⁴ + 10/x⁶ - …), which follows from φ/Φ' = x + (φ/Φ)'/(φ/Φ).
  private static func logHazard(_ x: Tensor) -> Tensor {
    let far = max(x, x.trace.constant(farOut))
    let inverse = square(1 / far)
    let terms = [1, -2, 10, -74, 706, -8162, 110_410, -1_708_394.0]
    let sum = terms.dropLast().reversed().reduce(inverse * terms.last!) { inverse * ($0 + $1) }
    return log(far) + log1p(sum)
  }

  /// The root of f(x) = y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    // |y| ≥ x²/2, and |y| ≥ |x|.
    let size = abs(y)
    let bound = y * sqrt(2 / max(size, y.trace.constant(2)))
    return solvedIncreasing(y, parameters, between: Tensor.stacked([y.zeros, bound]).transposed)
  }
}

/// y = exp(-e⁻ˣ), the Gumbel distribution function, from ℝ onto (0, 1).
///
/// y is 1 beyond 17 in `Float` and 37 in `Double`, and 0 below -5 and -7.
public struct GumbelCDFTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 0
  public var parameterCount: Int { 0 }
  /// (0, 1)
  public var codomain: Interval { .unit }

  /// exp(-e⁻ˣ) with log-slope -x - e⁻ˣ
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let hazard = exp(-x)
    return ElementwiseImage(exp(-hazard), -x - hazard)
  }

  /// -log h with log-slope h - log h, h = -log y
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let hazard = -log(y)
    let x = -log(hazard)
    return ElementwiseImage(x, hazard + x)
  }
}

/// y = 1 - exp(-xᵏ), the Weibull distribution function, from (0, ∞) onto (0, 1); parameter log k.
///
/// log k is bounded by 2 as in ``AffineTransform``. y is 1 where xᵏ is beyond 17 in `Float` and 37 in
/// `Double`.
public struct WeibullCDFTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 1
  public var parameterCount: Int { 1 }
  /// (0, ∞)
  public var domain: Interval { .positive }
  /// (0, 1)
  public var codomain: Interval { .unit }

  /// 1 - e⁻ʰ with log-slope log k + log h - log x - h, h = xᵏ
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let logShape = parameters.parameter(0).softlyBounded(2)
    let logHazard = exp(logShape) * log(x)
    let hazard = exp(logHazard)
    return ElementwiseImage(-expm1(-hazard), logShape + logHazard - log(x) - hazard)
  }

  /// h^(1/k), h = -log(1 - y)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let logShape = parameters.parameter(0).softlyBounded(2)
    let hazard = -log1p(-y)
    let logHazard = log(hazard)
    let logX = logHazard * exp(-logShape)
    return ElementwiseImage(exp(logX), hazard + logX - logHazard - logShape)
  }
}
