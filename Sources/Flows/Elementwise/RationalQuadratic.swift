public import Tensors

/// y = a monotone rational-quadratic spline in x on [-bound, bound] (Durkan, Bekasov, Murray and
/// Papamakarios 2019); parameters are widths and heights of the K bins and slopes at knots.
///
/// Outside it is the identity, or a straight line with a learned slope, as its `ends` say, or has learned heavy tails
/// as ``heavyTailed``. A circular spline is a map of the circle (-bound, bound) to itself.
public struct RationalQuadraticTransform: ElementwiseTransform {
  /// The form of the spline.
  public let spline: Spline

  /// A spline of the given form.
  ///
  /// - Parameter spline: bins, bound and least sizes.
  public init(_ spline: Spline = Spline()) { self.spline = spline }

  /// 3K - 1, or 3K + 1 with learned tails, or 3K on the circle
  public var parameterCount: Int { spline.parameterCount }
  /// `[D, P]`, as the spline's kernel reads them
  public var layout: ParameterLayout { .byFeature }

  /// ℝ, or (-bound, bound) for a circle
  public var domain: Interval {
    spline.ends == .circular ? Interval(-spline.bound, spline.bound) : .line
  }
  /// The same as the domain
  public var codomain: Interval { domain }

  /// The spline at x
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (value, logSlope) = x.splined(spline, .forward, parameters: parameters)
    return ElementwiseImage(value, logSlope)
  }

  /// The root of a quadratic equation in y's bin
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (value, logSlope) = y.splined(spline, .inverse, parameters: parameters)
    return ElementwiseImage(value, logSlope)
  }
}
