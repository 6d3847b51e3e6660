import Tensors

/// A rule for integrals over the cell (-½, ½)^m: Σ w f(u).
///
/// For m = 1 and 2 Gauss and Legendre's with 16 and 8² points, exact for polynomials of degree 31 and 15, on each of
/// 2^(m l) equal parts of the cell, l being the level; in more dimensions the mean over 128 4^l points of Roberts'
/// sequence (2018), which generalises the golden ratio's. The difference of two levels tells how good the lower one is.
struct UnitCell {
  /// u of each point.
  let points: [[Double]]
  /// w of each point; their sum is 1.
  let weights: [Double]

  /// The finest level that is of use for m dimensions.
  static func finestLevel(dimensions: Int) -> Int { dimensions <= 2 ? 3 : 2 }

  /// - Parameters:
  ///   - dimensions: m; none for the cell of one point.
  ///   - level: l ≥ 0
  init(dimensions: Int, level: Int = 0) {
    switch dimensions {
    case 0: (points, weights) = ([[]], [1])
    case 1:
      let rule = Self.composite(16, parts: 1 << level)
      (points, weights) = (rule.map { [$0.node] }, rule.map(\.weight))
    case 2:
      let rule = Self.composite(8, parts: 1 << level)
      points = rule.flatMap { first in rule.map { [first.node, $0.node] } }
      weights = rule.flatMap { first in rule.map { first.weight * $0.weight } }
    default:
      let sequence = Self.sequence(128 << (2 * level), dimensions)
      (points, weights) = (sequence, sequence.map { _ in 1 / Double(sequence.count) })
    }
  }

  /// The rule with n points on each of some equal parts of (-½, ½).
  private static func composite(_ n: Int, parts: Int) -> [(node: Double, weight: Double)] {
    let rule = gaussLegendre(n)
    let width = 1 / Double(parts)
    return (0..<parts).flatMap { part in
      rule.map { ((Double(part) + 0.5 + $0.node) * width - 0.5, $0.weight * width) }
    }
  }

  /// The roots of the Legendre polynomial of degree n by Newton's method, and 1/((1 - x²) P′(x)²), for (-½, ½).
  private static func gaussLegendre(_ n: Int) -> [(node: Double, weight: Double)] {
    (1...n).map { number in
      let angle = Double.pi * (Double(number) - 0.25) / (Double(n) + 0.5)
      var x = UnaryFunction.cosine.value(angle)
      var slope = 0.0
      for _ in 0..<8 {
        var (last, value) = (1.0, x)
        for k in 2...n {
          (last, value) = (
            value, (Double(2 * k - 1) * x * value - Double(k - 1) * last) / Double(k)
          )
        }
        slope = Double(n) * (x * value - last) / (x * x - 1)
        x -= value / slope
      }
      return (x / 2, 1 / ((1 - x * x) * slope * slope))
    }
  }

  /// Multiples of (1/g, 1/g², …) modulo 1, g > 1 being the root of g^(m+1) = g + 1.
  private static func sequence(_ count: Int, _ dimensions: Int) -> [[Double]] {
    var g = 2.0
    for _ in 0..<64 {
      let logarithm = UnaryFunction.logarithm.value(1 + g) / Double(dimensions + 1)
      g = UnaryFunction.exponential.value(logarithm)
    }
    return (1...count).map { number in
      var step = 1.0
      return (0..<dimensions).map { _ in
        step /= g
        let multiple = 0.5 + Double(number) * step
        return multiple - multiple.rounded(.down) - 0.5
      }
    }
  }
}
