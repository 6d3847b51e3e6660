/// log Γ and its derivatives for x > 0, by recurrence into the range of Stirling's series
/// (Abramowitz and Stegun 6.1.40, 6.4.11); NaN for x ≤ 0.
package enum GammaFunction {
  /// B₂, B₄, … B₂₀: the Bernoulli numbers of even index.
  private static let bernoulli: [Double] = [
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
    43867.0 / 798, -174611.0 / 330,
  ]
  /// From here on ten terms of the series give full precision.
  private static let asymptotic = 12.0

  /// log Γ(x), exact near its zeros 1 and 2 through the product Γ(x + n) = x (x + 1) … Γ(x).
  package static func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return .nan }
    if x.isInfinite { return x }
    if (x - 1).magnitude < 0.5 { return nearOne(x - 1) }
    if (x - 2).magnitude < 0.5 { return nearOne(x - 2) + Elementary.log1p(x - 2) }
    var shifted = x
    var product = 1.0
    while shifted < asymptotic {
      product *= shifted
      shifted += 1
    }
    return stirling(shifted) - Elementary.log(product)
  }

  /// log Γ(1 + t), |t| ≤ 1/2: Σ (-1)ᵏ (ζ(k) - 1) tᵏ/k - log1p(t) + (1 - γ) t.
  private static func nearOne(_ t: Double) -> Double {
    var sum = 0.0
    for k in stride(from: 40, through: 2, by: -1) {
      let sign: Double = k.isMultiple(of: 2) ? 1 : -1
      sum = sum * t + sign * zetaMinusOne[k] / Double(k)
    }
    return -Elementary.log1p(t) + t * (0.422_784_335_098_467_14 + t * sum)
  }

  /// ζ(k) - 1 = Σ_{n ≥ 2} n⁻ᵏ; the tail from n = 20 on by Euler and Maclaurin's formula.
  private static let zetaMinusOne: [Double] = (0...40).map { k in
    guard k >= 2 else { return 0 }
    let s = Double(k)
    let n = 20.0
    var sum = n * integerPower(1 / n, k) / (s - 1) + integerPower(1 / n, k) / 2
    sum += s / 12 * integerPower(1 / n, k + 1)
    let cubic = s * (s + 1) * (s + 2)
    sum -= cubic / 720 * integerPower(1 / n, k + 3)
    sum += cubic * (s + 3) * (s + 4) / 30240 * integerPower(1 / n, k + 5)
    for m in stride(from: 19, through: 2, by: -1) { sum += integerPower(1 / Double(m), k) }
    return sum
  }

  private static func integerPower(_ x: Double, _ n: Int) -> Double {
    (0..<n).reduce(1) { product, _ in product * x }
  }

  /// (x - 1/2) log x - x + log(2π)/2 + Σ B₂ₖ/(2k (2k - 1) x²ᵏ⁻¹)
  private static func stirling(_ x: Double) -> Double {
    let inverseSquare = 1 / (x * x)
    var sum = 0.0
    for k in stride(from: bernoulli.count, through: 1, by: -1) {
      sum = sum * inverseSquare + bernoulli[k - 1] / Double(2 * k * (2 * k - 1))
    }
    return (x - 0.5) * Elementary.log(x) - x + 0.918_938_533_204_672_8 + sum / x
  }

  /// ψ⁽ⁿ⁾(x), n ≥ 0.
  package static func polygamma(_ order: Int, _ x: Double) -> Double {
    guard x > 0 else { return .nan }
    if order == 0 { return digamma(x) }
    // ψ⁽ⁿ⁾(x) = (-1)ⁿ⁺¹ n! (Σ_{k<m} (x + k)⁻ⁿ⁻¹ + tail(x + m))
    let n = order
    var factorial = 1.0
    for k in 1...n { factorial *= Double(k) }
    var shifted = x
    var sum = 0.0
    while shifted < asymptotic + Double(n) {
      sum += integerPower(1 / shifted, n + 1)
      shifted += 1
    }
    sum += polygammaTail(n, shifted)
    return (n.isMultiple(of: 2) ? -1 : 1) * factorial * sum
  }

  /// Σ_{k ≥ 0} (x + k)⁻ⁿ⁻¹ for large x, by Euler and Maclaurin's formula.
  private static func polygammaTail(_ n: Int, _ x: Double) -> Double {
    let base = integerPower(1 / x, n)
    var sum = base / Double(n) + base / (2 * x)
    // The factor of B₂ₖ is (n + 1) … (n + 2k - 1)/(2k)! x⁻ⁿ⁻²ᵏ.
    var factor = Double(n + 1) / 2 * base / (x * x)
    for k in 1...bernoulli.count {
      sum += bernoulli[k - 1] * factor
      let j = Double(2 * k)
      factor *= (Double(n) + j) * (Double(n) + j + 1) / ((j + 1) * (j + 2) * x * x)
    }
    return sum
  }

  private static func digamma(_ x: Double) -> Double {
    var shifted = x
    var sum = 0.0
    while shifted < asymptotic {
      sum += 1 / shifted
      shifted += 1
    }
    let inverseSquare = 1 / (shifted * shifted)
    var series = 0.0
    for k in stride(from: bernoulli.count, through: 1, by: -1) {
      series = series * inverseSquare + bernoulli[k - 1] / Double(2 * k)
    }
    return Elementary.log(shifted) - 0.5 / shifted - series * inverseSquare - sum
  }
}
