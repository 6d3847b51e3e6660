public import Tensors

/// y = arctan x, from ℝ onto (-π/2, π/2).
public struct ArctangentTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 0
  public var parameterCount: Int { 0 }
  /// (-π/2, π/2)
  public var codomain: Interval { Interval(-0.5 * .pi, 0.5 * .pi) }

  /// arctan x with log-slope -log(1 + x²)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage(x.map(.arctangent), -logOnePlusSquare(x))
  }

  /// tan y = 2t/(1 - t²) with log-slope 2 log((1 + t²)/(1 - t²)), t = tan(y/2)
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let t = (0.5 * y).map(.tangent)
    // Rounding may take y to just beyond π/2, where the tangent would change its sign.
    let rest = max((1 - t) * (1 + t), y.trace.constant(0))
    return ElementwiseImage(2 * t / rest, 2 * log((1 + square(t)) / rest))
  }
}

/// log(1 + x²), for numbers whose squares overflow, too.
func logOnePlusSquare(_ x: Tensor) -> Tensor {
  // 1 + x² = m² (1 + (l/m)²), m and l the larger and the smaller of |x| and 1.
  let (size, one) = (abs(x), x.trace.constant(1))
  let larger = max(size, one)
  return 2 * log(larger) + log1p(square(min(size, one) / larger))
}

/// y = tanh x for |x| ≤ c, and straight lines with the slopes at ±c outside.
public struct LeakyTanhTransform: ElementwiseTransform {
  /// c
  public let bound: Double

  /// tanh up to the given bound.
  ///
  /// - Parameter bound: c
  public init(bound: Double = 3) {
    require(bound > 0 && bound <= 8, "a bound of \(bound) is not in (0, 8]")
    self.bound = bound
  }

  private var edge: Double { UnaryFunction.tanh.value(bound) }
  /// 1/cosh² c
  private var slope: Double {
    let cosh = UnaryFunction.cosh.value(bound)
    return 1 / (cosh * cosh)
  }

  /// 0
  public var parameterCount: Int { 0 }

  /// tanh x with log-slope -2 log cosh x up to c
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let inside = x.clamped(-bound, bound)
    return ElementwiseImage(tanh(inside) + slope * (x - inside), -2 * logCosh(inside))
  }

  /// artanh y up to tanh c
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let inside = y.clamped(-edge, edge)
    let x = inside.map(.atanh)
    return ElementwiseImage(x + (y - inside) / slope, 2 * logCosh(x))
  }
}

/// y = x + t on a circle (-b, b); parameter t, any number: a rotation.
public struct CircularShiftTransform: ElementwiseTransform {
  /// b
  public let bound: Double

  /// A rotation of the circle (-bound, bound).
  ///
  /// - Parameter bound: b; π for angles.
  public init(bound: Double = .pi) {
    requireBound(bound)
    self.bound = bound
  }

  /// 1
  public var parameterCount: Int { 1 }
  /// (-b, b)
  public var domain: Interval { Interval(-bound, bound) }
  /// (-b, b)
  public var codomain: Interval { Interval(-bound, bound) }

  /// x + t with log-slope 0
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage((x + parameters.parameter(0)).wrapped(bound), x.trace.constant(0))
  }

  /// y - t
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    ElementwiseImage((y - parameters.parameter(0)).wrapped(bound), y.trace.constant(0))
  }
}

extension Tensor {
  /// x with multiples of 2b taken away, in (-b, b): what rounding takes to an end is moved inside.
  func wrapped(_ b: Double) -> Tensor {
    let turns = ((self + b) / (2 * b)).map(.floor)
    return (self - turns * (2 * b)).moved(into: Interval(-b, b))
  }
}
