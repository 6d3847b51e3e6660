public import Tensors

/// y = eˢ x + t, |s| at most `maximumLogScale`; parameters t, s.
///
/// s = c tanh(u/c) of the unconstrained u: log-scales of any size from a network cannot overflow
/// (Dinh, Sohl-Dickstein and Bengio 2017 bound them alike).
public struct AffineTransform: ElementwiseTransform {
  /// c, the bound of |s|
  public let maximumLogScale: Double

  /// Log-scales within ±`maximumLogScale`.
  ///
  /// - Parameter maximumLogScale: c
  public init(maximumLogScale: Double = 5) {
    require(
      maximumLogScale > 0 && maximumLogScale.isFinite, "a bound of \(maximumLogScale) on log-scales"
    )
    self.maximumLogScale = maximumLogScale
  }

  /// 2
  public var parameterCount: Int { 2 }

  /// eˢ x + t
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let s = parameters.parameter(1).softlyBounded(maximumLogScale)
    return ElementwiseImage(x * exp(s) + parameters.parameter(0), s)
  }

  /// (y - t)/eˢ
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let s = -parameters.parameter(1).softlyBounded(maximumLogScale)
    return ElementwiseImage((y - parameters.parameter(0)) * exp(s), s)
  }
}

/// y = x + t; parameter t.
public struct ShiftTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 1
  public var parameterCount: Int { 1 }

  /// x + t
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(x + parameters.parameter(0), x.trace.constant(0))
  }

  /// y - t
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(y - parameters.parameter(0), y.trace.constant(0))
  }
}

/// y = eˢ x, |s| at most `maximumLogScale`; parameter s, bounded as in ``AffineTransform``. It leaves
/// (0, ∞) and (-∞, 0) as they are.
public struct ScaleTransform: ElementwiseTransform {
  /// The bound of |s|
  public let maximumLogScale: Double

  /// Log-scales within ±`maximumLogScale`.
  ///
  /// - Parameter maximumLogScale: the bound.
  public init(maximumLogScale: Double = 5) {
    require(
      maximumLogScale > 0 && maximumLogScale.isFinite, "a bound of \(maximumLogScale) on log-scales"
    )
    self.maximumLogScale = maximumLogScale
  }

  /// 1
  public var parameterCount: Int { 1 }

  /// eˢ x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let s = parameters.parameter(0).softlyBounded(maximumLogScale)
    return ElementwiseImage(x * exp(s), s)
  }

  /// y/eˢ
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let s = -parameters.parameter(0).softlyBounded(maximumLogScale)
    return ElementwiseImage(y * exp(s), s)
  }
}

/// y = a x + b with given numbers, the same for all features: units, or a box from the unit box.
public struct FixedAffineTransform: ElementwiseTransform {
  /// a
  public let scale: Double
  /// b
  public let shift: Double
  /// Where x may lie.
  public let domain: Interval

  /// a x + b
  ///
  /// - Parameters:
  ///   - scale: a, not 0.
  ///   - shift: b
  ///   - domain: where x may lie; the image of that interval is the codomain.
  public init(scale: Double, shift: Double, domain: Interval = .line) {
    require(
      scale != 0 && scale.isFinite && shift.isFinite, "a map by the factor \(scale) and \(shift)")
    self.scale = scale
    self.shift = shift
    self.domain = domain
  }

  /// 0
  public var parameterCount: Int { 0 }

  /// The image of the domain
  public var codomain: Interval {
    let ends = [domain.lower * scale + shift, domain.upper * scale + shift]
    return Interval(min(ends[0], ends[1]), max(ends[0], ends[1]))
  }

  private var logScale: Double { UnaryFunction.logarithm.value(scale.magnitude) }

  /// a x + b
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage((x * scale).added(to: shift).moved(into: codomain), constant(logScale, x))
  }

  /// (y - b)/a
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(
      (y.distance(from: shift) / scale).moved(into: domain), constant(-logScale, y))
  }

  private func constant(_ value: Double, _ x: Tensor) -> Tensor {
    x.trace.constant(Array(repeating: value, count: x.shape.count), x.shape.dims)
  }
}
