import CFlint
import CKernels

private let infinity = Double.infinity
private let halfPi = Double.pi / 2
private let rootHalf = 0.707_106_781_186_547_6

private func at(_ x: Double) -> Enclosure { Enclosure(x) }

/// Powers, exponentials and logarithms.
let exponentialCases: [UnaryCase] = [
  UnaryCase(
    name: "sqrt", function: DIFFEO_UNARY_SQRT, domain: { $0 >= 0 },
    limits: (.nan, -0.0, 0, infinity),
    interval: 0...1e6, bound: 0.5
  ) { at($0).map(arb_sqrt, $1) },
  UnaryCase(
    name: "recip", function: DIFFEO_UNARY_RECIP, limits: (-0.0, -infinity, infinity, 0), bound: 0.5
  ) { at(1).over(at($0), $1) },
  UnaryCase(
    name: "cbrt", function: DIFFEO_UNARY_CBRT, limits: (-infinity, -0.0, 0, infinity),
    interval: -1e6...1e6
  ) { x, p in
    let root = at(x.magnitude).map({ arb_root_ui($0, $1, 3, $2) }, p)
    return x < 0 ? root.negated : root
  },
  UnaryCase(
    name: "square", function: DIFFEO_UNARY_SQUARE, limits: (infinity, 0, 0, infinity), bound: 0.5
  ) { at($0).times(at($0), $1) },
  UnaryCase(
    name: "exp", function: DIFFEO_UNARY_EXP, limits: (0, 1, 1, infinity), saturates: -1e5...1e5,
    centres: [
      88.722_839, -87.336_54, -103.972_08, 709.782_712_893_384, -708.396_418_532_264,
      -745.133_219_101_941, 0.346_573_59, -0.346_573_59,
    ],
    interval: -110...95
  ) { at($0).map(arb_exp, $1) },
  UnaryCase(
    name: "expm1", function: DIFFEO_UNARY_EXPM1, limits: (-1, -0.0, 0, infinity),
    saturates: -1e5...1e5,
    centres: [
      88.722_839, 709.782_712_893_384, -17.3, -37.4, -20, -40, 0.346_573_59, -0.346_573_59,
    ],
    interval: -50...95
  ) { at($0).map(arb_expm1, $1) },
  UnaryCase(
    name: "log", function: DIFFEO_UNARY_LOG, domain: { $0 > 0 },
    limits: (.nan, -infinity, -infinity, infinity), specials: [1: 0],
    centres: [rootHalf, 2 * rootHalf, 0x1p-126, 0x1p-1022], interval: 0...10
  ) { at($0).map(arb_log, $1) },
  UnaryCase(
    name: "log1p", function: DIFFEO_UNARY_LOG1P, domain: { $0 > -1 },
    limits: (.nan, -0.0, 0, infinity), specials: [-1: -infinity],
    centres: [rootHalf - 1, 2 * rootHalf - 1, 0.25, -0.25], interval: -1...10
  ) { at($0).map(arb_log1p, $1) },
  UnaryCase(
    name: "tanh", function: DIFFEO_UNARY_TANH, limits: (-1, -0.0, 0, 1), saturates: -1e5...1e5,
    centres: [9.01, 10, 19.06, 20, 0.173_286_8], interval: -22...22
  ) { at($0).map(arb_tanh, $1) },
  UnaryCase(
    name: "sigmoid", function: DIFFEO_UNARY_SIGMOID, limits: (0, 0.5, 0.5, 1),
    saturates: -1e5...1e5,
    centres: [-87.336_54, -103.972_08, -708.396_418_532_264, -745.133_219_101_941],
    interval: -110...60
  ) { at(1).over(at(1).plus(at(-$0).map(arb_exp, $1), $1), $1) },
  UnaryCase(
    name: "softplus", function: DIFFEO_UNARY_SOFTPLUS,
    limits: (0, 0.693_147_180_559_945_3, 0.693_147_180_559_945_3, infinity),
    saturates: -1e5...infinity,
    centres: [-87.336_54, -103.972_08, -708.396_418_532_264, -745.133_219_101_941, 0.881_373_587],
    interval: -110...60, value: softplus),
]

/// log(1 + eˣ), from the smaller of eˣ and e⁻ˣ.
@Sendable private func softplus(_ x: Double, _ precision: Int) -> Enclosure {
  let tail = at(-x.magnitude).map(arb_exp, precision).map(arb_log1p, precision)
  return x > 0 ? at(x).plus(tail, precision) : tail
}

/// Trigonometric and hyperbolic functions and their inverses.
let trigonometricCases: [UnaryCase] = [
  UnaryCase(
    name: "sin", function: DIFFEO_UNARY_SIN, limits: (.nan, -0.0, 0, .nan), centres: quarterTurns,
    interval: -20_000...20_000
  ) { at($0).map(arb_sin, $1) },
  UnaryCase(
    name: "cos", function: DIFFEO_UNARY_COS, limits: (.nan, 1, 1, .nan), centres: quarterTurns,
    interval: -20_000...20_000
  ) { at($0).map(arb_cos, $1) },
  UnaryCase(
    name: "tan", function: DIFFEO_UNARY_TAN, limits: (.nan, -0.0, 0, .nan), centres: quarterTurns,
    interval: -20_000...20_000
  ) { at($0).map(arb_tan, $1) },
  UnaryCase(
    name: "asin", function: DIFFEO_UNARY_ASIN, domain: { abs($0) <= 1 },
    limits: (.nan, -0.0, 0, .nan), centres: [0.5, -0.5], interval: -1...1
  ) { at($0).map(arb_asin, $1) },
  UnaryCase(
    name: "acos", function: DIFFEO_UNARY_ACOS, domain: { abs($0) <= 1 },
    limits: (.nan, halfPi, halfPi, .nan), specials: [1: 0], centres: [0.5, -0.5], interval: -1...1
  ) { at($0).map(arb_acos, $1) },
  UnaryCase(
    name: "atan", function: DIFFEO_UNARY_ATAN, limits: (-halfPi, -0.0, 0, halfPi),
    centres: [0.4375, 0.6875, 1.1875, 2.4375]
  ) { at($0).map(arb_atan, $1) },
  UnaryCase(
    name: "sinh", function: DIFFEO_UNARY_SINH, limits: (-infinity, -0.0, 0, infinity),
    saturates: -1e5...1e5, centres: [89.415_99, 710.475_860_073_944, 22], interval: -95...95
  ) { at($0).map(arb_sinh, $1) },
  UnaryCase(
    name: "cosh", function: DIFFEO_UNARY_COSH, limits: (infinity, 1, 1, infinity),
    saturates: -1e5...1e5, centres: [89.415_99, 710.475_860_073_944, 22], interval: -95...95
  ) { at($0).map(arb_cosh, $1) },
  UnaryCase(
    name: "asinh", function: DIFFEO_UNARY_ASINH, limits: (-infinity, -0.0, 0, infinity),
    centres: [2, 0x1p28]
  ) { at($0).map(arb_asinh, $1) },
  UnaryCase(
    name: "acosh", function: DIFFEO_UNARY_ACOSH, domain: { $0 >= 1 },
    limits: (.nan, .nan, .nan, infinity), specials: [1: 0], centres: [2, 0x1p28], interval: 1...100
  ) { at($0).map(arb_acosh, $1) },
  UnaryCase(
    name: "atanh", function: DIFFEO_UNARY_ATANH, domain: { abs($0) < 1 },
    limits: (.nan, -0.0, 0, .nan), specials: [1: infinity, -1: -infinity], centres: [0.5, -0.5],
    interval: -1...1
  ) { at($0).map(arb_atanh, $1) },
]

/// Multiples of π/2, small and up to beyond where arguments are reduced another way; a double next to a multiple
/// closer than any other (Muller 2016, section 11.3).
private let quarterTurns =
  [1, 2, 3, 4, 5, 6, 7, 100, 1001, 10_000, 10_430, 10_431].map { Double($0) * halfPi }
  + [16_384, -16_384, 6_381_956_970_095_103 * 0x1p797, 0.25 * .pi, 0.75 * .pi]
