import Certificates
import Densities
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Densities of uniform boxes under maps with a cube root, by formulas derived by hand.
@Suite("Random boxes and points")
struct BoxDensityTests {
  @Test("Exact values, at ends of the box too; numbers elsewhere", arguments: Iterations.seeds(4))
  func density(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 51)
    let map = CubeRootMap.random(using: &draw)
    let problem = try parsed(map.source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .bijective, "\(map.source)\n\(verdict.tried)")
    let density = try PushforwardDensity(problem, verdict: verdict)
    for _ in 0..<6 {
      let (point, expected) = map.exactCase(using: &draw)
      let found = try density.density(at: point.map { Expression($0) })
      #expect(found.exact?.rationalValue == expected, "\(map.source) at \(point): \(found)")
    }
    let numeric = try NumericDensity(density)
    for _ in 0..<6 {
      let (point, expected) = map.numericCase(using: &draw)
      let found = try density.density(at: point.map { Expression($0) })
      let value = try #require(found.density, "\(map.source) at \(point): \(found)")
      #expect(agrees(value, expected), "\(map.source) at \(point): \(value), not \(expected)")
      let quick = exp(try numeric.logDensity(point.map { [$0.doubleValue] })[0])
      #expect(agrees(quick, expected), "\(map.source) at \(point): \(quick), not \(expected)")
    }
  }

  /// To 1e-12, relatively: the hand formula has a dozen operations of modest size.
  private func agrees(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 1e-12 * b.magnitude
  }
}
