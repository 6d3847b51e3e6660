import Certificates
import Symbolics
import Testing

@testable import Proofs

/// Images and repairs of maps that are not injective, with sets worked out by hand.
@Suite("Images of maps that are not injective")
struct ImageTests {
  /// The condition as the problem language writes it, in the outputs' names.
  private func predicate(_ text: String) throws -> Predicate {
    try Formula.parsePredicate(text)
  }

  @Test(arguments: [
    ("z in R^2; x = (z1^2 z2, z2^3)", "x1 x2 > 0 or x1 == 0"),
    ("z in R^2; x = (z1^4 z2^3, z2^5)", "x1 x2 > 0 or x1 == 0"),
    ("z in R^2; x = (3 z1^2 z2, -z2^3)", "x1 x2 < 0 or x1 == 0"),
    ("z in R^2; x = (z2^3, z1^2 z2)", "x1 x2 > 0 or x2 == 0"),
    ("z in R^2; x = (z1^2 exp(z2), z2)", "x1 >= 0"),
    ("z in R^2; x = (z1 z2, z1)", "x2 != 0 or x1 == 0"),
    ("z in R^2; x = (z1^2, z2^2)", "x1 >= 0 and x2 >= 0"),
    ("z in R^2; x = (z1^2 + z2^2, z2)", "x1 - x2^2 >= 0"),
    ("z in R^3; x = (z1^2 z2, z2^3, z3 + z1)", "x1 x2 > 0 or x1 == 0"),
    ("param a > 0; z in R^2; x = (a z1^2 z2, z2^3)", "x1 x2 > 0 or x1 == 0"),
    ("z in R; x = cosh(z) in R", "x >= 1"),
    ("z in R; x = z^2 in (-1, inf)", "x > -1 and x >= 0"),
    ("z in R; x = (z^2, z^4)", "x1 >= 0 and x1^2 - x2 == 0"),
  ])
  func images(text: String, expected: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .notInjective, "\(text)")
    #expect(found.surjective == .no, "\(text)")
    #expect(found.image == (try predicate(expected)), "\(text): \(found.image?.text ?? "none")")
    #expect(found.checked == .accepted, "\(text)")
  }

  /// A z + b on a part of R^n: the image is where A⁻¹(x - b) lies in that part.
  @Test(arguments: [
    (
      "z in [0, 1]^2; x = (z1 + z2, z1 - z2)",
      "0 <= x1 + x2 and x1 + x2 <= 2 and 0 <= x1 - x2 and x1 - x2 <= 2"
    ),
    ("z in (0, inf)^2; x = (z1 + z2, z1 - z2 + 1)", "x1 + x2 > 1 and x1 - x2 > -1"),
    (
      "param a > 0; z in (0, inf)^3; x = (z1 + z2, z2 + a z3, a z3 + z1)",
      "x1 - x2 + x3 > 0 and x1 + x2 - x3 > 0 and x2 + x3 - x1 > 0"
    ),
  ])
  func affineParts(text: String, expected: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .injectiveNotSurjective && found.checked == .accepted, "\(text)")
    let image = try #require(found.image, "\(text)")
    // Both sets on a grid that meets their corners.
    let set = try predicate(expected)
    let outputs = set.freeSymbols.sorted()
    for number in 0..<(outputs.count == 2 ? 49 : 343) {
      let digits = [number % 7, number / 7 % 7, number / 49]
      let point = Dictionary(
        uniqueKeysWithValues: zip(outputs, digits.map { Expression(integerLiteral: $0 - 2) / 2 }))
      #expect(image.holds(at: point) == set.holds(at: point), "\(text) at \(digits)")
    }
  }

  @Test(arguments: [
    "z in [0, 1]^2; x = (z1 + z2, 2 z1 + 2 z2)", "param a; z in [0, 1]^2; x = (z1 + a z2, z1 - z2)",
  ])
  func affinePartsThatMayCollapse(text: String) throws {
    #expect(try verdict(text).injective != .yes, "\(text)")
  }

  @Test(arguments: [
    "z in R; x = z^2 in [0, inf)", "z in R^2; x = z1 + z2", "z in R^2; x = z1 z2",
    "z in R^3; x = (z1 z2, z3)",
  ])
  func ontoAllTheSame(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .notInjective && found.surjective == .yes, "\(text)")
    #expect(found.image == nil && found.checked == .accepted, "\(text)")
  }

  @Test(arguments: [
    ("z in R^2; x = (z1^2 z2, z2^3)", "z1 > 0 and z2 != 0", "x1 x2 > 0"),
    ("z in R^2; x = (z1^4 z2^3, z2^5)", "z1 > 0 and z2 != 0", "x1 x2 > 0"),
    ("z in R^2; x = (z1^2 exp(z2), z2)", "z1 > 0", "x1 > 0"),
    ("z in R; x = cosh(z)", "z > 0", "x > 1"),
  ])
  func repairs(text: String, domain: String, image: String) throws {
    let problem = try parsed(text)
    let found = Prover.verdict(for: problem)
    let part = try #require(Repair.restriction(of: problem, verdict: found), "\(text)")
    let stage = part.stage
    #expect(part.verdict.kind == .bijective && part.verdict.checked == .accepted, "\(text)")
    let inside = stage.domain.membership(of: stage.inputs.map { Expression($0) })
    let reached = stage.codomain.membership(of: stage.outputs.map { Expression($0) })
    #expect(inside == (try predicate(domain)), "\(text): \(inside.text)")
    #expect(reached == (try predicate(image)), "\(text): \(reached.text)")
    #expect(part.verdict.inverse?.count == stage.inputs.count, "\(text)")
  }
}
