import Certificates
import Exact
import Symbolics
import Testing

@testable import Proofs

/// Maps that are bijective for some parameter values only.
@Suite("Conditions on parameters")
struct ConditionTests {
  @Test func conditionsArePlain() throws {
    let a = Expression.symbol("a")
    let leaky = try verdict("param a; z in R; x = piecewise(z if z >= 0, a z otherwise) in R")
    #expect(leaky.checked == .accepted && leaky.condition == .compare(a, .greater, 0))
    let boxCox = try verdict(
      "param l; z in (0, inf); x = piecewise((z^l - 1)/l if l != 0, log(z) otherwise) in R")
    #expect(boxCox.checked == .accepted)
    #expect(boxCox.condition == .compare(.symbol("l"), .equal, 0))
    #expect(boxCox.kindIfTrue == .bijective && boxCox.kindIfFalse == .injectiveNotSurjective)
  }

  /// The condition, at parameter values where the truth is known: (values, whether it holds).
  @Test(arguments: [
    (
      "param p; z in R; x = z^3 + p z in R",
      [(["p": 0], true), (["p": 2], true), (["p": -1], false)]
    ),
    (
      "param a, b; z in R; x = z^3 + a z^2 + b z in R",
      [(["a": 3, "b": 3], true), (["a": 0, "b": 0], true), (["a": 4, "b": 5], false)]
    ),
    (
      "param a; z in R; x = z + a sin(z) in R",
      [(["a": 1], true), (["a": -1], true), (["a": 2], false), (["a": -2], false)]
    ),
    ("param a; z in R; x = z exp(a z) in R", [(["a": 0], true), (["a": 1], false)]),
    (
      "param a, b; z in R^2; x = (a z1 + z2^3, b z2 - z1^3) in R^2",
      [(["a": 1, "b": 2], true), (["a": 0, "b": -1], true), (["a": 1, "b": -1], false)]
    ),
  ])
  func bijectiveOrNotInjective(text: String, cases: [([String: Int], Bool)]) throws {
    let found = try verdict(text)
    #expect(found.checked == .accepted, "\(text)\n\(found.tried)")
    #expect(found.kindIfTrue == .bijective && found.kindIfFalse == .notInjective, "\(text)")
    let condition = try #require(found.condition, "\(text)")
    for (values, holds) in cases {
      let point = Dictionary(
        uniqueKeysWithValues: values.map { (Symbol($0), Expression.rational($1)) })
      #expect(condition.holds(at: point) == holds, "\(condition) at \(values)")
    }
  }

  /// The Box-Cox transform of both halves is increasing for all powers, onto R for some.
  @Test func yeoJohnson() throws {
    let found = try verdict(
      """
      param L in R\\{0, 2}; z in R
      x = piecewise(((z + 1)^L - 1)/L if z >= 0, -((1 - z)^(2 - L) - 1)/(2 - L) otherwise) in R
      """)
    #expect(found.checked == .accepted)
    #expect(found.kindIfTrue == .bijective && found.kindIfFalse == .injectiveNotSurjective)
    let condition = try #require(found.condition)
    for (power, holds) in [(-1, false), (1, true), (3, false)] {
      #expect(condition.holds(at: [Symbol("L"): .rational(power)]) == holds)
    }
  }

  /// The checker wants the condition that the evidence shows, and no other.
  @Test func aWrongConditionIsRejected() throws {
    let problem = try parsed("param p; z in R; x = z^3 + p z in R")
    let found = Prover.verdict(for: problem)
    let certificate = try #require(found.certificate)
    let p = Expression.symbol("p")
    for wrong in [
      Predicate.compare(p, .greater, .zero), .compare(p, .greaterOrEqual, .minusOne), .always,
    ] {
      var claimed = found
      claimed.condition = wrong
      let outcome = CertificateChecker.check(certificate, proving: claimed, for: problem)
      #expect(outcome != .accepted, "\(wrong)")
    }
    var exchanged = found
    exchanged.kindIfTrue = found.kindIfFalse
    exchanged.kindIfFalse = found.kindIfTrue
    #expect(
      CertificateChecker.check(certificate, proving: exchanged, for: problem) != .accepted)
  }
}
