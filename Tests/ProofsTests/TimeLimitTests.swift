import Certificates
import Symbolics
import Testing

@testable import Proofs

@Suite("Time limits")
struct TimeLimitTests {
  @Test(
    "No time leaves all open, and it is said where the search ended",
    arguments: [
      "z in R; x = z^3 in R", "z in R; x = z^2 in R", "z in R; x = log(z) in R",
      "param a; z in R; x = a z in R", "z in R^2; h = (2 z1, z2); x = (h1, h2 + h1^2) in R^2",
    ])
  func noTime(text: String) throws {
    let problem = try parsed(text)
    #expect(Prover.verdict(for: problem).kind != .undecided)
    let found = Prover.verdict(for: problem, timeLimit: .zero)
    #expect(found.kind == .undecided && found.injective == .undecided)
    #expect(found.surjective == .undecided && found.certificate == nil)
    #expect(found.tried.last?.reason == "ended by the time limit")
  }

  /// A search of seconds, which ends in "bijective" without a limit: see `disc-squash` of the corpus.
  @Test("A search that takes long ends, and names the strategy that it was in")
  func longSearch() throws {
    let root = "sqrt(1 + z1^2 + z2^2)"
    let problem = try parsed(
      "z in R^2; x = (z1/\(root), z2/\(root)) in R^2 where x1^2 + x2^2 < 1")
    let found = Prover.verdict(for: problem, timeLimit: .milliseconds(20))
    #expect(found.kind == .undecided && found.injective != .no && found.surjective != .no)
    let last = try #require(found.tried.last)
    #expect(last.reason == "ended by the time limit" && !last.strategy.isEmpty)
  }

  @Test("Time enough changes nothing")
  func timeEnough() throws {
    let problem = try parsed("param a; z in R^2; x = (a z1, z2 + exp(z1)) in R^2")
    let (free, limited) = (
      Prover.verdict(for: problem), Prover.verdict(for: problem, timeLimit: .seconds(3600))
    )
    #expect(free.kind == limited.kind && free.tried == limited.tried)
    let files = [free, limited].map { CertificateFile(problem, verdict: $0)?.json }
    #expect(files[0] == files[1])
  }
}
