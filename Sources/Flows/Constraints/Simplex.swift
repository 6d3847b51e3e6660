public import Tensors

/// xᵢ = rᵢ σ(zᵢ - log(D - i)), i = 0, 1, …, with rᵢ = 1 - x₀ - … - xᵢ₋₁: breaking a stick, from ℝᴰ onto the
/// D-dimensional simplex of all x with xᵢ > 0 and Σ xᵢ < 1 (Stan's simplex, Carpenter and others 2017).
///
/// x holds D of D + 1 shares of a whole; the last is 1 - Σ xᵢ. 0 leads to equal shares. Densities are
/// with respect to the volume of the D shares. Shares that are closer to 0 or 1 than numbers can be are
/// 0 or 1, and have no preimage.
public struct Simplex: Bijector {
  /// D
  public let features: Int

  /// Shares of a whole, but for the last one.
  ///
  /// - Parameter features: D, one less than the number of shares.
  public init(_ features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// (0, 1) for each feature
  public var codomain: [Interval] { Array(repeating: .unit, count: features) }

  /// exp(log rᵢ + log σ(uᵢ)) with log-slopes log rᵢ + log σ(uᵢ) + log σ(-uᵢ)
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let u = z - offsets(z)
    let kept = logSigmoid(-u)
    let logRest = kept.cumulativeSum() - kept
    let logShare = logRest + logSigmoid(u)
    return Image(exp(logShare), LogDet(logShare + kept))
  }

  /// uᵢ = log xᵢ - log rᵢ₊₁; log|det J| is -∞ outside of the simplex
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let isPositive = (x .> 0).sum() .> Double(features) - 0.5
    let isWhole = rests(x).slice(features..<features + 1) .> 0
    let isInside = isPositive.reshaped(1) * isWhole
    let middle = Array(repeating: 1 / Double(features + 1), count: features)
    let safe = x.kept(where: isInside, otherwise: middle)
    let (logShare, logRests) = (log(safe), log(rests(safe)))
    let (before, after) = (logRests.slice(0..<features), logRests.slice(1..<features + 1))
    return Image(
      logShare - after + offsets(x),
      LogDet(before - logShare - after).kept(where: isInside))
  }

  /// 1, then what each share leaves, `[B, D + 1]`. Shares are taken away one by one, which is exact as soon
  /// as half of what is there goes: their sum would be rounded at 1.
  private func rests(_ x: Tensor) -> Tensor {
    Tensor.concatenated([x.trace.constant([1], [1]), -x]).cumulativeSum()
  }

  private func offsets(_ z: Tensor) -> Tensor {
    let values = (0..<features).map { UnaryFunction.logarithm.value(Double(features - $0)) }
    return z.trace.constant(values, [features])
  }
}
