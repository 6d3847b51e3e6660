import CKernels

/// Modified Bessel functions of the first kind, scaled so that nothing overflows.
package enum BesselFunction {
  /// log I₀(x), an even function.
  package static func logI0(_ x: Double) -> Double { diffeo_log_i0(x) }

  /// A(x) = I₁(x)/I₀(x), an odd function with values in (-1, 1).
  package static func ratio(_ x: Double) -> Double { diffeo_bessel_ratio(x) }

  /// A'(x) = (I₀² - I₀I₁/x - I₁²)/I₀², an even function. With the power series of products (DLMF 10.31.3) it is the
  /// quotient of Σ aₖ/(2(k + 1)²) uᵏ and Σ aₖ uᵏ, u = x²/4 and aₖ = C(2k, k)/k!², in which nothing cancels.
  package static func ratioSlope(_ x: Double) -> Double {
    let size = x.magnitude
    if size > asymptotic { return ratioSlopeFarOut(1 / size) }
    let u = 0.25 * x * x
    var (term, numerator, denominator) = (1.0, 0.5, 1.0)
    var k = 0.0
    while term > 0x1p-60 * denominator {
      term *= u * 2 * (2 * k + 1) / ((k + 1) * (k + 1) * (k + 1))
      k += 1
      numerator += term / (2 * (k + 1) * (k + 1))
      denominator += term
    }
    return x.isNaN ? x : numerator / denominator
  }

  /// From here on twenty terms of the asymptotic series give full precision.
  private static let asymptotic = 30.0

  /// c₁, c₂, … of A = 1 + Σ cₖ x⁻ᵏ: Riccati's equation A' = 1 - A/x - A² (DLMF 10.29.2) gives
  /// 2cₖ = (k - 2)cₖ₋₁ - Σ cᵢ cₖ₋ᵢ.
  private static let farTerms: [Double] = {
    var terms = [1.0]
    for k in 1...20 {
      let products = (1..<k).reduce(0.0) { $0 + terms[$1] * terms[k - $1] }
      terms.append((Double(k - 2) * terms[k - 1] - products) / 2)
    }
    return terms
  }()

  /// A' = -Σ k cₖ wᵏ⁺¹
  private static func ratioSlopeFarOut(_ w: Double) -> Double {
    var sum = 0.0
    for k in stride(from: farTerms.count - 1, through: 1, by: -1) {
      sum = sum * w - Double(k) * farTerms[k]
    }
    return sum * w * w
  }
}
