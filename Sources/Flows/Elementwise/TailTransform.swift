public import Tensors

/// y = ±(erfc(|x|/√2)⁻ᵗ - 1)/t with the sign of x: from the tails of a normal distribution to those of
/// a power, |y|^(-1/t) (Hickling and Prangle 2025); parameters log t below 0 and above.
///
/// t begins at 0.3 and stays within (0.05, 1.8). y overflows beyond a |x| of about √(176/t) in `Float`
/// and √(1418/t) in `Double`; log-slopes do not. Best as the last layer of a flow onto data with heavy
/// tails. The inverse is numerical, with implicit gradients.
public struct TailTransform: ElementwiseTransform {
  /// No settings.
  public init() {}

  /// 2
  public var parameterCount: Int { 2 }

  private static let tail = NormalTail(start: 0)

  /// ±(e⁻ᵗᴱ - 1)/t with log-slope log 2φ(x) - (1 + t) E, E = log erfc(|x|/√2)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (size, index) = (x * x.side, index(parameters, x.side))
    return ElementwiseImage(
      Self.tail.excess(size, index: index) * x.side,
      Self.tail.logSlope(size, index: index) + Self.tail.logSlopeAtStart)
  }

  /// ±u with E(u) = -log(1 + t |y|)/t
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (u, logSlope) = Self.tail.root(of: y * y.side, index: index(parameters, y.side))
    return ElementwiseImage(u * y.side, -logSlope - Self.tail.logSlopeAtStart)
  }

  private func index(_ parameters: Tensor, _ side: Tensor) -> Tensor {
    NormalTail.index(below: parameters.parameter(0), above: parameters.parameter(1), side)
  }
}
