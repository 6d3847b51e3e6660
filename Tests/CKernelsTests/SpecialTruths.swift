import CFlint
import CKernels
import Foundation

private let infinity = Double.infinity

private func at(_ x: Double) -> Enclosure { Enclosure(x) }

/// The error function, the normal distribution, gamma and Bessel functions.
let specialCases: [UnaryCase] = [
  UnaryCase(
    name: "erf", function: DIFFEO_UNARY_ERF, limits: (-1, -0.0, 0, 1), saturates: -1e3...1e3,
    centres: [0.84375, 1.25, 2.857, 6], interval: -7...7, isSlow: true
  ) { at($0).map(arb_hypgeom_erf, $1) },
  UnaryCase(
    name: "erfc", function: DIFFEO_UNARY_ERFC, limits: (2, 1, 1, 0), saturates: -1e3...1e3,
    centres: [0.84375, 1.25, 2.857, 9.19, 10.06, 26.54, 27.23], interval: -7...28, isSlow: true
  ) { at($0).map(arb_hypgeom_erfc, $1) },
  UnaryCase(
    name: "erfinv", function: DIFFEO_UNARY_ERFINV, domain: { abs($0) < 1 },
    limits: (.nan, -0.0, 0, .nan), specials: [1: infinity, -1: -infinity],
    centres: [0.5, -0.5, 1e-8], interval: -1...1, isSlow: true
  ) { at($0).map(arb_hypgeom_erfinv, $1) },
  UnaryCase(
    name: "ndtr", function: DIFFEO_UNARY_NDTR, limits: (0, 0.5, 0.5, 1), saturates: -1e3...1e3,
    centres: [-12.9, -14.2, -37.519, -38.485], interval: -39...9, isSlow: true, value: ndtr),
  UnaryCase(
    name: "log_ndtr", function: DIFFEO_UNARY_LOG_NDTR, limits: (-infinity, -log2, -log2, -0.0),
    saturates: -infinity...1e3, centres: [-1, -7, 13, 14.2, 37.519, 38.485], interval: -45...39,
    isSlow: true, value: logNdtr),
  UnaryCase(
    name: "ndtri", function: DIFFEO_UNARY_NDTRI, domain: { $0 > 0 && $0 < 1 },
    limits: (.nan, -infinity, -infinity, .nan), specials: [0.5: 0, 1: infinity],
    centres: [0.25, 0.5, 0.75], interval: 0...1, isSlow: true, value: ndtri),
  UnaryCase(
    name: "lgamma", function: DIFFEO_UNARY_LGAMMA, domain: { $0 > 0 || $0 != $0.rounded() },
    outside: infinity, limits: (infinity, infinity, infinity, infinity), specials: [1: 0, 2: 0],
    centres: [
      1, 2, 1.461_632_144_968_362_3, -2.457_024_738_220_800_4, -3.5, 8, 7, 0x1p58,
      2.556_348_2e305,
    ],
    interval: -50...50, isSlow: true, value: logGamma),
  UnaryCase(
    name: "digamma", function: DIFFEO_UNARY_DIGAMMA, domain: { $0 > 0 || $0 != $0.rounded() },
    limits: (.nan, infinity, -infinity, infinity),
    centres: [1.461_632_144_968_362_3, 10, 12, -0.504_083_008_264_455_4], interval: 0...30,
    isSlow: true,
    terms: { $0 < 0 ? abs(.pi / tan(.pi * ($0 - $0.rounded()))) + log(2 - $0) : 0 }
  ) { at($0).map(arb_digamma, $1) },
  UnaryCase(
    name: "log_i0", function: DIFFEO_UNARY_LOG_I0, limits: (infinity, 0, 0, infinity),
    centres: [20, 30], interval: -40...40, isSlow: true, value: logBessel),
]

private let log2 = 0.693_147_180_559_945_3

/// x / √2
private func overRootTwo(_ x: Double, _ precision: Int) -> Enclosure {
  at(x).over(at(2).map(arb_sqrt, precision), precision)
}

/// Φ(x) = erfc(-x/√2)/2
@Sendable func ndtr(_ x: Double, _ precision: Int) -> Enclosure {
  overRootTwo(-x, precision).map(arb_hypgeom_erfc, precision).scaled(byPowerOfTwo: -1)
}

/// log Φ(x); far out -x²/2 - log(√(2π)|x|) - 1/x², with an error of the order of x⁻⁴ (Abramowitz and
/// Stegun 26.2.12).
@Sendable private func logNdtr(_ x: Double, _ precision: Int) -> Enclosure {
  if x > 0 { return ndtr(-x, precision).negated.map(arb_log1p, precision) }
  if x > -0x1p20 { return ndtr(x, precision).map(arb_log, precision) }
  let size = at(-x)
  let square = size.times(size, precision)
  let circle = Enclosure.pi(precision).scaled(byPowerOfTwo: 1)
  let factor = circle.times(square, precision).map(arb_log, precision)
  let main = square.plus(factor, precision).scaled(byPowerOfTwo: -1)
  return main.plus(at(1).over(square, precision), precision).negated
}

/// Φ⁻¹(p) = -√2 erfc⁻¹(2p)
@Sendable func ndtri(_ p: Double, _ precision: Int) -> Enclosure {
  let twice = at(p).scaled(byPowerOfTwo: 1)
  let y =
    p < 0.25
    ? twice.map(arb_hypgeom_erfcinv, precision).negated
    : twice.minus(at(1), precision * 8).map(arb_hypgeom_erfinv, precision)
  return y.times(at(2).map(arb_sqrt, precision), precision)
}

/// log|Γ(x)|, for x < 0 by reflection: π/(|sin πx| Γ(1 - x)).
@Sendable private func logGamma(_ x: Double, _ precision: Int) -> Enclosure {
  if x > 0 { return at(x).map(arb_lgamma, precision) }
  let pi = Enclosure.pi(precision)
  let sine = at(x).map(arb_sin_pi, precision).map({ y, x, _ in arb_abs(y, x) }, precision)
  let reflected = at(1).minus(at(x), precision * 8).map(arb_lgamma, precision)
  return pi.over(sine, precision).map(arb_log, precision).minus(reflected, precision)
}

/// e⁻|ˣ| I(x) of an order; near zero by the power series, far out by the asymptotic one (DLMF 10.40.1), each with a
/// remainder below 2⁻¹¹⁰ of the value.
func scaledBessel(_ order: Int, _ x: Double, _ precision: Int) -> Enclosure {
  let size = at(x.magnitude)
  let square = size.times(size, precision)
  let value: Enclosure
  if x.magnitude < 0x1p-30 {
    let second = square.scaled(byPowerOfTwo: order == 0 ? -2 : -3)
    let fourth = square.times(square, precision).over(at(order == 0 ? 64 : 192), precision)
    let series = at(1).plus(second, precision).plus(fourth, precision)
      .times(size.negated.map(arb_exp, precision), precision)
    value = order == 0 ? series : series.times(size, precision).scaled(byPowerOfTwo: -1)
  } else if x.magnitude > 0x1p30 {
    let circle = Enclosure.pi(precision).scaled(byPowerOfTwo: 1)
    var term = at(1)
    var sum = at(1)
    for k in 1...3 {
      let factor = at(Double((2 * k - 1) * (2 * k - 1) - 4 * order * order))
      term = term.times(factor, precision).over(at(Double(8 * k)).times(size, precision), precision)
      sum = sum.plus(term, precision)
    }
    value = sum.over(circle.times(size, precision).map(arb_sqrt, precision), precision)
  } else {
    value = at(Double(order)).map(arb_hypgeom_bessel_i_scaled, size, precision)
  }
  return order == 1 && x < 0 ? value.negated : value
}

/// log I₀(x), which lies between x²/4 - x⁴/64 and x²/4.
@Sendable private func logBessel(_ x: Double, _ precision: Int) -> Enclosure {
  let size = at(x.magnitude)
  if x.magnitude < 0x1p-60 { return size.times(size, precision).scaled(byPowerOfTwo: -2) }
  return scaledBessel(0, x, precision).map(arb_log, precision).plus(size, precision)
}
