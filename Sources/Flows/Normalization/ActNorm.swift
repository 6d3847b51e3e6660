public import Tensors

/// x = eˢ z + t with learned s and t for each feature, which begin where the data that a model is fitted
/// to come out with mean 0 and variance 1 (Kingma and Dhariwal 2018); log|det J| = Σ s.
public struct ActNorm: Bijector {
  /// D
  public let features: Int

  /// The identity until a model is fitted.
  ///
  /// - Parameter features: D
  public init(_ features: Int) {
    require(features >= 1, "at least one feature expected, got \(features)")
    self.features = features
  }

  /// eˢ z + t; where data come this way, x is what has mean 0 and variance 1
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let (logScale, shift) = parameters(scope)
    let moments = Moments(z)
    scope.begin([
      ("logScale", -0.5 * moments.logVariance),
      ("shift", -moments.mean * exp(-0.5 * moments.logVariance)),
    ])
    return Image(z * exp(logScale) + shift, LogDet(logScale))
  }

  /// (x - t)/eˢ
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let (logScale, shift) = parameters(scope)
    let moments = Moments(x)
    scope.begin([("logScale", 0.5 * moments.logVariance), ("shift", moments.mean)])
    return Image((x - shift) * exp(-logScale), LogDet(-logScale))
  }

  private func parameters(_ scope: Scope) -> (logScale: Tensor, shift: Tensor) {
    (
      scope.parameter("logScale", [features], .constant(0)),
      scope.parameter("shift", [features], .constant(0))
    )
  }
}

/// The mean and the logarithm of the variance of each feature over the rows, `[D]`. The variance of a
/// feature that is constant up to rounding counts as 1.
struct Moments {
  let mean, logVariance: Tensor

  /// Those of x, `[B, D]`.
  init(_ x: Tensor) {
    mean = x.meanOverRows()
    let variance = square(x).meanOverRows() - square(mean)
    let isConstant = variance .<= 1e-12 * square(mean)
    logVariance = log(Tensor.select(isConstant, x.trace.constant(1), variance))
  }
}
