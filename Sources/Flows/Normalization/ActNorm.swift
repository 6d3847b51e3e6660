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
    requireFeatures(features)
    self.features = features
  }

  /// eˢ z + t; where data come this way, x is what has mean 0 and variance 1
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    normalized(scope).forward(z, scope)
  }

  /// (x - t)/eˢ
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    normalized(scope).inverse(x, scope)
  }

  private func normalized(_ scope: Scope) -> NormalizedAffine {
    NormalizedAffine(
      logScale: scope.parameter("logScale", [features], .constant(0)),
      shift: scope.parameter("shift", [features], .constant(0)))
  }
}

/// x = eˢ z + t; s and t, parameters or states of a part, begin where the data that come to it leave it with mean 0
/// and variance 1.
struct NormalizedAffine {
  let logScale, shift: Tensor

  func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let moments = Moments(z, around: -shift * exp(-logScale), logUnit: -logScale, scope)
    scope.begin([
      ("logScale", -0.5 * moments.logVariance),
      ("shift", -moments.mean * exp(-0.5 * moments.logVariance)),
    ])
    return Image(z * exp(logScale) + shift, LogDet(logScale))
  }

  func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let moments = Moments(x, around: shift, logUnit: logScale, scope)
    scope.begin([("logScale", 0.5 * moments.logVariance), ("shift", moments.mean)])
    return Image((x - shift) * exp(-logScale), LogDet(-logScale))
  }
}

/// The mean and the logarithm of the variance of each feature over the rows with their weights, `[D]`. The variance of
/// a constant feature counts as 1.
struct Moments {
  let mean, logVariance: Tensor

  /// Those of x, `[B, D]`, from deviations around a center, `[D]`, in units of e^logUnit.
  ///
  /// Digits cancel unless the center is close to the mean, and squares may be no numbers unless the unit is of the size
  /// of the deviations: they are what a part has begun with so far, and `Model.begin` asks again.
  init(_ x: Tensor, around center: Tensor, logUnit: Tensor, _ scope: Scope) {
    let deviation = (x - center) * exp(-logUnit)
    let offset = scope.mean(deviation)
    mean = center + offset * exp(logUnit)
    let variance = scope.mean(square(deviation)) - square(offset)
    let one = x.trace.constant(1)
    // Of up to 10⁷ rows one that differs by an ulp makes more than that.
    let isConstant = variance .<= 1e-40 * square(mean * exp(-logUnit))
    let logOfScaled = log(Tensor.select(isConstant, one, variance))
    let known = Tensor.select(isConstant, one.zeros, logOfScaled + 2 * logUnit)
    // Where squares are beyond all numbers or below them, the size of the deviations is a first guess.
    let size = scope.mean(abs(deviation))
    let haveSquares = (variance .< 1e250) * (1 - (size .> 0) * (size .< 1e-120))
    let guess = 2 * (log(Tensor.select(haveSquares, one, size)) + logUnit)
    logVariance = Tensor.select(haveSquares, known, guess)
  }
}
