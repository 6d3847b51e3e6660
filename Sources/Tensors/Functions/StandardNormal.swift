/// The distribution function Φ of N(0, 1) and its inverse, to full precision in both tails.
package enum StandardNormal {
  private static let rootHalf = 0.707_106_781_186_547_6
  /// 1/√2 - rootHalf
  private static let rootHalfLow = -4.833_646_656_726_457e-17

  /// Φ(x) = erfc(-x/√2)/2
  package static func cdf(_ x: Double) -> Double {
    let u = -x * rootHalf
    if !(u > 0.5 && u < 30) { return 0.5 * Elementary.erfc(u) }
    // The rounding of u, which the tail would magnify by 2u², is made good to first order.
    let rest = (-u).addingProduct(-x, rootHalf) - x * rootHalfLow
    return 0.5 * Elementary.erfc(u) - 0.564_189_583_547_756_3 * Elementary.exp(-u * u) * rest
  }

  /// log Φ(x), also where Φ(x) underflows.
  package static func logCdf(_ x: Double) -> Double {
    if x > 0 { return Elementary.log1p(-cdf(-x)) }
    return Elementary.log(0.5 * scaledErfc(-x * rootHalf)) - 0.5 * x * x
  }

  /// e^(x²)·erfc(x) for x ≥ 0.
  package static func scaledErfc(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x < 25 {
      // x² = square + rest exactly, so that the exponential loses nothing.
      let square = x * x
      let rest = (-square).addingProduct(x, x)
      let value = Elementary.exp(square) * Elementary.erfc(x)
      return value + value * rest
    }
    // The asymptotic series in 1/(2x²); its eighth term is below 1e-17 from x = 25 on.
    let t = 0.5 / (x * x)
    var sum = 1.0
    for k in stride(from: 15, through: 1, by: -2) { sum = 1 - Double(k) * t * sum }
    return sum / (x * 1.772_453_850_905_516)
  }

  /// Φ⁻¹(p) for 0 < p < 1, NaN elsewhere.
  package static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return .nan }
    if p < 0.25 { return lowerQuantile(p) }
    // 2p - 1 and 1 - p are exact here.
    if p <= 0.75 { return centralErfinv(2 * p - 1) / rootHalf }
    return -lowerQuantile(1 - p)
  }

  /// The y with erf(y) = x for |x| < 1, NaN elsewhere.
  package static func erfinv(_ x: Double) -> Double {
    guard x.magnitude < 1 else { return .nan }
    if x.magnitude <= 0.75 { return centralErfinv(x) }
    // 1 - |x| is exact here.
    let y = -lowerQuantile((1 - x.magnitude) / 2) * rootHalf
    return x < 0 ? -y : y
  }

  /// erfinv for |x| ≤ 3/4: its power series to the seventh order, then two Halley steps.
  private static func centralErfinv(_ x: Double) -> Double {
    let u = x * 0.886_226_925_452_758
    let s = u * u
    var y = u * (1 + s * (1 / 3.0 + s * (7 / 30.0 + s * (127 / 630.0))))
    for _ in 0..<2 {
      let error = Elementary.erf(y) - x
      let step = error / (1.128_379_167_095_512_6 * Elementary.exp(-y * y))
      y -= step / (1 + y * step)
    }
    return y
  }

  /// Φ⁻¹(p) for 0 < p < 1/4 by Newton's method on log Φ(y) = log p, which is well conditioned however
  /// small p is. The start is the rational approximation 26.2.23 of Abramowitz and Stegun.
  private static func lowerQuantile(_ p: Double) -> Double {
    let logP = Elementary.log(p)
    let t = (-2 * logP).squareRoot()
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328)
    let denominator = 1 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))
    var y = numerator / denominator - t
    for _ in 0..<3 {
      // Mills' ratio Φ(y)/φ(y) is the reciprocal of the derivative of log Φ.
      let scaled = scaledErfc(-y * rootHalf)
      let mills = scaled * 1.253_314_137_315_500_3
      let error = Elementary.log(0.5 * scaled) - 0.5 * y * y - logP
      y -= error * mills
    }
    return y
  }
}
