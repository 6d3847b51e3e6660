/// A map of one to three unknowns as text: monotone parts and what may turn them, factors that may vanish, cases,
/// kinks, poles and domains with and without ends.
struct RandomMap {
  let source: String

  static func random(using draw: inout SplitMix64) -> RandomMap {
    let count = draw.pick([1, 1, 1, 1, 2, 2, 2, 3])
    var maker = Maker(count: count, hasParameter: draw.flip(0.2))
    let domain = (0..<count).map { _ in draw.flip(0.6) ? "R" : draw.pick(Maker.intervals) }
    let formulas = (0..<count).map { maker.formula($0, using: &draw) }
    let codomain = (0..<count).map { _ in draw.flip(0.85) ? "R" : draw.pick(Maker.intervals) }
    let pole = draw.flip(0.1) ? " where z1 != 1" : ""
    let parameter = maker.hasParameter ? "param a; " : ""
    return RandomMap(
      source: "\(parameter)z in \(domain.joined(separator: " x "))\(pole); "
        + "x = (\(formulas.joined(separator: ", "))) in \(codomain.joined(separator: " x "))")
  }
}

/// Writes formulas in z1 … zn.
private struct Maker {
  let count: Int
  let hasParameter: Bool
  private var isParameterUsed = false

  static let intervals = ["(0, inf)", "(-1, 1)", "[0, 1]", "(0, 1)", "(-inf, 0]", "[-2, 3)"]
  private static let monotone = [
    "exp", "tanh", "atan", "asinh", "sigmoid", "softplus", "sinh", "erf", "normcdf", "cbrt",
  ]
  private static let turning = ["sin", "cos", "abs", "cosh"]

  init(count: Int, hasParameter: Bool) {
    self.count = count
    self.hasParameter = hasParameter
  }

  /// Output `row`, mostly of unknowns up to it, so that many maps are injective.
  mutating func formula(_ row: Int, using draw: inout SplitMix64) -> String {
    let own = unknown(row)
    switch draw.integer(in: 0...9) {
    case 0: return "\(coefficient(using: &draw)) * \(own)"
    case 1: return "\(draw.pick(Self.monotone))(\(affine(row, using: &draw)))"
    case 2: return cases(row, using: &draw)
    case 3: return "\(own) * \(factor(row, using: &draw)) + \(other(row, using: &draw))"
    case 4: return "(\(affine(row, using: &draw))) / (\(draw.integer(in: 1...4)) + \(own)^2)"
    case 5: return "1 / (\(affine(row, using: &draw)))"
    case 6:
      return
        "\(draw.pick(["max", "min"]))(\(affine(row, using: &draw)), \(affine(row, using: &draw)))"
    default: return sum(row, using: &draw)
    }
  }

  private func unknown(_ row: Int) -> String { count == 1 ? "z" : "z\(row + 1)" }

  private mutating func coefficient(using draw: inout SplitMix64) -> String {
    if hasParameter, !isParameterUsed || draw.flip(0.1) {
      isParameterUsed = true
      return "a"
    }
    return "(\(draw.coefficient()))"
  }

  private mutating func sum(_ row: Int, using draw: inout SplitMix64) -> String {
    var terms = ["\(coefficient(using: &draw)) * \(unknown(row))^\(draw.pick([1, 1, 1, 3, 5, 2]))"]
    for _ in 0..<draw.integer(in: 1...2) {
      let function = draw.flip(0.7) ? draw.pick(Self.monotone) : draw.pick(Self.turning)
      terms.append("(\(draw.coefficient(upTo: 2))) * \(function)(\(affine(row, using: &draw)))")
    }
    return terms.joined(separator: " + ")
  }

  private mutating func affine(_ row: Int, using draw: inout SplitMix64) -> String {
    let second = unknown(
      draw.flip(0.7) ? draw.integer(in: 0...row) : draw.integer(in: 0...count - 1))
    let slope = coefficient(using: &draw)
    let constant = draw.flip() ? " + (\(draw.coefficient(upTo: 2)))" : ""
    return draw.flip()
      ? "\(slope) * \(unknown(row))\(constant)"
      : "\(slope) * \(unknown(row)) + (\(draw.coefficient(upTo: 2))) * \(second)\(constant)"
  }

  private func other(_ row: Int, using draw: inout SplitMix64) -> String {
    let second = unknown(draw.integer(in: 0...row))
    return draw.pick(["0", "\(second)^2", "\(draw.pick(Self.turning))(\(second))", second])
  }

  private func factor(_ row: Int, using draw: inout SplitMix64) -> String {
    let second = unknown(draw.integer(in: 0...row))
    return draw.pick([
      "exp(\(second))", "(1 + \(second)^2)", "\(second)", "(2 + sin(\(second)))", "tanh(\(second))",
      "(\(second) - (\(draw.coefficient(upTo: 1))))", "sigmoid(\(second))",
    ])
  }

  private mutating func cases(_ row: Int, using draw: inout SplitMix64) -> String {
    let own = unknown(row)
    let (first, second) = (affine(row, using: &draw), affine(row, using: &draw))
    let border = draw.pick(["0", "0", "1", "-1/2"])
    let last = draw.pick(["exp(\(own)) - 1", second, "\(own)^3", "\(own)"])
    return "piecewise(\(first) if \(own) < \(border), \(last) otherwise)"
  }
}
