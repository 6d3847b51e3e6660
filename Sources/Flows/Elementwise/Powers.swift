public import Tensors

extension Tensor {
  /// -1 for negative numbers, else 1. Unlike a sign it is not 0 at 0, so that x times it has the right
  /// slopes there.
  var side: Tensor { 1 - 2 * (self .< 0) }
}

/// y = ±|x|ᵖ, 1/2 < p < 2, with the sign of x; parameter log p, bounded as in ``AffineTransform``.
///
/// The slope at 0 would be 0 or infinite: for |x| below 10⁻¹⁵ y is a straight line, so that it is
/// 10⁻¹⁵ or 10¹⁵ at the utmost.
public struct SignedPowerTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  private static let smallest = 1e-15
  private static let logOfSmallest = UnaryFunction.logarithm.value(smallest)
  private static let logOfTwo = UnaryFunction.logarithm.value(2)

  /// 1
  public var parameterCount: Int { 1 }

  /// x |x|ᵖ⁻¹ with log-slope log p + (p - 1) log|x|
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let logPower = logPower(parameters)
    let size = abs(x)
    let logSize = log(max(size, x.trace.constant(Self.smallest)))
    let change = expm1(logPower) * logSize
    let isStraight = size .< Self.smallest
    return ElementwiseImage(
      x * exp(change), change + Tensor.select(isStraight, x.trace.constant(0), logPower))
  }

  /// ±|y|^(1/p)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let logPower = logPower(parameters)
    let size = abs(y)
    let smallestImage = exp(exp(logPower) * Self.logOfSmallest)
    let logSize = log(max(size, smallestImage)) * exp(-logPower)
    let change = expm1(logPower) * logSize
    let isStraight = size .< smallestImage
    return ElementwiseImage(
      y * exp(-change), -(change + Tensor.select(isStraight, y.trace.constant(0), logPower)))
  }

  private func logPower(_ parameters: Tensor) -> Tensor {
    parameters.parameter(0).softlyBounded(Self.logOfTwo)
  }
}

/// y = ((1 + x)ᵖ - 1)/p for x ≥ 0 and -((1 - x)²⁻ᵖ - 1)/(2 - p) for x < 0 (Yeo and Johnson 2000);
/// parameter p - 1, bounded by 3/4 as in ``AffineTransform``.
///
/// For p in (0, 2) it is onto ℝ; the bound keeps the inverse of 10⁶ below 10²².
public struct YeoJohnsonTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 1
  public var parameterCount: Int { 1 }

  /// ±((1 + |x|)^q - 1)/q with log-slope (q - 1) log(1 + |x|), q = p or 2 - p
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let excess = excess(parameters, x.side)
    let logSize = log1p(x * x.side)
    let size = expm1((1 + excess) * logSize) / (1 + excess)
    return ElementwiseImage(size * x.side, excess * logSize)
  }

  /// ±((1 + q |y|)^(1/q) - 1)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let excess = excess(parameters, y.side)
    let logSize = log1p((1 + excess) * (y * y.side)) / (1 + excess)
    return ElementwiseImage(expm1(logSize) * y.side, -(excess * logSize))
  }

  /// q - 1
  private func excess(_ parameters: Tensor, _ side: Tensor) -> Tensor {
    parameters.parameter(0).softlyBounded(0.75) * side
  }
}

/// y = (xᵖ - 1)/p for x > 0 with a given p, and log x for p = 0 (Box and Cox 1964).
///
/// Its image is ℝ for p = 0 only; otherwise it ends at -1/p. ``DualPowerTransform`` has no such end, and
/// learns its p.
public struct BoxCoxTransform: ElementwiseTransform {
  /// p
  public let power: Double

  /// The transform of the given power.
  ///
  /// - Parameter power: p
  public init(power: Double) {
    require(power.isFinite, "a power of \(power)")
    self.power = power
  }

  /// 0
  public var parameterCount: Int { 0 }
  /// (0, ∞)
  public var domain: Interval { .positive }
  /// (-1/p, ∞) for p > 0, (-∞, -1/p) for p < 0
  public var codomain: Interval {
    if power == 0 { return .line }
    return power > 0 ? Interval(-1 / power, .infinity) : Interval(-.infinity, -1 / power)
  }

  /// Whether y is log x but for rounding; in `Float` p would be 0.
  private var isLogarithm: Bool { power.magnitude < 1e-20 }

  /// (e^(p log x) - 1)/p with log-slope (p - 1) log x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let logX = log(x)
    let y = isLogarithm ? logX : expm1(power * logX) / power
    return ElementwiseImage(y, (power - 1) * logX)
  }

  /// (1 + p y)^(1/p)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let logX = isLogarithm ? y : log1p(power * y) / power
    return ElementwiseImage(exp(logX), (1 - power) * logX)
  }
}

/// y = (xᵖ - x⁻ᵖ)/(2p) = sinh(p log x)/p, from (0, ∞) onto ℝ (the dual power transformation of Yang
/// 2006); parameter log p, bounded by log 4 as in ``AffineTransform``.
public struct DualPowerTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  private static let bound = UnaryFunction.logarithm.value(4)

  /// 1
  public var parameterCount: Int { 1 }
  /// (0, ∞)
  public var domain: Interval { .positive }

  /// sinh(u)/p with log-slope log cosh u - log x, u = p log x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let power = exp(parameters.parameter(0).softlyBounded(Self.bound))
    let logX = log(x)
    let u = power * logX
    return ElementwiseImage(u.map(.sinh) / power, logCosh(u) - logX)
  }

  /// e^(arsinh(p y)/p)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let power = exp(parameters.parameter(0).softlyBounded(Self.bound))
    let u = (power * y).map(.asinh)
    let logX = u / power
    return ElementwiseImage(exp(logX), logX - logCosh(u))
  }
}
