import Foundation

/// Integrals of smooth densities by rules that converge faster than any power of the step.
enum Quadrature {
  /// ∫ g over R: the trapezoidal rule after x = center + sinh(π/2 sinh t).
  static func line(
    around center: Double, _ g: ([Double]) throws -> [Double]
  ) rethrows -> Double {
    let step = 1.0 / 128
    let t = (-512...512).map { Double($0) * step }
    let inner = t.map { Double.pi / 2 * sinh($0) }
    let values = try g(inner.map { center + sinh($0) })
    return t.indices.reduce(0) { sum, i in
      // Beyond the reach of Double the density is 0.
      let weight = Double.pi / 2 * cosh(t[i]) * cosh(inner[i])
      return values[i] > 0 && weight.isFinite ? sum + step * weight * values[i] : sum
    }
  }

  /// ∫ g over a rectangle, g taking one column a coordinate: the composite rule of Gauss with three
  /// points on 60 × 60 cells.
  static func box(
    _ sides: [(lower: Double, upper: Double)], _ g: ([[Double]]) throws -> [Double]
  ) rethrows -> Double {
    let rules = sides.map { rule(from: $0.lower, to: $0.upper, cells: 60) }
    let first = rules[0].flatMap { x in rules[1].map { _ in x.node } }
    let second = rules[0].flatMap { _ in rules[1].map(\.node) }
    let weights = rules[0].flatMap { x in rules[1].map { x.weight * $0.weight } }
    return zip(try g([first, second]), weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Nodes and weights of the rule of Gauss with three points on [-1, 1], the weights adding to 1.
  private static let gauss: [(node: Double, weight: Double)] = [
    (-0.6.squareRoot(), 5 / 18), (0, 4 / 9), (0.6.squareRoot(), 5 / 18),
  ]

  private static func rule(
    from lower: Double, to upper: Double, cells: Int
  ) -> [(node: Double, weight: Double)] {
    let width = (upper - lower) / Double(cells)
    return (0..<cells).flatMap { cell in
      let middle = lower + (Double(cell) + 0.5) * width
      return gauss.map { (node: middle + $0.node * width / 2, weight: $0.weight * width) }
    }
  }
}
