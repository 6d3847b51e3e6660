import Exact
import Satisfiability
import Symbolics
import Testing

@testable import Certificates

@Suite("Evidence by a solver")
struct SolverEvidenceTests {
  /// What the checker finds when the claim is that f is injective, or a bijection.
  private func outcome(_ certificate: Certificate, _ problem: Problem, onto: Bool = false)
    -> CheckOutcome
  {
    let claim = Verdict(
      kind: onto ? .bijective : .undecided, injective: .yes, surjective: onto ? .yes : .undecided,
      strategy: "test")
    return CertificateChecker.check(certificate, proving: claim, for: problem)
  }

  @Test(
    "of injective maps",
    arguments: [
      "z in R; x = z + sin(z)/2 in R",
      "z in R; x = z + tanh(3 z)/3 + atan(z) in R",
      "z in R^2; x = (z1 + tanh(z2)/2, z2 - tanh(z1)/2) in R^2",
      "z in R^2; x = (2 z1 + sin(z1 + z2), 2 z2 + cos(z1 - z2)) in R^2",
      "z in R^2; x = (z1 + (z1 + z2)^3, z2 - (z1 + z2)^3) in R^2",
      "z in R^2; x = (z1 + softplus(z1 - z2)/2, z2 + softplus(z2)/2) in R^2",
      "param a in (0, 1); z in R; x = z + a sin(z) in R",
      "z in (0, inf); x = z - 1/z in R",
      "z in R; x = piecewise(z if z < 0, 2 z otherwise) in R",
      "z in R; x = z + cbrt(z) + abs(z)/2 in R",
      "z in (-1, 1); x = asin(z) - z/2 in R",
      "z in (0, inf)^2; x = (exp(z1) + z2, z2 + log(z2)) in R^2",
    ])
  func injective(text: String) throws {
    let problem = try problem(text)
    let evidence = try SolverEvidence(problem)
    #expect(outcome(.solver(evidence), problem) == .solver)
  }

  @Test(
    "there is none of maps that are not injective",
    arguments: [
      "z in R^2; x = (tanh(z1), z1 z2) in R^2",
      "z in R; x = z + 1.001 sin(z) in R",
      "z in R; x = z^2 in R",
      "z in R; x = z^3 - z/1000 in R",
      "param a in (0, 2); z in R; x = z + a sin(z) in R",
      "z in R^2; x = (exp(z1) cos(z2), exp(z1) sin(z2)) in R^2",
      "z in R; x = cosh(z) in R",
      "z in R; x = piecewise(z if z < 0, z - 1 otherwise) in R",
      "z in R; x = z - 2 softplus(z) in R",
    ])
  func notInjective(text: String) throws {
    let problem = try problem(text)
    #expect(throws: SolverEvidence.Failure.self) { try SolverEvidence(problem) }
  }

  @Test("another question is no evidence")
  func otherQuestion() throws {
    let (square, cube) = (try problem("z in R; x = z^2 in R"), try problem("z in R; x = z^3 in R"))
    let evidence = try SolverEvidence(cube)
    #expect(outcome(.solver(evidence), cube, onto: true) == .solver)
    guard case .rejected = outcome(.solver(evidence), square),
      case .rejected = outcome(.solver(SolverEvidence(query: evidence.query + " ")), cube)
    else {
      Issue.record("accepted")
      return
    }
  }

  @Test("an operation in a case that is not always carried out asserts nothing")
  func conditionalOperations() throws {
    // In the other case log(z) has no value: to say that it has one would be a contradiction, and prove anything.
    let problem = try problem("z in R; x = piecewise(log(z)^2 if z > 1, 0 otherwise) in R")
    #expect(throws: SolverEvidence.Failure.self) { try SolverEvidence(problem) }
  }
}
