import Certificates
import Symbolics
import Testing

@testable import Proofs

/// Where bijections are no diffeomorphisms, with the sets worked out by hand.
@Suite("Regularity")
struct RegularityTests {
  typealias Failure = Verdict.SingularSet.Failure

  @Test(arguments: [
    (
      "z in R^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2))",
      "z1^2 + exp(-z1) z3 == 0", "x3 == 0", Failure.map
    ),
    ("z in R; x = z^3", "z == 0", "x == 0", .inverse),
    ("z in R; x = cbrt(z - 1)", "z == 1", "x == 0", .map),
    ("z in R; x = (z^3 + 1)^3", "z == 0 or z == -1", "x == 1 or x == 0", .inverse),
    ("z in R; x = cbrt(z^3 + 1)", "z == -1 or z == 0", "", .either),
    ("z in R^2; x = (z2^5, z1 - z2)", "z2 == 0", "x1 == 0", .inverse),
    ("z in [0, inf); x = sqrt(z) in [0, inf)", "z == 0", "x == 0", .map),
    ("z in [1, inf); x = acosh(z) in [0, inf)", "", "x == 0", .map),
    ("z in R^2; x = (cbrt(z1), z2^3)", "z1 == 0 or z2 == 0", "", .either),
    ("param a in (0, 1); z in [0, inf); x = z^a in [0, inf)", "z == 0", "x == 0", .map),
    ("z in [0, inf); x = z^pi in [0, inf)", "z == 0", "x == 0", .inverse),
  ])
  func singularSets(text: String, points: String, image: String, failure: Failure) throws {
    guard case .bijectionNotSmooth(let set)? = try verdict(text).regularity else {
      Issue.record("\(text) is no diffeomorphism")
      return
    }
    if !points.isEmpty {
      #expect(set.points == (try Formula.parsePredicate(points)), "\(text): \(set.points.text)")
    }
    let stated = image.isEmpty ? nil : try Formula.parsePredicate(image)
    #expect(set.image == stated, "\(text): \(set.image?.text ?? "none")")
    #expect(set.failure == failure, "\(text)")
  }

  @Test(arguments: [
    "z in R; x = z^3 + z", "z in R; x = asinh(z)", "z in (0, inf); x = z^3 in (0, inf)",
    "z in R^2; x = (exp(z2) z1, z2)", "z in (-1, 1); x = asin(z) in (-pi/2, pi/2)",
  ])
  func diffeomorphisms(text: String) throws {
    #expect(try verdict(text).regularity == .diffeomorphism, "\(text)")
  }

  /// Diffeomorphisms for some values of a parameter and not for others: nothing is said.
  @Test(arguments: [
    "param a >= 0; z in R; x = z^3 + a z", "param a in [-1, 1]; z in R; x = z + a sin(z)",
    "param n : integer >= 1; z in [0, inf); x = z^n in [0, inf)",
    "param a > 0; z in (0, a); x = (z - 1)^3 in (-1, (a - 1)^3)",
    "param a > 0; z in [0, inf); x = z^a in [0, inf)",
  ])
  func dependsOnAParameter(text: String) throws {
    #expect(try verdict(text).regularity == nil, "\(text)")
  }

  /// One exceptional point for every value of the parameter.
  @Test(arguments: [
    "param a; z in R; x = (z - a)^3", "param a > 0; z in R; x = a z^3",
    "param a; z in R; x = z^3 + a",
  ])
  func singularForEveryParameter(text: String) throws {
    guard case .bijectionNotSmooth? = try verdict(text).regularity else {
      Issue.record("\(text) is no diffeomorphism")
      return
    }
  }

  /// Corners, by the slopes from both sides.
  @Test(arguments: [
    ("z in R; x = z + abs(z)/2", ["0"]), ("z in R; x = max(z, 2 z)", ["0"]),
    ("z in R; x = abs(z)^3 + 2 z^3", ["0"]), ("z in R; x = z abs(z)", ["0"]),
    ("z in R; x = 3 z + abs(z - 1) + abs(z + 2)", ["-2", "1"]),
    ("z in R; x = z + cbrt(z)", ["0"]), ("z in [0, inf); x = z abs(z) in [0, inf)", ["0"]),
  ])
  func corners(text: String, points: [String]) throws {
    guard case .bijectionNotSmooth(let set)? = try verdict(text).regularity else {
      Issue.record("\(text) is no diffeomorphism")
      return
    }
    let found: [Predicate] = if case .or(let parts) = set.points { parts } else { [set.points] }
    #expect(found.map(\.text).sorted() == points.map { "z == \($0)" }.sorted(), "\(text)")
  }

  @Test(arguments: [
    "z in R; x = z/(1 + abs(z)) in (-1, 1)", "z in R; x = z + z abs(z)",
    "z in R; x = z + z^3 abs(z)", "z in R; x = z + max(z, 0)^2",
    "z in [0, inf); x = z + abs(z)^2 in [0, inf)",
  ])
  func smoothInSpiteOfCorners(text: String) throws {
    #expect(try verdict(text).regularity == .diffeomorphism, "\(text)")
  }
}
