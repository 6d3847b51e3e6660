public import Tensors

/// y = a monotone rational-quadratic spline in x on [-bound, bound], y = x outside
/// (Durkan, Bekasov, Murray and Papamakarios 2019); 3K - 1 parameters: widths, heights and slopes.
public struct RationalQuadraticTransform: ElementwiseTransform {
  /// The form of the spline.
  public let spline: Spline

  /// A spline of the given form.
  ///
  /// - Parameter spline: bins, bound and least sizes.
  public init(_ spline: Spline = Spline()) { self.spline = spline }

  /// 3K - 1
  public var parameterCount: Int { spline.parameterCount }
  /// `[D, P]`, as the spline's kernel reads them
  public var layout: ParameterLayout { .byFeature }

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
