import Certificates
import Densities
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Maps that are bijective by construction.
@Suite("Random triangular maps")
struct TriangularTests {
  @Test("R^n → R^n: verdict, inverse, log-determinant", arguments: Iterations.seeds(8))
  func space(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 11)
    let map = TriangularMap.random(dimension: draw.integer(in: 1...5), using: &draw)
    try checkBijection(map, using: &draw)
  }

  @Test("Half-lines among the factors", arguments: Iterations.seeds(4))
  func halfLines(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 12)
    let map = TriangularMap.random(
      dimension: draw.integer(in: 1...4), halfLines: true, using: &draw)
    try checkBijection(map, using: &draw)
  }

  @Test("Each dimension from 4 to 8", arguments: 4...8, Iterations.seeds(2))
  func manyDimensions(dimension: Int, seed: Int) throws {
    var draw = SplitMix64(seed: 100 * dimension + seed, stream: 13)
    let map = TriangularMap.random(
      dimension: dimension, halfLines: !seed.isMultiple(of: 2), using: &draw)
    try checkBijection(map, using: &draw)
  }

  @Test("A codomain larger than the image is not covered", arguments: Iterations.seeds(4))
  func notOnto(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 14)
    var map = TriangularMap.random(dimension: 2, halfLines: true, using: &draw)
    while map.isOntoSpace { map = .random(dimension: 2, halfLines: true, using: &draw) }
    let source = map.source(onto: "R^2")
    let verdict = Prover.verdict(for: try parsed(source))
    #expect(verdict.kind == .injectiveNotSurjective, "\(source)\n\(verdict.tried)")
    #expect(verdict.checked == .accepted, "\(source)")
  }

  private func checkBijection(_ map: TriangularMap, using draw: inout SplitMix64) throws {
    let source = map.source()
    let problem = try parsed(source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .bijective, "\(source)\n\(verdict.tried)")
    #expect(verdict.checked == .accepted, "\(source)")
    #expect((verdict.regularity == .diffeomorphism) == map.isSmooth, "\(source)")
    for _ in 0..<3 {
      let point = map.point(using: &draw)
      try checkInverse(of: problem, verdict, map, at: point)
      try checkLogDeterminant(of: problem, verdict, map, at: point)
    }
  }

  private func checkInverse(
    of problem: Problem, _ verdict: Verdict, _ map: TriangularMap, at point: [Rational]
  ) throws {
    if let inverse = verdict.inverse {
      #expect(
        RoundTrip.returns(
          point, through: problem.composedFormulas, of: problem.inputs, andBackBy: inverse,
          of: problem.outputs), "\(map.source()) at \(point): \(inverse.map(\.text))")
    }
    let z = point.map(\.doubleValue)
    let x = map.values(at: z).map { [$0.value] }
    let found = try #require(try NumericMap(problem, verdict: verdict).inverse(x))
    for (index, condition) in map.inverseConditions(at: z).enumerated() {
      let error = (found[index][0] - z[index]).magnitude
      #expect(
        error <= 16 * Double.ulpOfOne * condition, "\(map.source()) at \(point), z\(index + 1)")
    }
  }

  /// Against the diagonal derived by hand, and against differences of the map's values.
  private func checkLogDeterminant(
    of problem: Problem, _ verdict: Verdict, _ map: TriangularMap, at point: [Rational]
  ) throws {
    let formula = try #require(verdict.logAbsDet, "\(map.source())")
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
    let found = formula.ball(at: values, precision: 256)
    #expect(found.isFinite, "\(map.source()): \(formula.text)")
    let byHand = map.logAbsDet(at: point.map(\.doubleValue))
    #expect((found.midpointDouble - byHand).magnitude < 1e-11, "\(map.source())")
    let determinant = try #require(
      NumericJacobian.determinant(of: problem.composedFormulas, by: problem.inputs, at: point))
    #expect((found.midpointDouble - log(determinant.magnitude)).magnitude < 1e-11)
  }
}
