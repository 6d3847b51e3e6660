import CFlint
import CKernels

private let infinity = Double.infinity

private func at(_ x: Double) -> Enclosure { Enclosure(x) }

/// Functions of programs without a kernel, computed one number at a time.
let definitionCases: [UnaryCase] = [
  UnaryCase(
    name: "trigamma", function: DIFFEO_UNARY_COUNT, domain: { $0 > 0 },
    limits: (.nan, .nan, .nan, 0), centres: [13, 8.770_687_403_406_67, 9.047_722_107_123_187],
    interval: 0...30, isSlow: true
  ) { trigamma($0, $1) },
  UnaryCase(
    name: "bessel_ratio", function: DIFFEO_UNARY_COUNT, limits: (-1, -0.0, 0, 1),
    centres: [20], interval: -60...60, isSlow: true
  ) { scaledBessel(1, $0, $1).over(scaledBessel(0, $0, $1), $1) },
  UnaryCase(
    name: "lambert_w0", function: DIFFEO_UNARY_COUNT, domain: { $0 > -0.367_879_441_171_442_33 },
    limits: (.nan, -0.0, 0, .nan), centres: [-0.367_879_441_171_442_33, -0.25, 3, .e],
    interval: -0.36...10, isSlow: true
  ) { at($0).map({ arb_lambertw($0, $1, 0, $2) }, $1) },
  UnaryCase(
    name: "lambert_w-1", function: DIFFEO_UNARY_COUNT,
    domain: { $0 > -0.367_879_441_171_442_33 && $0 < 0 }, limits: (.nan, .nan, .nan, .nan),
    centres: [-0.367_879_441_171_442_33, -0.25], interval: -0.36...0, isSlow: true
  ) { at($0).map({ arb_lambertw($0, $1, 1, $2) }, $1) },
  UnaryCase(
    name: "wright_omega", function: DIFFEO_UNARY_COUNT,
    limits: (0, 0.567_143_290_409_783_87, 0.567_143_290_409_783_87, infinity),
    saturates: -1e5...infinity, centres: [-745, 1, 709], interval: -60...60, isSlow: true,
    value: wrightOmega),
]

/// W(eˣ); far out x - log x + log x/x, the next term being below 2⁻¹⁶⁰ of it.
@Sendable func wrightOmega(_ x: Double, _ precision: Int) -> Enclosure {
  if x < 0x1p64 {
    return at(x).map(arb_exp, precision).map({ arb_lambertw($0, $1, 0, $2) }, precision)
  }
  let logarithm = at(x).map(arb_log, precision)
  return at(x).minus(logarithm, precision)
    .plus(logarithm.over(at(x), precision), precision)
}

/// ψ'(x) = ζ(2, x); 1/x² near zero, 1/x + 1/(2x²) far out, each with a remainder below 2⁻¹¹⁰ of the value.
func trigamma(_ x: Double, _ precision: Int) -> Enclosure {
  let inverse = at(1).over(at(x), precision)
  let square = inverse.times(inverse, precision)
  if x < 0x1p-60 { return square }
  if x > 0x1p60 { return inverse.plus(square.scaled(byPowerOfTwo: -1), precision) }
  return at(2).map(arb_hurwitz_zeta, at(x), precision)
}

extension Double {
  fileprivate static let e = 2.718_281_828_459_045
}
