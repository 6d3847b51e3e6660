import Certificates
import Densities
import Proofs
import Symbolics
import Testing

@testable import Solutions

/// Claims are checked with the domains of their formulas: a formula that is undefined somewhere is
/// no answer, whatever it simplifies to.
@Suite("Claims")
struct ClaimTests {
  private func answer(_ text: String) throws -> ClaimAnswer {
    let problem = try FlowParser.parse(text, file: "test")[0]
    let verdict = Prover.verdict(for: problem)
    let density = problem.base == nil ? nil : try PushforwardDensity(problem, verdict: verdict)
    let check = ClaimCheck(problem, verdict: verdict, density: density)
    return try #require(check.answers().first)
  }

  /// Points that depend on a parameter, where f⁻¹ has no closed form (problem 5 of the sheet).
  @Test(arguments: [
    ("8/(sqrt(2 pi) K (K + 1))", ClaimAnswer.Judgement.right),
    ("8/(sqrt(2 pi) K (K + 2))", .wrong), ("4/(sqrt(2 pi) K^2)", .wrong),
  ])
  func densitiesForEveryParameter(value: String, judgement: ClaimAnswer.Judgement) throws {
    let found = try answer(
      """
      param K : integer >= 1; z in R; x = sum(k in 1..K, sigmoid(k z)) in (0, K); z ~ normal(0, 1)
      claim density at K/2 = \(value)
      """)
    #expect(found.judgement == judgement)
  }

  /// A decimal number is right when it is rounded right to the digits written.
  @Test(arguments: [
    ("0.0416667", ClaimAnswer.Judgement.right), ("0.04", .right), ("1/24", .right),
    ("0.0417", .right), ("0.0416", .wrong), ("0.0416666", .wrong), ("0.05", .wrong),
    ("0.041666666666666666667", .right), ("1/25", .wrong),
  ])
  func roundedDensities(value: String, judgement: ClaimAnswer.Judgement) throws {
    let found = try answer(
      "z in R; x = 24 z in R; z ~ uniform([0, 1]); claim density at 3 = \(value)")
    #expect(found.judgement == judgement)
  }

  /// Wrong at one point, or from a far point on.
  @Test(arguments: [
    "piecewise(x/2 if x != 7, 0 otherwise)", "x/2 + max(0, x - 123456)",
    "x/2 + abs(x - 1000) - 1000 + x", "piecewise(x/2 if x < 10^6, x otherwise)",
  ])
  func inversesWrongFarOut(inverse: String) throws {
    let found = try answer("z in R; x = 2 z in R; claim inverse \(inverse)")
    #expect(found.judgement == .wrong && found.witness != nil, "\(inverse): \(found.reason)")
  }

  @Test(arguments: [
    ("z in R; x = 2 z in R", "exp(log(x))/2"),
    ("z in R; x = 2 z in R", "sqrt(x)^2/2"),
    ("z in R; x = 2 z in R", "sin(asin(x))/2"),
    ("z in R; x = 2 z in R", "x/2 + 0*log(x)"),
    ("z in R; x = 2 z in R", "tanh(atanh(x))/2"),
    ("z in R; x = 2 z in R", "x^2/(2 x)"),
    ("z in R; x = z^3 in R", "x^(1/3)"),
    ("z in R^2; x = (2 z1, z2^3) in R^2", "(x1/2, x2^(1/3))"),
    ("z in R; x = exp(z) in R", "log(x)"),
    ("param a; z in R; x = z + a in R", "x - a^2/a"),
  ])
  func inversesUndefinedSomewhere(map: String, inverse: String) throws {
    let found = try answer("\(map); claim inverse \(inverse)")
    #expect(found.judgement == .wrong, "\(map): \(inverse): \(found.reason)")
    #expect(found.witness != nil || map.contains("exp"), "\(map): \(inverse)")
  }

  @Test(arguments: [
    ("z in R; x = z^3 in R", "cbrt(x)"),
    ("z in R; x = exp(z) in (0, inf)", "log(x)"),
    ("z in R; x = exp(z) in (0, inf)", "log(sqrt(x)^2)"),
    ("z in (0, inf); x = z^2 in (0, inf)", "sqrt(x)"),
    ("z in R; x = sinh(z) in R", "log(x + sqrt(x^2 + 1))"),
    // Cardano's formula.
    (
      "z in R; x = z^3 + z in R",
      "cbrt(x/2 + sqrt(x^2/4 + 1/27)) + cbrt(x/2 - sqrt(x^2/4 + 1/27))"
    ),
    (
      "param p > 0; z in R; x = z^3 + p z in R",
      "cbrt(x/2 + sqrt(x^2/4 + p^3/27)) + cbrt(x/2 - sqrt(x^2/4 + p^3/27))"
    ),
    ("param a; z in R; x = a z in R", "x/a"),
    ("param a, b; z in R; x = a z + b in R", "(x - b)/a"),
    ("param a != 0; z in R; x = a z in R", "x/a"),
    (
      "param A in R^(2x2); z in R^2; x = A z in R^2",
      "((a22 x1 - a12 x2)/(a11 a22 - a12 a21), (a11 x2 - a21 x1)/(a11 a22 - a12 a21))"
    ),
  ])
  func rightInverses(map: String, inverse: String) throws {
    let found = try answer("\(map); claim inverse \(inverse)")
    #expect(found.judgement == .right, "\(map): \(inverse): \(found.reason)")
  }

  @Test(arguments: [
    ("param a; z in R; x = a z in R", "2 x/a"),
    ("param a; z in R; x = a z in R", "x"),
    ("z in R; x = z^3 in R", "x/3"),
    (
      "z in R; x = z^3 + z in R",
      "cbrt(x/2 + sqrt(x^2/4 + 1/27)) - cbrt(x/2 - sqrt(x^2/4 + 1/27))"
    ),
    ("z in R; x = z^2 in R", "sqrt(x)"),
  ])
  func wrongInverses(map: String, inverse: String) throws {
    #expect(try answer("\(map); claim inverse \(inverse)").judgement == .wrong)
  }

  /// A conditional answer names its condition, and no witness violates it.
  @Test func theConditionIsNamed() throws {
    let right = try answer("param a; z in R; x = a z in R; claim inverse x/a")
    let condition = try Formula.parsePredicate("a != 0")
    #expect(right.reason.fragments.contains(.mathematics(.predicate(condition))))
    let wrong = try answer("param a; z in R; x = a z in R; claim inverse 2 x/a")
    #expect(wrong.witness?.parameters[Symbol("a")] != .zero)
  }

  @Test(arguments: [
    ("z in R; x = z^3 in R", "det 3 z^2", ClaimAnswer.Judgement.right),
    ("z in R; x = z^3 in R", "det 3 z^2 + log(z) - log(z)", .wrong),
    ("z in R; x = z^3 in R", "det 3 z^3/z", .wrong),
    ("z in R; x = z^3 in R", "det z^2", .wrong),
    ("z in R; x = z^3 in R", "logdet 2 log(z) + log(3)", .wrong),
    ("z in R; x = z^3 in R", "logdet 2 log(abs(z)) + log(3)", .right),
    ("z in R; x = z^3 in R", "logdet log(3 z^2)", .right),
    ("z in (0, inf); x = z^3 in (0, inf)", "logdet 2 log(z) + log(3)", .right),
    ("param a; z in R; x = a z in R", "logdet log(abs(a))", .right),
    ("param a; z in R; x = a z in R", "logdet log(a)", .wrong),
    ("z in R; x = cbrt(z) in R", "det 1/(3 cbrt(z)^2)", .right),
    ("z in R; x = exp(z) in (0, inf)", "logdet z", .right),
  ])
  func determinants(map: String, claim: String, expected: ClaimAnswer.Judgement) throws {
    let found = try answer("\(map); claim \(claim)")
    #expect(found.judgement == expected, "\(map): \(claim): \(found.reason)")
  }

  @Test(arguments: [
    ("density = exp(-log(x)^2/2)/(x sqrt(2 pi))", ClaimAnswer.Judgement.right),
    ("density = exp(-log(x)^2/2)/sqrt(2 pi)", .wrong),
    ("density = exp(-log(x)^2/2)/(x sqrt(2 pi)) + log(x - 1) - log(x - 1)", .wrong),
    ("density at 1 = 1/sqrt(2 pi)", .right),
    ("density at 1 = 1/sqrt(pi)", .wrong),
    ("density at 1 = exp(log(1/sqrt(2 pi)))", .right),
  ])
  func densities(claim: String, expected: ClaimAnswer.Judgement) throws {
    let map = "z in R; x = exp(z) in (0, inf); z ~ normal(0, 1)"
    let found = try answer("\(map); claim \(claim)")
    #expect(found.judgement == expected, "\(claim): \(found.reason)")
  }

  /// Two preimages overlap in part: the terms of the density add up there.
  @Test func foldedDensities() throws {
    let map = "z in R; x = z^2 in [0, inf); z ~ uniform([-1, 2])"
    let wrong = try answer("\(map); claim density = 1/(6 sqrt(x))")
    #expect(wrong.judgement == .wrong)
    let right = try answer(
      "\(map); claim density = piecewise(1/(3 sqrt(x)) if x <= 1, 1/(6 sqrt(x)) if x <= 4, 0 otherwise)"
    )
    #expect(right.judgement != .wrong, "\(right.reason)")
  }

  /// The witness against a wrong claim.
  private func witness(_ text: String) throws -> Witness {
    let found = try answer(text)
    #expect(found.judgement == .wrong, "\(text): \(found.reason)")
    return try #require(found.witness, "\(text): \(found.reason)")
  }

  /// g(f(z)) = |z| is another point than z where z is negative; x = 0 has one preimage only.
  @Test func inversesOfFoldsFailAtAPoint() throws {
    let point = try witness("z in R; x = z^2 in R; claim inverse sqrt(x)").point[0]
    #expect(Assumptions().decide(.compare(point, .greater, .zero)) == true)
  }

  /// Two points with one image, or a point that is no value.
  @Test func mapsThatAreNotInvertibleHaveAWitness() throws {
    let even = try witness("z in R; x = z^2 in R; claim invertible").point[0]
    #expect(Assumptions().decide(.compare(even, .unequal, .zero)) == true)
    let missing = try witness("z in R; x = exp(z) in R; claim invertible").point[0]
    #expect(Assumptions().decide(.compare(missing, .lessOrEqual, .zero)) == true)
  }

  /// |a| in the place of a, and a ≠ 0: values of the parameter show it.
  @Test func claimsFailAtValuesOfParameters() throws {
    let a = Symbol("a")
    let density = try witness(
      "param a; z in R; x = a z in R; z ~ normal(0, 1); claim density at 0 = 1/(a sqrt(2 pi))")
    let value = try #require(density.parameters[a])
    #expect(Assumptions().decide(.compare(value, .less, .zero)) == true)
    let scale = try witness("param a; z in R; x = a z in R; claim invertible")
    #expect(scale.parameters[a]?.isZero == true)
  }

  @Test func illPosedProblemsHaveNoAnswers() throws {
    #expect(try answer("z in R; x = log(z) in R; claim inverse exp(x)").judgement == .undecided)
  }
}
