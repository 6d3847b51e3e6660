public import Tensors

/// x₀ = z₀, xᵢ = xᵢ₋₁ + log(1 + e^zᵢ): from ℝᴰ onto the ascending sequences.
///
/// A gap that is too small for its neighbours' number format is 0, and has no preimage.
public struct Ordered: Bijector {
  /// D
  public let features: Int

  /// Ascending numbers.
  ///
  /// - Parameter features: D
  public init(_ features: Int) {
    requireFeatures(features)
    self.features = features
  }

  /// The sums of z₀ and the gaps, with log-slopes log σ(zᵢ)
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    guard features > 1 else { return Image(z, .zero) }
    let free = z.slice(1..<features)
    let steps = Tensor.concatenated([z.slice(0..<1), softplus(free)])
    return Image(steps.cumulativeSum(), LogDet(logSigmoid(free)))
  }

  /// x₀, then g + log(1 - e⁻ᵍ) for gaps g; log|det J| is -∞ where x does not ascend
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    guard features > 1 else { return Image(x, .zero) }
    let gaps = x.slice(1..<features) - x.slice(0..<features - 1)
    let isAscending = ((gaps .> 0).sum() .> Double(features) - 1.5).reshaped(1)
    let safe = gaps.kept(
      where: isAscending, otherwise: Array(repeating: 1, count: features - 1))
    let logSlope = log(-expm1(-safe))
    return Image(
      Tensor.concatenated([x.slice(0..<1), safe + logSlope]),
      LogDet(-logSlope).kept(where: isAscending))
  }
}
