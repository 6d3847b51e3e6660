import CKernels

/// Modified Bessel functions of the first kind, scaled so that nothing overflows.
package enum BesselFunction {
  /// log I₀(x), an even function.
  package static func logI0(_ x: Double) -> Double { diffeo_log_i0(x) }

  /// I₁(x)/I₀(x), an odd function with values in (-1, 1).
  package static func ratio(_ x: Double) -> Double { diffeo_bessel_ratio(x) }
}
