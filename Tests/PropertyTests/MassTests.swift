import Certificates
import Densities
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Densities integrate to the probability that samples find.
@Suite("Mass of random densities")
struct MassTests {
  @Test("∫ p2 = 1 on the line, by quadrature", arguments: Iterations.seeds(4))
  func line(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 61)
    var map = TriangularMap.random(dimension: 1, using: &draw)
    // Where f' vanishes or is unbounded p2 has a singularity or a zero inside the range.
    while !map.isSmooth { map = .random(dimension: 1, using: &draw) }
    let source = map.source(base: draw.pick(["normal(0, 1)", "logistic(1, 1/2)", "normal(-1, 2)"]))
    let problem = try parsed(source)
    let density = try NumericDensity(
      try PushforwardDensity(problem, verdict: Prover.verdict(for: problem)))
    let center = map.values(at: [0])[0].value
    let mass = try Quadrature.line(around: center) { try density.logDensity([$0]).map { exp($0) } }
    #expect((mass - 1).magnitude < 1e-9, "\(source): \(mass)")
  }

  /// N = 20000 samples find a probability to within t = √(log(2/α)/(2N)) = 0.0253 except with
  /// probability α = 1e-11 a case (Hoeffding).
  @Test("∫ p2 over a box is the fraction of samples in it", arguments: Iterations.seeds(4))
  func box(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 62)
    var map = TriangularMap.random(dimension: 2, using: &draw)
    while !map.isSmooth { map = .random(dimension: 2, using: &draw) }
    let source = map.source(base: "normal(0, I)")
    let problem = try parsed(source)
    let density = try NumericDensity(
      try PushforwardDensity(problem, verdict: Prover.verdict(for: problem)))
    let center = map.values(at: [0, 0]).map(\.value)
    let box = center.map { c in (c - 0.5 - draw.unit(), c + 0.5 + draw.unit()) }
    let mass = try Quadrature.box(box) { try density.logDensity($0).map { exp($0) } }
    let samples = 20_000
    var hits = 0
    for _ in 0..<samples {
      let x = map.values(at: [draw.normal(), draw.normal()]).map(\.value)
      if zip(x, box).allSatisfy({ $0 > $1.0 && $0 < $1.1 }) { hits += 1 }
    }
    let tolerance = sqrt(log(2 / 1e-11) / Double(2 * samples))
    let fraction = Double(hits) / Double(samples)
    #expect((mass - fraction).magnitude < tolerance, "\(source): \(mass), samples \(fraction)")
  }
}
