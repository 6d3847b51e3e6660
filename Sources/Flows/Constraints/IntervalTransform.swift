public import Tensors

/// y = a + (b - a)/(1 + e⁻ˣ), from ℝ onto (a, b).
///
/// Numbers are as close to either end as their format allows: y is computed from the end that is nearer, and x from
/// the distances to both.
public struct IntervalTransform: ElementwiseTransform {
  /// (a, b)
  public let codomain: Interval

  /// Onto a bounded interval.
  ///
  /// - Parameter interval: (a, b)
  public init(_ interval: Interval) {
    require(
      (interval.upper - interval.lower).isFinite,
      "an interval from \(interval.lower) to \(interval.upper)")
    codomain = interval
  }

  /// 0
  public var parameterCount: Int { 0 }

  private var width: Double { codomain.upper - codomain.lower }
  private var logWidth: Double { UnaryFunction.logarithm.value(width) }

  /// a + (b - a) σ(x), or b - (b - a) σ(-x), with log-slope log(b - a) + log σ(x) + log σ(-x)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let distance = width * sigmoid(-abs(x))
    let value = Tensor.select(
      x .< 0, distance.added(to: codomain.lower), (-distance).added(to: codomain.upper))
    return ElementwiseImage(value.moved(into: codomain), logWidth - (softplus(x) + softplus(-x)))
  }

  /// log(y - a) - log(b - y) with log-slope log(b - a) - log(y - a) - log(b - y)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let low = log(y.distance(from: codomain.lower))
    let high = log(-y.distance(from: codomain.upper))
    return ElementwiseImage(low - high, logWidth - (low + high))
  }
}

/// y = a + s log(1 + eˣ), s = ±1, from ℝ onto the half-line above or below a.
public struct HalfLineTransform: ElementwiseTransform {
  /// (a, ∞) or (-∞, a)
  public let codomain: Interval

  private let end, side: Double

  /// Onto (a, ∞).
  ///
  /// - Parameter end: a
  public init(above end: Double) {
    require(end.isFinite, "a half-line above \(end)")
    (self.end, side, codomain) = (end, 1, Interval(end, .infinity))
  }

  /// Onto (-∞, a).
  ///
  /// - Parameter end: a
  public init(below end: Double) {
    require(end.isFinite, "a half-line below \(end)")
    (self.end, side, codomain) = (end, -1, Interval(-.infinity, end))
  }

  /// 0
  public var parameterCount: Int { 0 }

  /// a + s log(1 + eˣ) with log-slope log(1/(1 + e⁻ˣ))
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let value = (side * softplus(x)).added(to: end)
    return ElementwiseImage(value.moved(into: codomain), logSigmoid(x))
  }

  /// d + log(1 - e⁻ᵈ) with log-slope -log(1 - e⁻ᵈ), d = |y - a|
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let distance = side * y.distance(from: end)
    let rest = log(-expm1(-distance))
    return ElementwiseImage(distance + rest, -rest)
  }
}
