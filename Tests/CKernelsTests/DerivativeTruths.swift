import CFlint
import CKernels
import Tensors
import Testing

private let infinity = Double.infinity

private func at(_ x: Double) -> Enclosure { Enclosure(x) }

/// A function with its derivative, whose limits at ±∞ are not looked at.
struct DerivativeCase: Sendable, CustomTestStringConvertible {
  let function: UnaryFunction
  let truth: UnaryCase

  var testDescription: String { truth.name }

  /// - Parameters:
  ///   - function: f
  ///   - domain: where f' is tried.
  ///   - atZero: f'(-0) and f'(0).
  ///   - centres: where the form of f' changes.
  ///   - interval: where most points lie.
  ///   - bound: in units in the last place.
  ///   - saturates: see ``UnaryCase``.
  ///   - isSlow: see ``UnaryCase``.
  ///   - value: f'
  init(
    _ function: UnaryFunction, domain: @escaping @Sendable (Double) -> Bool = { _ in true },
    atZero: (Double, Double), centres: [Double] = [], interval: ClosedRange<Double> = -40...40,
    bound: Double = 4, saturates: ClosedRange<Double> = -infinity...infinity, isSlow: Bool = false,
    value: @escaping UnaryCase.Value
  ) {
    self.function = function
    truth = UnaryCase(
      name: "\(function)'", function: DIFFEO_UNARY_COUNT, domain: domain,
      limits: (.nan, atZero.0, atZero.1, .nan), saturates: saturates, centres: centres,
      interval: interval, isSlow: isSlow, bound: bound, value: value)
  }
}

/// The functions whose derivatives are promised to be within 4 ulp.
let elementaryDerivatives: [DerivativeCase] = [
  DerivativeCase(.exponential, atZero: (1, 1), interval: -110...95, saturates: -1e5...1e5) {
    at($0).map(arb_exp, $1)
  },
  DerivativeCase(.expm1, atZero: (1, 1), interval: -110...95, saturates: -1e5...1e5) {
    at($0).map(arb_exp, $1)
  },
  DerivativeCase(
    .logarithm, domain: { $0 >= 0 }, atZero: (-infinity, infinity), interval: 0...10
  ) { at(1).over(at($0), $1) },
  DerivativeCase(.log1p, domain: { $0 > -1 }, atZero: (1, 1), interval: -1...10) {
    at(1).over(at(1).plus(at($0), $1 * 8), $1)
  },
  DerivativeCase(.tanh, atZero: (1, 1), centres: [45, 52, 372], saturates: -1e5...1e5) { x, p in
    let e = at(-x.magnitude).scaled(byPowerOfTwo: 1).map(arb_exp, p)
    return e.scaled(byPowerOfTwo: 2).over(square(at(1).plus(e, p), p), p)
  },
  DerivativeCase(
    .sigmoid, atZero: (0.25, 0.25), centres: [88, 104, 708, 745], interval: -110...110,
    saturates: -1e5...1e5
  ) { x, p in
    let e = at(-x.magnitude).map(arb_exp, p)
    return e.over(square(at(1).plus(e, p), p), p)
  },
  DerivativeCase(.softplus, atZero: (0.5, 0.5), interval: -110...60, saturates: -1e5...1e5) {
    at(1).over(at(1).plus(at(-$0).map(arb_exp, $1), $1), $1)
  },
  DerivativeCase(.sine, atZero: (1, 1), interval: -20_000...20_000) { at($0).map(arb_cos, $1) },
  DerivativeCase(.cosine, atZero: (0.0, -0.0), interval: -20_000...20_000) {
    at($0).map(arb_sin, $1).negated
  },
  DerivativeCase(
    .erf, atZero: (twoOverRootPi, twoOverRootPi), centres: [9.3, 10.2, 26.6, 27.3, 40],
    interval: -28...28, saturates: -1e3...1e3, isSlow: true, value: erfSlope),
]

/// The others. Bounds above 4 are errors that were measured, rounded up to 8 (5.4 at most) and 16 (11.3); ∛x², of a root that
/// is within 4 ulp, has twice its error and two roundings.
let otherDerivatives: [DerivativeCase] = [
  DerivativeCase(
    .erfc, atZero: (-twoOverRootPi, -twoOverRootPi), saturates: -1e3...1e3, isSlow: true
  ) {
    erfSlope($0, $1).negated
  },
  DerivativeCase(
    .normalCDF, atZero: (oneOverRootTwoPi, oneOverRootTwoPi), centres: [13.1, 14.4, 37.6, 38.6],
    saturates: -1e3...1e3, isSlow: true, value: normalDensity),
  DerivativeCase(
    .logNormalCDF, atZero: (2 * oneOverRootTwoPi, 2 * oneOverRootTwoPi),
    centres: [-12, 13.1, 38.6], bound: 8,
    saturates: -infinity...1e3, isSlow: true, value: inverseMills),
  DerivativeCase(
    .normalQuantile, domain: { $0 > 0 && $0 < 1 }, atZero: (.nan, .nan), centres: [0.5, 1.8e-33],
    interval: 0...1, bound: 8, isSlow: true
  ) { p, precision in
    let y = ndtri(p, precision)
    let root = Enclosure.pi(precision).scaled(byPowerOfTwo: 1).map(arb_sqrt, precision)
    return square(y, precision).scaled(byPowerOfTwo: -1).map(arb_exp, precision).times(
      root, precision)
  },
  DerivativeCase(
    .inverseErf, domain: { abs($0) < 1 }, atZero: (1 / twoOverRootPi, 1 / twoOverRootPi),
    interval: -1...1, bound: 8, isSlow: true
  ) { x, p in
    let root = Enclosure.pi(p).map(arb_sqrt, p).scaled(byPowerOfTwo: -1)
    return square(at(x).map(arb_hypgeom_erfinv, p), p).map(arb_exp, p).times(root, p)
  },
  DerivativeCase(.square, atZero: (-0.0, 0)) { x, _ in at(x).scaled(byPowerOfTwo: 1) },
  DerivativeCase(.squareRoot, domain: { $0 >= 0 }, atZero: (-infinity, infinity), interval: 0...100)
  {
    at($0).map(arb_rsqrt, $1).scaled(byPowerOfTwo: -1)
  },
  DerivativeCase(.cubeRoot, atZero: (infinity, infinity), bound: 10) { x, p in
    let root = at(x.magnitude).map({ arb_root_ui($0, $1, 3, $2) }, p)
    return at(1).over(at(3).times(square(root, p), p), p)
  },
  DerivativeCase(.reciprocal, atZero: (-infinity, -infinity)) {
    at(1).over(square(at($0), $1), $1).negated
  },
  DerivativeCase(.tangent, atZero: (1, 1), interval: -20_000...20_000, bound: 8) {
    square(at($0).map(arb_sec, $1), $1)
  },
  DerivativeCase(.arcsine, domain: { abs($0) < 1 }, atZero: (1, 1), interval: -1...1) {
    oneMinusSquare($0, $1).map(arb_rsqrt, $1)
  },
  DerivativeCase(.arccosine, domain: { abs($0) < 1 }, atZero: (-1, -1), interval: -1...1) {
    oneMinusSquare($0, $1).map(arb_rsqrt, $1).negated
  },
  DerivativeCase(.arctangent, atZero: (1, 1)) {
    at(1).over(at(1).plus(square(at($0), $1), $1), $1)
  },
  DerivativeCase(.sinh, atZero: (1, 1), interval: -95...95, saturates: -1e5...1e5) {
    at($0).map(arb_cosh, $1)
  },
  DerivativeCase(.cosh, atZero: (-0.0, 0), interval: -95...95, saturates: -1e5...1e5) {
    at($0).map(arb_sinh, $1)
  },
  DerivativeCase(.asinh, atZero: (1, 1)) {
    at(1).plus(square(at($0), $1), $1).map(arb_rsqrt, $1)
  },
  DerivativeCase(.acosh, domain: { $0 > 1 }, atZero: (.nan, .nan), interval: 1...100) {
    at($0).minus(at(1), $1 * 8).times(at($0).plus(at(1), $1 * 8), $1).map(arb_rsqrt, $1)
  },
  DerivativeCase(.atanh, domain: { abs($0) < 1 }, atZero: (1, 1), interval: -1...1) {
    at(1).over(oneMinusSquare($0, $1), $1)
  },
  DerivativeCase(
    .logGamma, domain: { $0 > 0 }, atZero: (infinity, -infinity), interval: 0...30, isSlow: true
  ) {
    at($0).map(arb_digamma, $1)
  },
  DerivativeCase(
    .polygamma(0), domain: { $0 > 0 }, atZero: (.nan, .nan), interval: 0...30, isSlow: true
  ) {
    trigamma($0, $1)
  },
  DerivativeCase(
    .polygamma(1), domain: { $0 > 0 }, atZero: (.nan, .nan), interval: 0...30, bound: 8,
    isSlow: true,
    value: tetragamma),
  DerivativeCase(.logBesselI0, atZero: (-0.0, 0), interval: -60...60, isSlow: true) {
    scaledBessel(1, $0, $1).over(scaledBessel(0, $0, $1), $1)
  },
  DerivativeCase(
    .besselRatio, atZero: (0.5, 0.5), centres: [30], interval: -60...60, bound: 16, isSlow: true,
    value: besselRatioSlope),
  DerivativeCase(
    .lambertW(branch: 0), domain: { $0 > -0.36 }, atZero: (1, 1), interval: -0.36...10, bound: 8,
    isSlow: true
  ) { lambertSlope($0, 0, $1) },
  DerivativeCase(
    .lambertW(branch: -1), domain: { $0 > -0.36 && $0 < 0 }, atZero: (.nan, .nan),
    interval: -0.36...0, bound: 8, isSlow: true
  ) { lambertSlope($0, 1, $1) },
  DerivativeCase(
    .wrightOmega, atZero: (0.361_896_256_634_889_2, 0.361_896_256_634_889_2), interval: -60...60,
    saturates: -1e5...infinity, isSlow: true
  ) { x, p in
    let w = wrightOmega(x, p)
    return w.over(at(1).plus(w, p), p)
  },
]

private let twoOverRootPi = 1.128_379_167_095_512_6
private let oneOverRootTwoPi = 0.398_942_280_401_432_7

private func square(_ x: Enclosure, _ precision: Int) -> Enclosure { x.times(x, precision) }

private func oneMinusSquare(_ x: Double, _ precision: Int) -> Enclosure {
  at(1).minus(at(x), precision * 8).times(at(1).plus(at(x), precision * 8), precision)
}

/// 2/√π exp(-x²)
@Sendable private func erfSlope(_ x: Double, _ precision: Int) -> Enclosure {
  let root = Enclosure.pi(precision).map(arb_rsqrt, precision).scaled(byPowerOfTwo: 1)
  return square(at(x), precision).negated.map(arb_exp, precision).times(root, precision)
}

/// φ(x) = exp(-x²/2)/√(2π)
@Sendable private func normalDensity(_ x: Double, _ precision: Int) -> Enclosure {
  let root = Enclosure.pi(precision).scaled(byPowerOfTwo: 1).map(arb_rsqrt, precision)
  return square(at(x), precision).negated.scaled(byPowerOfTwo: -1).map(arb_exp, precision)
    .times(root, precision)
}

/// φ(x)/Φ(x); far down t + 1/t - 2/t³ + 10/t⁵ with t = -x, whose next term is below 2⁻¹⁰⁰ of it.
@Sendable private func inverseMills(_ x: Double, _ precision: Int) -> Enclosure {
  if x > -0x1p14 { return normalDensity(x, precision).over(ndtr(x, precision), precision) }
  let t = at(-x)
  let w = at(1).over(square(t, precision), precision)
  let inner = at(2).minus(at(10).times(w, precision), precision)
  let factor = at(1).plus(
    w.times(at(1).minus(w.times(inner, precision), precision), precision), precision)
  return t.times(factor, precision)
}

/// ψ''(x) = -2 ζ(3, x); -2/x³ near zero, -1/x² - 1/x³ far out, each with a remainder below 2⁻¹¹⁰ of the value.
@Sendable private func tetragamma(_ x: Double, _ precision: Int) -> Enclosure {
  let inverse = at(1).over(at(x), precision)
  let power = square(inverse, precision)
  if x < 0x1p-60 { return power.times(inverse, precision).scaled(byPowerOfTwo: 1).negated }
  if x > 0x1p60 { return power.plus(power.times(inverse, precision), precision).negated }
  return at(3).map(arb_hurwitz_zeta, at(x), precision).scaled(byPowerOfTwo: 1).negated
}

/// A' = 1 - A/x - A² with A = I₁(x)/I₀(x) (DLMF 10.29.2). Near zero 1/2 - 3x²/16, far out
/// 1/(2x²) + 1/(4x³) + 3/(8x⁴) + 25/(32x⁵), each with a remainder below 2⁻¹¹⁰ of the value.
@Sendable private func besselRatioSlope(_ x: Double, _ precision: Int) -> Enclosure {
  let size = at(x.magnitude)
  if x.magnitude < 0x1p-30 {
    let second = at(3).times(square(size, precision), precision).scaled(byPowerOfTwo: -4)
    return at(0.5).minus(second, precision)
  }
  let w = at(1).over(size, precision)
  if x.magnitude > 0x1p30 {
    var sum = at(25.0 / 32)
    for term in [3.0 / 8, 1.0 / 4, 1.0 / 2] {
      sum = at(term).plus(sum.times(w, precision), precision)
    }
    return sum.times(square(w, precision), precision)
  }
  let ratio = scaledBessel(1, x.magnitude, precision).over(scaledBessel(0, x, precision), precision)
  return at(1).minus(ratio.times(w, precision), precision).minus(
    square(ratio, precision), precision)
}

/// 1/(eʷ (1 + w)), w = W(x)
private func lambertSlope(_ x: Double, _ branch: Int32, _ precision: Int) -> Enclosure {
  let w = at(x).map({ arb_lambertw($0, $1, branch, $2) }, precision)
  return at(1).over(w.map(arb_exp, precision).times(at(1).plus(w, precision), precision), precision)
}
