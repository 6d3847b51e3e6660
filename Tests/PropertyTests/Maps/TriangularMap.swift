import Exact
import Foundation

/// A random map that is triangular up to the order of its variables and outputs: bijective by
/// construction, its log-determinant known by hand.
struct TriangularMap: Sendable {
  /// One output's formula each, in the order of the outputs.
  let diagonals: [Diagonal]
  /// For each output the variable (from 0) that it determines.
  let variables: [Int]
  /// The outputs in the order in which their variables can be found.
  let order: [Int]

  var dimension: Int { diagonals.count }
  var isSmooth: Bool { diagonals.allSatisfy(\.isSmooth) }

  /// A map of R^n with diagonal maps among `shapes`, or with half-lines among the factors of domain and codomain.
  static func random(
    dimension n: Int, shapes: [Diagonal.Shape] = Diagonal.onReals, halfLines: Bool = false,
    using draw: inout SplitMix64
  ) -> TriangularMap {
    let (variableOrder, outputOrder) = (draw.permutation(of: n), draw.permutation(of: n))
    var diagonals = [Diagonal?](repeating: nil, count: n)
    var variables = [Int](repeating: 0, count: n)
    for step in 0..<n {
      let earlier = variableOrder[..<step].map { Term.coordinate($0, of: n) }
      let parts = Diagonal.Parts(
        t: .coordinate(variableOrder[step], of: n), index: variableOrder[step],
        a: draw.coefficient(), shift: draw.shift(in: earlier), exponent: draw.exponent(in: earlier))
      let choice = halfLines && draw.flip(0.6) ? Diagonal.onHalfLines : shapes
      diagonals[outputOrder[step]] = draw.pick(choice)(parts)
      variables[outputOrder[step]] = variableOrder[step]
    }
    return TriangularMap(
      diagonals: diagonals.compactMap { $0 }, variables: variables, order: outputOrder)
  }

  /// The `.flow` text; the codomain is the image unless another is given.
  func source(onto codomain: String? = nil, base: String? = nil) -> String {
    var domains = [String](repeating: "", count: dimension)
    for (output, variable) in variables.enumerated() {
      domains[variable] = diagonals[output].domain.rawValue
    }
    let formulas = diagonals.map(\.formula.text)
    let value = dimension == 1 ? formulas[0] : "(" + formulas.joined(separator: ", ") + ")"
    let image = diagonals.map(\.image.rawValue).joined(separator: " x ")
    return """
      z in \(domains.joined(separator: " x "))
      x = \(value) in \(codomain ?? image)
      \(base.map { "z ~ \($0)\n" } ?? "")prove invertible
      """
  }

  /// Whether the image is all of R^n.
  var isOntoSpace: Bool { diagonals.allSatisfy { $0.image == .reals } }

  /// x = f(z), by the formulas of this file.
  func values(at z: [Double]) -> [RunningValue] {
    diagonals.map { $0.formula.value(z.map { RunningValue($0) }) }
  }

  /// log|det Df(z)|: the sum over the diagonal.
  func logAbsDet(at z: [Double]) -> Double {
    diagonals.reduce(0) { $0 + $1.logSlope(z) }
  }

  /// A point of the domain that is no critical point nor close to one.
  func point(using draw: inout SplitMix64) -> [Rational] {
    while true {
      var z = [Rational](repeating: .zero, count: dimension)
      for (output, variable) in variables.enumerated() {
        let t = draw.dyadic(from: -1, to: 1) + Rational(1, over: 128)
        z[variable] = diagonals[output].domain == .positive ? t.magnitude : t
      }
      let slopes = diagonals.map { $0.logSlope(z.map(\.doubleValue)) }
      if slopes.allSatisfy({ $0.magnitude < 7 }) { return z }
    }
  }

  /// The condition of solving x = f(z) for each variable, in units of ε: the error that f's own
  /// roundings and those of the variables found before cause in it.
  func inverseConditions(at z: [Double]) -> [Double] {
    var conditions = [Double](repeating: 0, count: dimension)
    for output in order {
      let variable = variables[output]
      let inputs = zip(z, conditions).map { RunningValue($0, condition: $1) }
      let residual = diagonals[output].formula.value(inputs)
      conditions[variable] =
        z[variable].magnitude + residual.condition / exp(diagonals[output].logSlope(z))
    }
    return conditions
  }
}

extension SplitMix64 {
  /// A sum of up to three terms in the variables found before; nil where there are none.
  fileprivate mutating func shift(in earlier: [Term]) -> Term? {
    guard !earlier.isEmpty else { return flip() ? .constant(coefficient()) : nil }
    return Term.sum(
      (0..<integer(in: 0...3)).map { _ in
        let (u, v, c) = (pick(earlier), pick(earlier), coefficient(upTo: 2))
        switch integer(in: 0...6) {
        case 0: return c * u
        case 1: return c * u.power(2)
        case 2: return c * (u * v)
        case 3: return c * u.sine
        case 4: return c * v.cosine
        case 5: return c * u.exponential
        default: return .constant(c)
        }
      })
  }

  /// A small linear form in the variables found before, half of the time.
  fileprivate mutating func exponent(in earlier: [Term]) -> Term? {
    guard !earlier.isEmpty, flip() else { return nil }
    return Term.sum(
      (0..<integer(in: 1...2)).map { _ in coefficient(upTo: 1) * pick(earlier) })
  }
}
