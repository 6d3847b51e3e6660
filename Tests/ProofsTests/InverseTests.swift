import Certificates
import Symbolics
import Testing

@testable import Proofs

/// Closed inverses with parameters, against inverses worked out by hand.
@Suite("Inverses by isolation")
struct InverseTests {
  @Test(arguments: [
    ("param n : integer >= 1; z in [0, inf); x = z^n in [0, inf)", "x^(1/n)"),
    ("param m, s > 0; z in (0, 1); x = m + s log(z/(1 - z))", "1/(1 + exp((m - x)/s))"),
    ("param s > 0; z in (0, 1); x = s log(z) - s log(1 - z)", "1/(1 + exp(-x/s))"),
    ("z in R; x = z/sqrt(1 + z^2) in (-1, 1)", "x/sqrt(1 - x^2)"),
    (
      "param m, s > 0; z in R; x = (z - m)/sqrt((z - m)^2 + s^2) in (-1, 1)",
      "m + s x/sqrt(1 - x^2)"
    ),
    ("param a > 0; z in (-a, a); x = z/sqrt(a^2 - z^2)", "a x/sqrt(1 + x^2)"),
    ("param a > 0; z in (-a, a); x = z/(a^2 - z^2)", "2 a^2 x/(1 + sqrt(1 + 4 a^2 x^2))"),
    ("param a > 0; z in (0, inf); x = z - a/z", "(x + sqrt(x^2 + 4 a))/2"),
    ("param a > 0; z in R; x = z + sqrt(z^2 + a^2) in (0, inf)", "(x^2 - a^2)/(2 x)"),
    ("z in R; x = exp(z) - exp(-z)", "-log((sqrt(x^2 + 4) - x)/2)"),
    (
      "param m, s > 0; z in R; x = (exp((z - m)/s) - exp(-(z - m)/s))/2",
      "m - s log(sqrt(x^2 + 1) - x)"
    ),
  ])
  func closedForms(text: String, expected: String) throws {
    let problem = try parsed(text)
    let found = Prover.verdict(for: problem)
    #expect(found.kind == .bijective && found.checked == .accepted, "\(text)")
    let inverse = try #require(found.inverse?.first, "\(text)")
    let known = Assumptions(parameters: problem.parameters).adding(problem.codomain)
    #expect(
      inverse.isIdentical(to: try Formula.parse(expected), under: known),
      "\(text): \(inverse.text)")
  }

  @Test(arguments: [
    ("param a > 0; z in R; x = z/sqrt(a^2 + z^2)", Verdict.Kind.injectiveNotSurjective),
    ("param a > 0; z in R; x = sqrt(a^2 + z^2)", .notInjective),
    ("z in R where z^2 != 1; x = z/(1 - z^2)", .notInjective),
    ("param a; z in R; x = exp(z) + a exp(-z)", .undecided),
  ])
  func others(text: String, kind: Verdict.Kind) throws {
    let found = try verdict(text)
    #expect(found.kind == kind, "\(text) is \(found.kind)")
  }
}
