import Tensors

/// h(u) = ((q(u)/q(b))⁻ᵗ - 1)/t for u ≥ b with q = 1 - Φ: takes what a standard normal number exceeds b by to a
/// generalised Pareto number, whose tail is that of a power, y^(-1/t).
///
/// E = log q(u)/q(b) is what is computed: powers overflow, their logarithms do not.
struct NormalTail {
  /// b, at least 0
  let start: Double

  /// log q(b)
  private var logShare: Double { UnaryFunction.logNormalCDF.value(-start) }

  /// log h'(b) = log φ(b)/q(b)
  var logSlopeAtStart: Double { -logOfRootTwoPi - 0.5 * start * start - logShare }

  /// h(u)
  func excess(_ u: Tensor, index: Tensor) -> Tensor { expm1(-index * logShare(u)) / index }

  /// log h'(u)/h'(b)
  func logSlope(_ u: Tensor, index: Tensor) -> Tensor {
    logSlope(u, index: index, logShare: logShare(u))
  }

  /// u with h(u) = y, and log h'(u)/h'(b) there.
  func root(of y: Tensor, index: Tensor) -> (u: Tensor, logSlope: Tensor) {
    let wanted = -log1p(index * y) / index
    // q(u) ≤ exp(-u²/2)/2 bounds u; E is decreasing.
    let square = -2 * (wanted + logShare + UnaryFunction.logarithm.value(2))
    let bound = sqrt(max(square, y.zeros)).withoutGradient
    let u = Tensor.solved(
      between: y.zeros + (start - 1e-3), and: bound + 1e-3 * (1 + bound), captured: [wanted],
      tolerance: 0
    ) { u, captured in captured[0] - logShare(u) }
    return (u, logSlope(u, index: index, logShare: wanted))
  }

  /// t of each feature, within (0.05, 1.8) and 0.3 at first: that of its side.
  static func index(below: Tensor, above: Tensor, _ side: Tensor) -> Tensor {
    0.3 * exp(Tensor.select(side .< 0, below, above).softlyBounded(1.79))
  }

  /// E, from differences that are 0 at b in every number format.
  private func logShare(_ u: Tensor) -> Tensor {
    (-u).map(.logNormalCDF) - (u.zeros - start).map(.logNormalCDF)
  }

  private func logSlope(_ u: Tensor, index: Tensor, logShare: Tensor) -> Tensor {
    -0.5 * (u - start) * (u + start) - (1 + index) * logShare
  }
}
