import Certificates
import Exact
import Symbolics
import Testing

@testable import Proofs

/// The sets stated for the stages of a stack bind: values outside of them make a problem ill-posed.
@Suite("Sets of inner stages")
struct StageTests {
  @Test(arguments: [
    ("z in R; h = 2 z in (0, 1); x = h in R", 0),
    ("z in R; h = exp(z) in (5, inf); x = log(h) in R", 0),
    ("z in R; h = z^3 in (0, inf); x = h in R", 0),
    ("z in R; h = z in R where h > 3; x = h in R", 0),
    ("z in R; h = z in R; u = exp(h) in (1, inf); x = log(u) in R", 1),
    ("z in R^2; h = (z1, exp(z2)) in (0, inf)^2; x = (h1, log(h2))", 0),
    ("param a; z in R; h = a z in [0, inf); x = h in R", 0),
    ("z in R; h = z in R; x = exp(h) in (1, inf)", 1),
  ])
  func valuesOutside(text: String, stage: Int) throws {
    let found = try verdict(text)
    #expect(found.kind == .illPosed && found.checked == .accepted, "\(text)")
    guard case .illPosed(let evidence) = found.certificate, case .values(stage) = evidence.cause
    else {
      Issue.record("\(text): the evidence does not name stage \(stage)")
      return
    }
  }

  @Test(arguments: [
    "z in R; h = exp(z) in (0, inf); x = log(h) in R",
    "z in (0, 1/2); h = 2 z in (0, 1); x = logit(h) in R",
    "z in R; h = z^3 in R where h^2 >= 0; x = h in R",
  ])
  func valuesInside(text: String) throws {
    #expect(try verdict(text).kind == .bijective, "\(text)")
  }

  /// The checker sees for itself that a stack leaves the set of an inner stage.
  @Test func checkerRefusesStacksThatLeaveASet() throws {
    let stays = try parsed("z in R; h = 2 z in R; x = h in R")
    let leaves = try parsed("z in R; h = 2 z in (0, 1); x = h in R")
    let proven = Prover.verdict(for: stays)
    let certificate = try #require(proven.certificate)
    #expect(CertificateChecker.check(certificate, proving: proven, for: stays) == .accepted)
    #expect(CertificateChecker.check(certificate, proving: proven, for: leaves) != .accepted)
  }

  /// Where there is no such set, the point is no witness against it.
  @Test func checkerRefusesWrongWitnesses() throws {
    let problem = try parsed("z in R; h = 2 z in (0, 1); x = h in R")
    let claimed = Prover.verdict(for: problem)
    let set = problem.statedSets[0].region
    for (point, isWitness) in [(Rational(1) / 4, false), (Rational(1), true)] {
      let evidence = IllPosedEvidence(
        witness: [Expression(point)],
        violated: set.membership(of: set.coordinates.map { Expression($0) }),
        cause: .values(stage: 0), suggestion: nil)
      let outcome = CertificateChecker.check(
        .illPosed(evidence), proving: claimed, for: problem)
      #expect((outcome == .accepted) == isWitness)
    }
  }
}
