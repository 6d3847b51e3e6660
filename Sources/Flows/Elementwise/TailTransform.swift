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

  /// ±(e⁻ᵗᴱ - 1)/t with log-slope log 2φ(x) - (1 + t) E, E = log erfc(|x|/√2)
  public func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (size, index) = (x * x.side, tailIndex(parameters, x.side))
    let logTail = logTail(size)
    let logSlope = Self.logOfTwo - logOfRootTwoPi - 0.5 * square(size) - (1 + index) * logTail
    return ElementwiseImage(expm1(-index * logTail) / index * x.side, logSlope)
  }

  /// ±u with E(u) = -log(1 + t |y|)/t
  public func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    let (size, index) = (y * y.side, tailIndex(parameters, y.side))
    let wanted = -log1p(index * size) / index
    // erfc(u/√2) ≤ exp(-u²/2) bounds u; E + wanted is increasing in -u.
    let bound = sqrt(-2 * wanted.withoutGradient)
    let margin = 1e-3 * (1 + bound)
    let u = Tensor.solved(
      between: -margin, and: bound + margin, captured: [wanted],
      tolerance: NumericalInverse.tolerance
    ) { u, captured in captured[0] - logTail(u) }
    let logSlope = Self.logOfTwo - logOfRootTwoPi - 0.5 * square(u) - (1 + index) * wanted
    return ElementwiseImage(u * y.side, -logSlope)
  }

  private static let logOfTwo = UnaryFunction.logarithm.value(2)

  /// log erfc(u/√2) = log 2Φ(-u)
  private func logTail(_ u: Tensor) -> Tensor { (-u).map(.logNormalCDF) + Self.logOfTwo }

  private func tailIndex(_ parameters: Tensor, _ side: Tensor) -> Tensor {
    let logarithms = Tensor.select(
      side .< 0, parameters.parameter(0), parameters.parameter(1))
    return 0.3 * exp(logarithms.softlyBounded(1.79))
  }
}
