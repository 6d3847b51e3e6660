import Exact

/// A random map of R^n that takes some value twice: a triangular one in which one output is no longer
/// injective in its variable.
struct NoninjectiveMap: Sendable {
  let source: String

  static func random(dimension n: Int, using draw: inout SplitMix64) -> NoninjectiveMap {
    let map = TriangularMap.random(
      dimension: n, shapes: Diagonal.elementary, using: &draw)
    var formulas = map.diagonals.map(\.formula.text)
    // Only what comes before the folded output may enter it, or it could be undone by another one.
    let position = draw.integer(in: 0...n - 1)
    let output = map.order[position]
    let earlier = map.order[..<position].map { Term.coordinate(map.variables[$0], of: n) }
    let t = Term.coordinate(map.variables[output], of: n)
    formulas[output] = draw.folded(t, earlier).text
    // The outputs found later may use t; without it no output is left to tell two values of t apart.
    for later in map.order[(position + 1)...] {
      formulas[later] =
        (draw.coefficient() * Term.coordinate(map.variables[later], of: n)).text
    }
    let value = n == 1 ? formulas[0] : "(" + formulas.joined(separator: ", ") + ")"
    return NoninjectiveMap(
      source: """
        z in R^\(n)
        x = \(value)
        prove invertible
        """)
  }
}

extension SplitMix64 {
  /// A formula in t that is not injective for any (or, last, for one) value of the others.
  fileprivate mutating func folded(_ t: Term, _ earlier: [Term]) -> Term {
    let (a, c) = (coefficient(), positive())
    let shift = earlier.isEmpty ? .constant(coefficient()) : coefficient() * pick(earlier).sine
    switch integer(in: 0...(earlier.isEmpty ? 6 : 7)) {
    case 0: return a * t.power(pick([2, 4])) + shift
    case 1: return a * t.absolute + shift
    case 2: return a * t.hyperbolicCosine + shift
    case 3: return a * (coefficient() * t).sine + shift
    case 4: return a * t.power(2) + coefficient() * t + shift
    case 5: return a * (t.power(3) + -c * t) + shift
    case 6: return (-c * t.power(2)).exponential + shift
    default: return pick(earlier) * t
    }
  }
}
