import Tensors

/// A rule for integrals over the cell (-½, ½)^m: Σ w f(u).
///
/// For m = 1 and 2 Gauss and Legendre's with 16 and 8² points, exact for polynomials of degree 31 and 15; in more
/// dimensions the mean over 128 points of Roberts' sequence (2018), which generalises the golden ratio's.
struct UnitCell {
  /// u of each point.
  let points: [[Double]]
  /// w of each point; their sum is 1.
  let weights: [Double]

  /// - Parameter dimensions: m; none for the cell of one point.
  init(dimensions: Int) {
    switch dimensions {
    case 0: (points, weights) = ([[]], [1])
    case 1:
      let rule = Self.gaussLegendre(16)
      (points, weights) = (rule.map { [$0.node] }, rule.map(\.weight))
    case 2:
      let rule = Self.gaussLegendre(8)
      points = rule.flatMap { first in rule.map { [first.node, $0.node] } }
      weights = rule.flatMap { first in rule.map { first.weight * $0.weight } }
    default:
      let sequence = Self.sequence(128, dimensions)
      (points, weights) = (sequence, sequence.map { _ in 1 / Double(sequence.count) })
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
