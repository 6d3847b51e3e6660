/// The two real branches of the inverse of w ↦ w·e^w, and the inverse of w ↦ w + log w.
package enum LambertW {
  /// e as a sum of two Doubles.
  private static let eHigh = 2.718_281_828_459_045
  private static let eLow = 1.445_646_891_729_250_2e-16

  /// Branch 0 is defined on [-1/e, ∞), branch -1 on [-1/e, 0); NaN elsewhere.
  package static func value(_ x: Double, branch: Int) -> Double {
    guard branch == 0 || branch == -1, x.isFinite, branch == 0 || x < 0 else { return .nan }
    if x == 0 { return x }
    // e·x + 1, without the cancellation near the branch point.
    let distance = Double(1).addingProduct(eHigh, x) + eLow * x
    guard distance >= 0 else { return .nan }
    let p = (2 * distance).squareRoot() * (branch == 0 ? 1 : -1)
    if p.magnitude < 0.5 { return nearBranchPoint(p, distance) }
    return branch == 0 ? principal(x, p) : lower(x, p)
  }

  /// ω(x) = W(eˣ) on branch 0, where eˣ may be beyond all numbers (Corless and Jeffrey 2002, *The Wright ω function*).
  package static func wrightOmega(_ x: Double) -> Double {
    if x <= 1 { return value(Elementary.exp(x), branch: 0) }
    guard x.isFinite else { return x }
    return byLogarithm(x, start: startForLarge(x))
  }

  /// W = -1 + d, where Σ_{k ≥ 2} (k - 1) dᵏ/k! is the distance e·x + 1, by Newton's method from
  /// d = p - p²/3 + … in p = ±√(2(e·x + 1)) (Corless et al. 1996, equation 4.22).
  private static func nearBranchPoint(_ p: Double, _ distance: Double) -> Double {
    guard distance > 0 else { return -1 }
    var d = p * (1 + p * (-1.0 / 3 + p * (11.0 / 72 - p * 43 / 540)))
    for _ in 0..<3 {
      var sum = 0.0
      for k in stride(from: 20, through: 2, by: -1) {
        sum = (sum * d + Double(k - 1)) / Double(k)
      }
      d -= (sum * d - distance / d) / Elementary.exp(d)
    }
    return -1 + d
  }

  private static func principal(_ x: Double, _ p: Double) -> Double {
    if x > 3 {
      let logarithm = Elementary.log(x)
      return byLogarithm(logarithm, start: startForLarge(logarithm))
    }
    let start = x < -0.25 ? -1 + p * (1 + p * (-1.0 / 3 + p * 11 / 72)) : Elementary.log1p(x) * 0.85
    return byHalley(x, start: start)
  }

  private static func lower(_ x: Double, _ p: Double) -> Double {
    if x < -0.25 {
      return byHalley(x, start: -1 + p * (1 + p * (-1.0 / 3 + p * 11 / 72)))
    }
    let logarithm = Elementary.log(-x)
    return byLogarithm(logarithm, start: logarithm - Elementary.log(-logarithm))
  }

  private static func startForLarge(_ logarithm: Double) -> Double {
    logarithm - Elementary.log(max(logarithm, 1))
  }

  /// Halley's method on w·e^w - x.
  private static func byHalley(_ x: Double, start: Double) -> Double {
    var w = start
    for _ in 0..<8 {
      let e = Elementary.exp(w)
      let residual = w * e - x
      let step = residual / (e * (w + 1) - (w + 2) * residual / (2 * w + 2))
      w -= step
      if step.magnitude <= 0x1p-53 * w.magnitude { break }
    }
    return w
  }

  /// Newton's method on w + log|w| = `target`, log|x| for W(x), which neither overflows nor loses digits.
  private static func byLogarithm(_ target: Double, start: Double) -> Double {
    var w = start
    for _ in 0..<12 {
      let residual = w + Elementary.log(w.magnitude) - target
      let step = residual * w / (w + 1)
      w -= step
      if step.magnitude <= 0x1p-53 * w.magnitude { break }
    }
    return w
  }
}
