import Certificates
import Proofs
import Symbolics
import Testing

/// Maps that are not injective by construction.
@Suite("Random maps that are not injective")
struct RefutationTests {
  @Test("Refuted, with two points of one image", arguments: Iterations.seeds(16))
  func folded(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 31)
    let map = NoninjectiveMap.random(dimension: draw.integer(in: 1...4), using: &draw)
    let problem = try parsed(map.source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .notInjective, "\(map.source)\n\(verdict.tried)")
    #expect(verdict.checked == .accepted, "\(map.source)")
    let certificate = try #require(verdict.certificate, "\(map.source)")
    #expect(Refutation.isShown(certificate, for: problem, at: [:]), "\(map.source)\n\(certificate)")
  }
}
