public import Tensors

/// y = f(x) for a spline f on [-b, b], and beyond ±(b + s m ((q(|x|)/q(b))⁻ᵗ - 1)/t), with q = 1 - Φ, Mills' ratio
/// m = q(b)/φ(b) and s the slope of f there: tails of a power, |y|^(-1/t), from a normal x.
///
/// What a standard normal x exceeds b by becomes a generalised Pareto number, as values over a threshold have it
/// (Pickands 1975); slopes are continuous. The parameters of a feature are those of f, then log t below and above: t
/// begins at 0.3 and stays within (0.05, 1.8). A spline's ``RationalQuadraticTransform/heavyTailed`` makes it.
///
/// As many rows lie beyond b as those of x do, 5 % of normal numbers for b = 2: there the tail is learned from them.
/// y overflows as ``TailTransform`` does. The inverse of a tail is numerical, with implicit gradients.
public struct HeavyTailTransform: ElementwiseTransform {
  /// f
  public let spline: any ElementwiseTransform
  /// b
  public let bound: Double

  /// A spline with f(±b) = ±b, whose parameters are laid out by feature.
  init(_ spline: any ElementwiseTransform, bound: Double) {
    self.spline = spline
    self.bound = bound
  }

  /// P of f, and 2
  public var parameterCount: Int { spline.parameterCount + 2 }
  /// `[D, P]`
  public var layout: ParameterLayout { .byFeature }
  /// Those of f, then 0
  public var initialParameters: [Double] { spline.initialParameters + [0, 0] }

  /// f, then the tail
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let image = spline.forward(x.clamped(-bound, bound), ownParameters(parameters))
    let (u, index) = (distance(x), index(parameters, x.side))
    let scale = exp(image.logSlope - tail.logSlopeAtStart)
    return ElementwiseImage(
      image.value + tail.excess(u, index: index) * scale * x.side,
      image.logSlope + tail.logSlope(u, index: index))
  }

  /// f⁻¹, or the root in a tail
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let image = spline.inverse(y.clamped(-bound, bound), ownParameters(parameters))
    let index = index(parameters, y.side)
    let excess = (distance(y) - bound) * exp(image.logSlope + tail.logSlopeAtStart)
    let (u, logSlope) = tail.root(of: excess, index: index)
    let isInside = abs(y) .<= bound
    return ElementwiseImage(
      Tensor.select(isInside, image.value, u * y.side),
      image.logSlope - Tensor.select(isInside, y.zeros, logSlope))
  }

  private var tail: NormalTail { NormalTail(start: bound) }

  /// |x|, or b within and at the bounds, where the spline alone has a slope.
  private func distance(_ x: Tensor) -> Tensor { max(x.zeros + bound, x * x.side) }

  private func ownParameters(_ parameters: Tensor) -> Tensor {
    parameters.columns(0..<spline.parameterCount)
  }

  private func index(_ parameters: Tensor, _ side: Tensor) -> Tensor {
    let first = spline.parameterCount
    return NormalTail.index(
      below: parameters.column(first), above: parameters.column(first + 1), side)
  }
}

extension RationalQuadraticTransform {
  /// The spline with learned heavy tails beyond its bound, which begin with its slopes there: 1, or learned ones.
  public var heavyTailed: any ElementwiseTransform {
    require(spline.ends != .circular, "a spline on a circle has no tails")
    return HeavyTailTransform(self, bound: spline.bound)
  }
}

extension LinearSplineTransform {
  /// The spline with learned heavy tails beyond its bound, which begin with slope 1.
  public var heavyTailed: any ElementwiseTransform {
    HeavyTailTransform(self, bound: form.bound)
  }
}

extension QuadraticSplineTransform {
  /// The spline with learned heavy tails beyond its bound, which begin with its slopes there.
  public var heavyTailed: any ElementwiseTransform {
    HeavyTailTransform(self, bound: form.bound)
  }
}

extension CubicSplineTransform {
  /// The spline with learned heavy tails beyond its bound, which begin with its slopes there.
  public var heavyTailed: any ElementwiseTransform {
    HeavyTailTransform(self, bound: form.bound)
  }
}
