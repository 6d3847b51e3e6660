import Exact
import Foundation
import Symbolics
import Testing

@testable import Densities

/// Preimages without closed forms: all of them are found, and the sum over them is right.
@Suite("Densities by enclosed preimages")
struct EnclosedFibreTests {
  /// A map with p1 and an interval that holds all preimages, in `Double`.
  struct Example: Sendable, CustomTestStringConvertible {
    let map: String
    let base: String
    let range: ClosedRange<Double>
    let points: [String]
    let density: @Sendable (Double) -> Double
    let function: @Sendable (Double) -> Double
    var testDescription: String { map }
  }

  @Sendable private static func normal(_ z: Double) -> Double { exp(-z * z / 2) / sqrt(2 * .pi) }
  @Sendable private static func logistic(_ z: Double) -> Double {
    let w: Double = 1 + exp(-z)
    return exp(-z) / (w * w)
  }

  private static func ofNormal(
    _ map: String, _ range: ClosedRange<Double>, at points: [String],
    _ function: @escaping @Sendable (Double) -> Double
  ) -> Example {
    Example(
      map: map, base: "normal(0, 1)", range: range, points: points, density: normal,
      function: function)
  }

  static let ofNormals: [Example] = [
    ofNormal("z^3 - z", -9...9, at: ["1/10", "2", "-3"]) { z in z * z * z - z },
    ofNormal("z^5 - 2 z^3 + z", -9...9, at: ["1/10", "-2"]) { z in
      let w: Double = z * z - 1
      return z * w * w
    },
    ofNormal("z + 2 sin(z)", -30...30, at: ["1/2", "3"]) { z in z + 2 * sin(z) },
    ofNormal("z sigmoid(z)", -60...60, at: ["-1/5", "1"]) { z in z / (1 + exp(-z)) },
    ofNormal("z exp(z)", -60...9, at: ["-1/5", "1"]) { z in z * exp(z) },
    ofNormal("z + 2 exp(-z^2)", -9...9, at: ["2", "19/10"]) { z in z + 2 * exp(-z * z) },
  ]

  static let ofOthers: [Example] = [
    Example(
      map: "sin(z)", base: "uniform([0, 10])", range: 0...10, points: ["1/2", "-1/3"],
      density: { _ in 0.1 }, function: { z in sin(z) }),
    Example(
      map: "cos(z)", base: "uniform([0, 2 pi])", range: 0...(2 * Double.pi),
      points: ["1/2", "-9/10"], density: { _ in 1 / (2 * Double.pi) }, function: { z in cos(z) }),
    Example(
      map: "sinh(z) - 3 z", base: "logistic(0, 1)", range: -20...20, points: ["1/7", "1"],
      density: logistic, function: { z in sinh(z) - 3 * z }),
  ]

  /// Changes of sign on a fine grid, narrowed by halving; slopes by differences.
  private func sum(_ example: Example, at x: Double) -> (count: Int, density: Double) {
    let steps = 200_000
    let width = (example.range.upperBound - example.range.lowerBound) / Double(steps)
    let f = { example.function($0) - x }
    var found: (count: Int, density: Double) = (0, 0)
    for step in 0..<steps {
      var low = example.range.lowerBound + width * Double(step)
      var high = low + width
      guard f(low) * f(high) < 0 || f(low) == 0 else { continue }
      for _ in 0..<60 where f(low) != 0 {
        let middle = (low + high) / 2
        if f(low) * f(middle) <= 0 { high = middle } else { low = middle }
      }
      let h = 1e-5
      let slope = (f(low + h) - f(low - h)) / (2 * h)
      found.count += 1
      found.density += example.density(low) / abs(slope)
    }
    return found
  }

  @Test("All of them are found", arguments: ofNormals + ofOthers)
  func complete(example: Example) throws {
    let density = try EndToEndTests.density(
      "z in R; x = \(example.map) in R; z ~ \(example.base)")
    for text in example.points {
      let point = try #require(Rational(text))
      let result = try density.density(at: [Symbolics.Expression(point)])
      let x = point.doubleValue
      let expected = sum(example, at: x)
      let value = try #require(result.density, "\(point): \(result.outcome)")
      let count = result.preimages.count { $0.isInSupport }
      #expect(count == expected.count, "\(point)")
      // Central differences with h = 1e-5: their error is h² times a third derivative, relative to slopes
      // of at least 0.1, and the sum of rest errors below 1e-7.
      #expect(abs(value - expected.density) <= 1e-7 * (1 + expected.density), "\(point)")
    }
  }

  @Test("Two equations, one after the other")
  func triangular() throws {
    let density = try EndToEndTests.density(
      "z in R^2; x = (z1^3 - z1, z2 + 2 sin(z2) + z1) in R^2; z ~ normal(0, I)")
    let result = try density.density(at: [.rational(1, 10), 0])
    let inner = try EndToEndTests.density("z in R; x = z^3 - z in R; z ~ normal(0, 1)")
    #expect(try inner.density(at: [.rational(1, 10)]).preimages.count == 3)
    var expected = 0.0
    for root in try inner.density(at: [.rational(1, 10)]).preimages {
      guard case .numeric(let text) = root.value, let z1 = Double(text[0]) else { continue }
      let second = try EndToEndTests.density("z in R; x = z + 2 sin(z) in R; z ~ normal(0, 1)")
      let x = try #require(Rational(String(format: "%.15f", -z1)))
      let share = try #require(try second.density(at: [Symbolics.Expression(x)]).density)
      expected += share * Self.normal(z1) / abs(3 * z1 * z1 - 1)
    }
    #expect(abs(try #require(result.density) - expected) < 1e-12)
  }

  @Test("A double root is a critical value")
  func critical() throws {
    let density = try EndToEndTests.density("z in R; x = z^3 - 3 z in R; z ~ normal(0, 1)")
    let result = try density.density(at: [2])
    #expect(result.outcome == .unassigned)
    #expect(result.remarks == [.criticalValue(preimage: [-1])])
  }

  @Test("Infinitely many preimages, or perhaps more than were found, give no number")
  func incomplete() throws {
    let density = try EndToEndTests.density("z in R; x = sin(z) in R; z ~ normal(0, 1)")
    guard case .incomplete = try density.density(at: [.rational(1, 2)]).outcome else {
      Issue.record("sin takes the value 1/2 infinitely often")
      return
    }
  }

  @Test(
    "One unknown in terms of another",
    arguments: [
      ("(z1 + z2, z1 z2)", [3, 1], 2), ("(z1 + z2, z1 z2)", [1, 1], 0),
      ("(z1 + z2, z1^2 + z2^2)", [1, 5], 2),
    ] as [(String, [Int], Int)])
  func substituted(map: String, coordinates: [Int], count: Int) throws {
    let point = coordinates.map { Symbolics.Expression(Rational($0)) }
    let density = try EndToEndTests.density("z in R^2; x = \(map) in R^2; z ~ normal(0, I)")
    let result = try density.density(at: point)
    #expect(result.preimages.count == count, "\(result.outcome)")
    #expect(result.density != nil)
    for preimage in result.preimages {
      let z = try #require(preimage.point)
      let at = Dictionary(uniqueKeysWithValues: zip(density.problem.inputs, z))
      for (formula, x) in zip(density.problem.composedFormulas, point) {
        #expect(ExactConstant.areEqual(formula.substituting(at), x) == true)
      }
    }
  }
}
