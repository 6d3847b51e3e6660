import CKernels

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The elementary functions on `Double`: the C library's, NaN at points where the language leaves
/// them undefined (log 0, atanh 1), and compositions arranged so that nothing cancels or overflows.
package enum Elementary {
  package static func exp(_ x: Double) -> Double { cExp(x) }
  package static func log(_ x: Double) -> Double { x > 0 ? cLog(x) : .nan }
  package static func expm1(_ x: Double) -> Double { cExpm1(x) }
  package static func log1p(_ x: Double) -> Double { x > -1 ? cLog1p(x) : .nan }
  package static func sin(_ x: Double) -> Double { cSin(x) }
  package static func cos(_ x: Double) -> Double { cCos(x) }
  package static func tan(_ x: Double) -> Double { cTan(x) }
  package static func asin(_ x: Double) -> Double { cAsin(x) }
  package static func acos(_ x: Double) -> Double { cAcos(x) }
  package static func atan(_ x: Double) -> Double { cAtan(x) }
  package static func sinh(_ x: Double) -> Double { cSinh(x) }
  package static func cosh(_ x: Double) -> Double { cCosh(x) }
  package static func tanh(_ x: Double) -> Double { cTanh(x) }
  package static func asinh(_ x: Double) -> Double { cAsinh(x) }
  package static func acosh(_ x: Double) -> Double { cAcosh(x) }
  package static func atanh(_ x: Double) -> Double { x.magnitude < 1 ? cAtanh(x) : .nan }
  package static func erf(_ x: Double) -> Double { cErf(x) }
  package static func erfc(_ x: Double) -> Double { cErfc(x) }

  /// The angle of (x, y) in (-π, π], undefined at the origin; the sign of a zero plays no part.
  package static func atan2(_ y: Double, _ x: Double) -> Double {
    x == 0 && y == 0 ? .nan : cAtan2(y + 0, x)
  }

  /// a - b·⌊a/b⌋ for b > 0, in [0, b).
  package static func remainder(_ a: Double, _ b: Double) -> Double {
    guard b > 0 else { return .nan }
    let rest = fmod(a, b)
    return rest < 0 ? rest + b : rest
  }

  /// x^y on its real domain: x > 0, or x = 0 < y, or an integer y and x ≠ 0.
  package static func power(_ x: Double, _ y: Double) -> Double {
    x == 0 && y < 0 ? .nan : pow(x, y)
  }

  /// x^(high + low) for x ≥ 0 (x > 0 when high < 0): `low` is what rounding took from the exponent.
  package static func power(_ x: Double, high: Double, low: Double) -> Double {
    guard x > 0 else { return x == 0 && high > 0 ? 0 : .nan }
    let power = pow(x, high)
    return low == 0 || !power.isFinite || power == 0 ? power : power + power * (low * cLog(x))
  }

  /// The real n-th root of any x, for odd n.
  package static func realRoot(_ x: Double, degree: Int) -> Double {
    if degree == 3 { return cbrt(x) }
    let high = 1 / Double(degree)
    let low = Double(1).addingProduct(-high, Double(degree)) / Double(degree)
    let root = power(x.magnitude, high: high, low: low)
    return x < 0 ? -root : root
  }

  /// log(cosh x) = |x| + log1p(e^(-2|x|)) - log 2, and by cosh x = 1 + 2 sinh²(x/2) near zero.
  package static func logCosh(_ x: Double) -> Double {
    let u = x.magnitude
    if u < 1 {
      let half = cSinh(u / 2)
      return cLog1p(2 * half * half)
    }
    return u + (cLog1p(cExp(-2 * u)) - 0.693_147_180_559_945_3)
  }

  /// 1/(1 + e^(-x))
  package static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + cExp(-x)) }
    let e = cExp(x)
    return e / (1 + e)
  }

  /// log(p/(1 - p))
  package static func logit(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return .nan }
    if p < 0.25 { return cLog(p) - cLog1p(-p) }
    // 2p - 1 and 1 - p are exact from here to 1/2 and beyond.
    if p < 0.75 { return cLog1p((2 * p - 1) / (1 - p)) }
    return -(cLog(1 - p) - cLog1p(p - 1))
  }

  /// log(1 + e^x)
  package static func softplus(_ x: Double) -> Double {
    x > 0 ? x + cLog1p(cExp(-x)) : cLog1p(cExp(x))
  }
}

// The C library's functions under names that those of `Elementary` do not hide.
private func cAcos(_ x: Double) -> Double { acos(x) }
private func cAcosh(_ x: Double) -> Double { acosh(x) }
private func cAsin(_ x: Double) -> Double { asin(x) }
private func cAsinh(_ x: Double) -> Double { asinh(x) }
private func cAtan(_ x: Double) -> Double { atan(x) }
private func cAtan2(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
private func cAtanh(_ x: Double) -> Double { atanh(x) }
private func cCos(_ x: Double) -> Double { diffeo_cos(x) }
private func cCosh(_ x: Double) -> Double { cosh(x) }
private func cErf(_ x: Double) -> Double { erf(x) }
private func cErfc(_ x: Double) -> Double { erfc(x) }
private func cExp(_ x: Double) -> Double { exp(x) }
private func cExpm1(_ x: Double) -> Double { expm1(x) }
private func cLog(_ x: Double) -> Double { log(x) }
private func cLog1p(_ x: Double) -> Double { log1p(x) }
private func cSin(_ x: Double) -> Double { diffeo_sin(x) }
private func cSinh(_ x: Double) -> Double { sinh(x) }
private func cTan(_ x: Double) -> Double { diffeo_tan(x) }
private func cTanh(_ x: Double) -> Double { tanh(x) }
