import CKernels

/// The distribution function Φ of N(0, 1) and its inverse, to full precision in both tails.
package enum StandardNormal {
  /// Φ(x) = erfc(-x/√2)/2
  package static func cdf(_ x: Double) -> Double { diffeo_ndtr(x) }

  /// log Φ(x), also where Φ(x) underflows.
  package static func logCdf(_ x: Double) -> Double { diffeo_log_ndtr(x) }

  /// e^(x²)·erfc(x) for x ≥ 0.
  package static func scaledErfc(_ x: Double) -> Double { diffeo_scaled_erfc(x) }

  /// Φ⁻¹(p) for 0 ≤ p ≤ 1, infinite at the ends; NaN elsewhere.
  package static func quantile(_ p: Double) -> Double { diffeo_ndtri(p) }

  /// The y with erf(y) = x for |x| ≤ 1, infinite at ±1; NaN elsewhere.
  package static func erfinv(_ x: Double) -> Double { diffeo_erfinv(x) }
}
