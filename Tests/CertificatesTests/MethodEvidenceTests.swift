import Exact
import Symbolics
import Testing

@testable import Certificates

/// Evidence made by hand for whole methods, right and wrong: the checker tells them apart.
@Suite("Evidence that names a method")
struct MethodEvidenceTests {
  private func isBijective(_ certificate: Certificate, _ problem: Problem) -> Bool {
    let verdict = Verdict(
      kind: .bijective, injective: .yes, surjective: .yes, strategy: "test")
    return CertificateChecker.check(certificate, proving: verdict, for: problem) == .accepted
  }

  private func isInjective(_ certificate: Certificate, _ problem: Problem) -> Bool {
    let verdict = Verdict(
      kind: .undecided, injective: .yes, surjective: .undecided, strategy: "test")
    return CertificateChecker.check(certificate, proving: verdict, for: problem) == .accepted
  }

  private func radial(_ profile: String, center: [Int], image: [Int]) throws -> Certificate {
    let scalar = try problem("z in [0, inf); x = \(profile) in [0, inf)")
    let r = Symbol("r")
    let formula = scalar.composedFormulas[0].substituting(scalar.inputs[0], by: Expression(r))
    let map = ScalarBijection(
      variable: r, formula: formula, domain: scalar.domain.intervals[0], image: nil,
      solvable: .always, direction: .increasing, inverse: nil, value: Symbol("s"),
      justification: .monotone(derivative: .one))
    return .radial(
      RadialEvidence(
        center: center.map { .rational($0) }, image: image.map { .rational($0) }, profile: map))
  }

  @Test(arguments: [
    ("z^3", [1, 0], [0, 2], true),
    ("z^3", [0, 0], [0, 2], false),
    ("z^3", [1, 0], [0, 1], false),
    ("z", [1, 0], [0, 2], false),
    ("2 z^3", [1, 0], [0, 2], false),
  ])
  func radialMaps(profile: String, center: [Int], image: [Int], isRight: Bool) throws {
    let square = "((z1 - 1)^2 + z2^2)"
    let map = try problem("z in R^2; x = ((z1 - 1) \(square), 2 + z2 \(square)) in R^2")
    #expect(isBijective(try radial(profile, center: center, image: image), map) == isRight)
  }

  /// h(r) = r² - r maps two radii to 0 and is negative between them.
  @Test func radiiThatFold() throws {
    let r = "sqrt(z1^2 + z2^2)"
    let map = try problem("z in R^2; x = (z1 (\(r) - 1), z2 (\(r) - 1)) in R^2")
    #expect(!isInjective(try radial("z^2 - z", center: [0, 0], image: [0, 0]), map))
  }

  @Test(arguments: [
    ("(2 z1 + sin(z2), 2 z2 - sin(z1))", UnivalenceEvidence.Rule.stronglyMonotone(.one), true),
    ("(2 z1 + sin(z2), 2 z2 - sin(z1))", .stronglyMonotone(2), false),
    ("(z1^3, z2^3)", .strictlyMonotone, false),
    ("(z1^3 + z1 z2^2, z2^3 + z1^2 z2)", .strictlyMonotone, true),
    ("(z1^3 + 4 z1 z2^2, z2^3 + 4 z1^2 z2)", .strictlyMonotone, false),
    ("(z1 + z1^3 - 9 z2, z2 + z2^3 + 9 z1)", .positiveMinors, true),
    ("(z1 + z1^3 + 9 z2, z2 + z2^3 + 9 z1)", .positiveMinors, false),
  ])
  func derivatives(map: String, rule: UnivalenceEvidence.Rule, isRight: Bool) throws {
    let problem = try problem("z in R^2; x = \(map) in R^2")
    #expect(isBijective(.univalent(UnivalenceEvidence(rule)), problem) == isRight, "\(map)")
  }

  /// A P-matrix everywhere makes f injective, not onto.
  @Test func univalenceIsNotSurjectivity() throws {
    let map = try problem("z in R^2; x = (exp(z1) - z2, exp(z2) + z1) in R^2")
    let evidence = Certificate.univalent(UnivalenceEvidence(.positiveMinors))
    #expect(isInjective(evidence, map) && !isBijective(evidence, map))
    // On the ring, which is no product of intervals, nothing is proven.
    let ring = try problem(
      "z in R^2 where z1^2 + z2^2 > 1; x = (exp(z1) - z2, exp(z2) + z1) in R^2")
    #expect(!isInjective(evidence, ring))
  }

  @Test(arguments: [("2 h1", true), ("3 h1", false)])
  func factors(last: String, isRight: Bool) throws {
    let map = try problem("z in R; x = 2 exp(z) in (0, inf)")
    let stack = try problem("z in R; h1 = exp(z) in (0, inf); x = \(last) in (0, inf)")
    var parts: [Certificate] = []
    for (stage, inverse) in zip(stack.stages, ["log(z)", isRight ? "z/2" : "z/3"]) {
      let formula = try problem("z in (0, inf); x = \(inverse) in R").composedFormulas[0]
      let output = Expression(stage.outputs[0])
      parts.append(
        .inverse(
          InverseEvidence(
            inverse: [formula.substituting(formula.freeSymbols[0], by: output)], derivation: [],
            image: stage.codomain)))
    }
    let evidence = FactorEvidence(stages: stack.stages, parts: parts)
    #expect(isBijective(.factored(evidence), map) == isRight)
  }
}
