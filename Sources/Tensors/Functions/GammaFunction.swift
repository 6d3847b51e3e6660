import CKernels

/// log|Γ| and its derivatives: from the second on for x > 0, by recurrence into the range of Stirling's series
/// (Abramowitz and Stegun 6.1.40, 6.4.11); NaN for x ≤ 0.
package enum GammaFunction {
  /// B₂, B₄, … B₂₀: the Bernoulli numbers of even index.
  private static let bernoulli: [Double] = [
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
    43867.0 / 798, -174611.0 / 330,
  ]
  /// From here on ten terms of the series give full precision.
  private static let asymptotic = 12.0

  /// log|Γ(x)|
  package static func logGamma(_ x: Double) -> Double { diffeo_lgamma(x) }

  private static func integerPower(_ x: Double, _ n: Int) -> Double {
    (0..<n).reduce(1) { product, _ in product * x }
  }

  /// y/xⁿ, rounded twice where xⁿ is a normal number.
  private static func power(_ y: Double, over x: Double, _ n: Int) -> Double {
    let power = integerPower(x, n)
    return power.isNormal ? y / power : y * integerPower(1 / x, n)
  }

  /// ψ⁽ⁿ⁾(x), n ≥ 0.
  package static func polygamma(_ order: Int, _ x: Double) -> Double {
    if order == 0 { return diffeo_digamma(x) }
    guard x > 0 else { return .nan }
    // ψ⁽ⁿ⁾(x) = (-1)ⁿ⁺¹ n! (Σ_{k<m} (x + k)⁻ⁿ⁻¹ + tail(x + m))
    let n = order
    var factorial = 1.0
    for k in 1...n { factorial *= Double(k) }
    let count = Int(max(0, (asymptotic + Double(n) - x).rounded(.up)))
    // With what each addition loses: a dozen of them would lose as many half units.
    var (sum, lost) = (polygammaTail(n, x + Double(count)), 0.0)
    for k in (0..<count).reversed() {
      let term = power(1, over: x + Double(k), n + 1)
      let next = sum + term
      lost += sum >= term ? (sum - next) + term : (term - next) + sum
      sum = next
    }
    if sum.isFinite { sum += lost }
    return (n.isMultiple(of: 2) ? -1 : 1) * factorial * sum
  }

  /// Σ_{k ≥ 0} (x + k)⁻ⁿ⁻¹ for large x, by Euler and Maclaurin's formula.
  private static func polygammaTail(_ n: Int, _ x: Double) -> Double {
    let base = integerPower(1 / x, n)
    // The small terms by themselves: each would cost the large one half a unit.
    var series = 0.0
    // The factor of B₂ₖ is (n + 1) … (n + 2k - 1)/(2k)! x⁻ⁿ⁻²ᵏ.
    var factor = Double(n + 1) / 2 * base / (x * x)
    for k in 1...bernoulli.count {
      series += bernoulli[k - 1] * factor
      let j = Double(2 * k)
      factor *= (Double(n) + j) * (Double(n) + j + 1) / ((j + 1) * (j + 2) * x * x)
    }
    return base / Double(n) + (base / (2 * x) + series)
  }
}
