import Certificates
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Maps of which nothing is known beforehand: whatever the prover says must agree with numbers.
@Suite("Random maps that may be anything")
struct UnsureMapTests {
  /// On R^n a continuous injective map has a determinant of one sign; what is said to be no injection
  /// must not be strictly monotone at all points looked at, if it has one unknown.
  @Test("No verdict that numbers contradict", arguments: Iterations.seeds(24))
  func sums(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 71)
    let count = draw.integer(in: 1...2)
    let formulas = (0..<count).map { row in Self.formula(row, of: count, using: &draw) }
    let source =
      "z in R^\(count); x = (\(formulas.joined(separator: ", "))) in R^\(count)"
      .replacingOccurrences(of: "R^1", with: "R")
      .replacingOccurrences(of: "z1", with: count == 1 ? "z" : "z1")
    let problem = try parsed(source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind != .illPosed, "\(source)")
    #expect(verdict.certificate == nil || verdict.checked == .accepted, "\(source)")
    guard verdict.injective == .yes else { return }
    var signs: Set<Int> = []
    for _ in 0..<40 {
      let point = (0..<count).map { _ in draw.dyadic(from: -6, to: 6) }
      let slope = NumericJacobian.determinant(
        of: problem.composedFormulas, by: problem.inputs, at: point)
      if let slope, abs(slope) > 1e-30 { signs.insert(slope > 0 ? 1 : -1) }
    }
    #expect(signs.count <= 1, "\(source)\n\(verdict.strategy)")
  }

  /// One variable and small terms that may turn it.
  private static func formula(_ row: Int, of count: Int, using draw: inout SplitMix64) -> String {
    let own = "z\(row + 1)"
    var terms = ["(\(draw.coefficient()))*\(own)^\(draw.pick([1, 1, 3]))"]
    for _ in 0..<draw.integer(in: 1...2) {
      let other = "z\(draw.integer(in: 1...count))"
      let sum = "(\(draw.coefficient(upTo: 2)))*\(own) + (\(draw.coefficient(upTo: 2)))*\(other)"
      let function = draw.pick(["sin", "cos", "tanh", "atan", "asinh", "exp", "sigmoid"])
      terms.append("(\(draw.coefficient(upTo: 2)))*\(function)(\(draw.flip() ? own : sum))")
    }
    return terms.joined(separator: " + ")
  }

  /// z + u tanh(w·z) is a bijection if and only if w·u ≥ -1 (Rezende and Mohamed 2015).
  @Test("Planar flows", arguments: Iterations.seeds(8))
  func planar(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 72)
    let count = draw.integer(in: 2...3)
    let w = (0..<count).map { _ in draw.coefficient(upTo: 2) }
    var u = (0..<count).map { _ in draw.coefficient(upTo: 2) }
    if draw.flip(0.3) {
      // On the edge, where the determinant touches 0.
      let others = zip(u, w).dropFirst().reduce(Rational.zero) { $0 + $1.0 * $1.1 }
      u[0] = (-1 - others) / w[0]
    }
    let argument = (0..<count).map { "(\(w[$0]))*z\($0 + 1)" }.joined(separator: " + ")
    let formulas = (0..<count).map { "z\($0 + 1) + (\(u[$0]))*tanh(\(argument))" }
    let source = "z in R^\(count); x = (\(formulas.joined(separator: ", "))) in R^\(count)"
    let verdict = Prover.verdict(for: try parsed(source))
    let product = zip(u, w).reduce(Rational.zero) { $0 + $1.0 * $1.1 }
    #expect(verdict.kind == (product >= -1 ? .bijective : .notInjective), "\(source)")
    #expect(verdict.checked == .accepted, "\(source)")
  }

  /// c z³ + b z² + p z for an open p: onto R always, injective if and only if b² ≤ 3 c p.
  @Test("Conditions on a parameter", arguments: Iterations.seeds(6))
  func cubic(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 73)
    let (c, b) = (draw.coefficient(), draw.coefficient())
    let source = "param p; z in R; x = (\(c)) z^3 + (\(b)) z^2 + p z in R"
    let verdict = Prover.verdict(for: try parsed(source))
    let condition = try #require(verdict.condition, "\(source)")
    #expect(verdict.kindIfTrue == .bijective && verdict.kindIfFalse == .notInjective)
    let border = b * b / (3 * c)
    for offset in [Rational.zero, 1, -1, Rational(1, over: 1000), Rational(-1, over: 1000)] {
      let p = border + offset
      let holds = condition.holds(at: [Symbol("p"): Expression(p)])
      #expect(holds == (b * b <= 3 * c * p), "\(source), p = \(p), \(condition)")
    }
  }
}
