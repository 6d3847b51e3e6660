import Exact
import Foundation

/// x = (a z1 + b, c e^(d z1) z2, cbrt(g e^(-h z1) z3 + k z1²)), outputs permuted, z uniform on a box:
/// the density by formulas derived by hand,
///
///     z1 = (x1 - b)/a,  z2 = x2 e^(-d z1)/c,  z3 = (x3³ - k z1²) e^(h z1)/g
///     |det Df⁻¹(x)| = 3 x3² e^((h - d) z1) / |a c g|
struct CubeRootMap: Sendable {
  /// [lower, upper] with or without its ends.
  struct Side: Sendable {
    let lower: Rational
    let upper: Rational
    let hasLower: Bool
    let hasUpper: Bool

    var text: String { "\(hasLower ? "[" : "(")\(lower), \(upper)\(hasUpper ? "]" : ")")" }

    func contains(_ t: Rational) -> Bool {
      (t > lower || (hasLower && t == lower)) && (t < upper || (hasUpper && t == upper))
    }
  }

  let a, b, c, d, g, h, k: Rational
  /// A number whose cube, over g, lies in the third side.
  let root: Rational
  let box: [Side]
  /// The output that carries x1, x2 and x3.
  let outputs: [Int]

  static func random(using draw: inout SplitMix64) -> CubeRootMap {
    // 0 in the first side, so that points with z1 = 0 and rational images are in reach.
    let first = Side(
      lower: -Rational(draw.integer(in: 0...2)), upper: draw.positive(), hasLower: draw.flip(),
      hasUpper: draw.flip())
    let (g, root) = (draw.coefficient(), draw.coefficient(upTo: 2))
    let others = [draw.coefficient(upTo: 2), root * root * root / g].map { inside in
      Side(
        lower: inside - draw.positive(), upper: inside + (draw.flip(0.3) ? 0 : draw.positive()),
        hasLower: draw.flip(), hasUpper: draw.flip())
    }
    return CubeRootMap(
      a: draw.coefficient(), b: draw.coefficient(), c: draw.coefficient(), d: draw.coefficient(),
      g: g, h: draw.coefficient(), k: draw.coefficient(), root: root, box: [first] + others,
      outputs: draw.permutation(of: 3))
  }

  var source: String {
    let z = (0..<3).map { Term.coordinate($0, of: 3) }
    let formulas = [
      a * z[0] + .constant(b),
      c * ((d * z[0]).exponential * z[1]),
      (g * ((-h * z[0]).exponential * z[2]) + k * z[0].power(2)).cubeRoot,
    ]
    var placed = ["", "", ""]
    for (formula, output) in zip(formulas, outputs) { placed[output] = formula.text }
    return """
      z in R^3
      x = (\(placed.joined(separator: ", "))) in R^3
      z ~ uniform(\(box.map(\.text).joined(separator: " x ")))
      density
      """
  }

  var volume: Rational { box.reduce(.one) { $0 * ($1.upper - $1.lower) } }

  /// x1, x2, x3 in the order of the outputs.
  func placed<T>(_ values: [T]) -> [T] {
    var result = values
    for (value, output) in zip(values, outputs) { result[output] = value }
    return result
  }

  /// A point x = f(0, z2, r³/g), all rational, and the density there, exactly; on an end of a side
  /// in many cases, where membership must not depend on rounding.
  func exactCase(using draw: inout SplitMix64) -> (point: [Rational], density: Rational) {
    let z2 = draw.flip(0.4) ? draw.pick([box[1].lower, box[1].upper]) : draw.within(box[1])
    let r = draw.flip(0.8) ? root : draw.coefficient(upTo: 2)
    let z = [.zero, z2, r * r * r / g]
    let isInside = zip(box, z).allSatisfy { $0.contains($1) }
    let density = 3 * r * r / (a * c * g).magnitude / volume
    return (placed([b, c * z2, r]), isInside ? density : .zero)
  }

  /// A point x, most often in the image of the box, and the density there.
  func numericCase(using draw: inout SplitMix64) -> (point: [Rational], density: Double) {
    while true {
      // Close to the image of a point of the box, or of one somewhat outside.
      let z = box.map { side in
        draw.within(side) + (draw.flip(0.1) ? side.upper - side.lower : .zero)
      }
      let t = z[0].doubleValue
      let inner = (g * z[2]).doubleValue * exp(-h.doubleValue * t) + (k * z[0] * z[0]).doubleValue
      let x = [
        a * z[0] + b, rounded((c * z[1]).doubleValue * exp(d.doubleValue * t)),
        rounded(cbrt(inner)),
      ]
      // Rounding must not decide the membership: exact cases are for the ends of the sides.
      guard !x[2].isZero, zip(box, z).allSatisfy({ $0.distance(to: $1) > 1e-3 }) else { continue }
      let scale = exp((h - d).doubleValue * t) / volume.doubleValue
      let isInside = zip(box, z).allSatisfy { $0.contains($1) }
      let density = (3 * x[2] * x[2] / (a * c * g).magnitude).doubleValue * scale
      return (placed(x), isInside ? density : 0)
    }
  }

  /// The nearest multiple of 2^-24.
  private func rounded(_ x: Double) -> Rational {
    Rational(Int((x * 0x1p24).rounded()), over: 1 << 24)
  }
}

extension CubeRootMap.Side {
  /// How far `t` is from the nearer end.
  func distance(to t: Rational) -> Double {
    min((t - lower).magnitude, (upper - t).magnitude).doubleValue
  }
}

extension SplitMix64 {
  /// A point strictly between the ends.
  mutating func within(_ side: CubeRootMap.Side) -> Rational {
    side.lower + (side.upper - side.lower) * Rational(integer(in: 1...15), over: 16)
  }
}
