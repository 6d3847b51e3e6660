/// Modified Bessel functions of the first kind, scaled so that nothing overflows.
package enum BesselFunction {
  /// log I₀(x), an even function.
  package static func logI0(_ x: Double) -> Double {
    let u = x.magnitude
    if u < 20 { return Elementary.log1p(seriesI0MinusOne(u)) }
    return u - 0.5 * Elementary.log(6.283_185_307_179_586 * u)
      + Elementary.log(asymptoticSum(u, order: 0))
  }

  /// I₁(x)/I₀(x), an odd function with values in (-1, 1): Gauss's continued fraction
  /// 1/(2/x + 1/(4/x + 1/(6/x + …))), evaluated from the end (DLMF 10.33.1).
  package static func ratio(_ x: Double) -> Double {
    if x == 0 || x.isNaN { return x }
    let u = x.magnitude
    if u >= 500 {
      let value = asymptoticSum(u, order: 1) / asymptoticSum(u, order: 0)
      return x < 0 ? -value : value
    }
    var tail = 0.0
    for k in stride(from: 30 + Int(2 * u), through: 1, by: -1) {
      tail = 1 / (2 * Double(k) / u + tail)
    }
    return x < 0 ? -tail : tail
  }

  /// I₀(x) - 1 = Σ_{k ≥ 1} (x²/4)ᵏ/k!²
  private static func seriesI0MinusOne(_ x: Double) -> Double {
    let quarter = x * x / 4
    var term = 1.0
    var sum = 0.0
    var k = 1.0
    while true {
      term *= quarter / (k * k)
      sum += term
      if term <= sum * 0x1p-54 { return sum }
      k += 1
    }
  }

  /// √(2πx) e⁻ˣ I_ν(x) = 1 - (4ν² - 1)/(8x) + … for large x (DLMF 10.40.1).
  private static func asymptoticSum(_ x: Double, order: Int) -> Double {
    let mu = Double(4 * order * order)
    var term = 1.0
    var sum = 1.0
    for k in 1...30 {
      let odd = Double(2 * k - 1)
      let next = term * (odd * odd - mu) / (Double(k) * 8 * x)
      if next.magnitude >= term.magnitude { break }
      term = next
      sum += term
      if term.magnitude < 0x1p-55 { break }
    }
    return sum
  }
}
