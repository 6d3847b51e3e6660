import Exact
import Foundation

/// How one output depends on the variable t that it determines: a bijection t ↦ formula for all values
/// of the variables found before, with what is known of it by hand.
struct Diagonal: Sendable {
  enum Interval: String, Sendable {
    case reals = "R"
    case positive = "(0, inf)"
  }

  let formula: Term
  /// log|∂formula/∂t|
  let logSlope: @Sendable ([Double]) -> Double
  var domain = Interval.reals
  var image = Interval.reals
  /// Whether it and its inverse are differentiable everywhere.
  var isSmooth = true
}

extension Diagonal {
  /// The parts that a shape is made of: t, its position, a nonzero coefficient, and formulas in the
  /// variables found before: a shift (nil: none) and an exponent.
  struct Parts {
    let t: Term
    let index: Int
    let a: Rational
    let shift: Term?
    let exponent: Term?

    /// a·exp(exponent)
    var scale: Term { exponent.map { a * $0.exponential } ?? .constant(a) }

    /// log|scale|
    var logScale: @Sendable ([Double]) -> Double {
      let (constant, exponent) = (log(a.doubleValue.magnitude), exponent)
      return { z in constant + (exponent?.value(z.map { RunningValue($0) }).value ?? 0) }
    }
  }

  typealias Shape = @Sendable (Parts) -> Diagonal

  /// Polynomials and exponentials, all of R onto all of R.
  static let elementary: [Shape] = [affine, affine, cube, fifthPower, sinh, cubic]
  /// All of R onto all of R.
  static let onReals: [Shape] = [
    affine, affine, cube, fifthPower, cubeRoot, sinh, asinh, cubic, withTangent,
  ]
  /// From or onto the positive numbers.
  static let onHalfLines: [Shape] = [
    exponential, softplus, logarithm, square, squareRoot,
  ]

  /// scale·t + shift
  @Sendable private static func affine(_ p: Parts) -> Diagonal {
    Diagonal(formula: (p.scale * p.t).shifted(by: p.shift), logSlope: p.logScale)
  }

  /// scale·t^n + shift
  private static func oddPower(_ n: Int, _ p: Parts) -> Diagonal {
    let (index, logScale) = (p.index, p.logScale)
    return Diagonal(
      formula: (p.scale * p.t.power(n)).shifted(by: p.shift),
      logSlope: { logScale($0) + log(Double(n) * pow($0[index], Double(n - 1))) },
      isSmooth: false)
  }

  @Sendable private static func cube(_ p: Parts) -> Diagonal { oddPower(3, p) }
  @Sendable private static func fifthPower(_ p: Parts) -> Diagonal { oddPower(5, p) }

  /// cbrt(scale·t + shift)
  @Sendable private static func cubeRoot(_ p: Parts) -> Diagonal {
    let inner = (p.scale * p.t).shifted(by: p.shift)
    let logScale = p.logScale
    return Diagonal(
      formula: inner.cubeRoot,
      logSlope: { z in
        logScale(z) - log(3 * pow(cbrt(inner.value(z.map { RunningValue($0) }).value), 2))
      },
      isSmooth: false)
  }

  /// scale·sinh(t) + shift
  @Sendable private static func sinh(_ p: Parts) -> Diagonal {
    let (index, logScale) = (p.index, p.logScale)
    return Diagonal(
      formula: (p.scale * p.t.hyperbolicSine).shifted(by: p.shift),
      logSlope: { logScale($0) + log(Foundation.cosh($0[index])) })
  }

  /// asinh(scale·t + shift)
  @Sendable private static func asinh(_ p: Parts) -> Diagonal {
    let inner = (p.scale * p.t).shifted(by: p.shift)
    let logScale = p.logScale
    return Diagonal(
      formula: inner.inverseHyperbolicSine,
      logSlope: { z in
        logScale(z) - log(hypot(1, inner.value(z.map { RunningValue($0) }).value))
      })
  }

  /// a (t^3 + t) + shift
  @Sendable private static func cubic(_ p: Parts) -> Diagonal {
    let (index, a) = (p.index, p.a.doubleValue.magnitude)
    return Diagonal(
      formula: (p.a * (p.t.power(3) + p.t)).shifted(by: p.shift),
      logSlope: { log(a * (3 * $0[index] * $0[index] + 1)) })
  }

  /// a (t + tanh t) + shift, which has no inverse in closed form.
  @Sendable private static func withTangent(_ p: Parts) -> Diagonal {
    let (index, a) = (p.index, p.a.doubleValue.magnitude)
    return Diagonal(
      formula: (p.a * (p.t + p.t.hyperbolicTangent)).shifted(by: p.shift),
      logSlope: { log(a * (1 + 1 / pow(Foundation.cosh($0[index]), 2))) })
  }

  /// exp(scale·t + shift), onto (0, ∞)
  @Sendable private static func exponential(_ p: Parts) -> Diagonal {
    let inner = (p.scale * p.t).shifted(by: p.shift)
    let logScale = p.logScale
    return Diagonal(
      formula: inner.exponential,
      logSlope: { logScale($0) + inner.value($0.map { RunningValue($0) }).value },
      image: .positive)
  }

  /// softplus(a t + shift), onto (0, ∞)
  @Sendable private static func softplus(_ p: Parts) -> Diagonal {
    let inner = (p.a * p.t).shifted(by: p.shift)
    let a = log(p.a.doubleValue.magnitude)
    return Diagonal(
      formula: inner.softplus,
      logSlope: { a - log1p(exp(-inner.value($0.map { RunningValue($0) }).value)) },
      image: .positive)
  }

  /// a·log t + shift for t > 0
  @Sendable private static func logarithm(_ p: Parts) -> Diagonal {
    let (index, a) = (p.index, p.a.doubleValue.magnitude)
    return Diagonal(
      formula: (p.a * p.t.logarithm).shifted(by: p.shift),
      logSlope: { log(a / $0[index]) }, domain: .positive)
  }

  /// |a| exp(exponent)·t² for t > 0, onto (0, ∞)
  @Sendable private static func square(_ p: Parts) -> Diagonal {
    let p = Parts(t: p.t, index: p.index, a: p.a.magnitude, shift: nil, exponent: p.exponent)
    let (index, logScale) = (p.index, p.logScale)
    return Diagonal(
      formula: p.scale * p.t.power(2), logSlope: { logScale($0) + log(2 * $0[index]) },
      domain: .positive, image: .positive)
  }

  /// |a| exp(exponent)·√t for t > 0, onto (0, ∞)
  @Sendable private static func squareRoot(_ p: Parts) -> Diagonal {
    let p = Parts(t: p.t, index: p.index, a: p.a.magnitude, shift: nil, exponent: p.exponent)
    let (index, logScale) = (p.index, p.logScale)
    return Diagonal(
      formula: p.scale * p.t.squareRoot, logSlope: { logScale($0) - log(2 * sqrt($0[index])) },
      domain: .positive, image: .positive)
  }
}
