import Certificates
import Symbolics
import Testing

@testable import Proofs

/// Maps with kinks, jumps and domains of several parts, against sets and inverses worked out by hand.
@Suite("Maps put together from pieces")
struct PieceTests {
  @Test(
    arguments: [
      ("z in R; x = sign(z) z^2", "piecewise(-sqrt(-x) if x < 0, sqrt(x) otherwise)", "z == 0"),
      ("z in R; x = sign(z) sqrt(abs(z))", "x abs(x)", "z == 0"),
      ("z in R; x = sign(z) log(1 + abs(z))", "sign(x) (exp(abs(x)) - 1)", nil),
      (
        "z in R; x = piecewise(z - 1 if z < -1, 2 z if z < 1, z + 1 otherwise)",
        "piecewise(x + 1 if x < -2, x/2 if x < 2, x - 1 otherwise)", "z == -1 or z == 1"
      ),
      (
        "z in R; x = piecewise(z if z < 0, 2 z if z < 1, 3 z - 1 if z < 2, 4 z - 3 otherwise)",
        "piecewise(x if x < 0, x/2 if x < 2, (x + 1)/3 if x < 5, (x + 3)/4 otherwise)",
        "z == 0 or z == 1 or z == 2"
      ),
      // Onto, though it jumps.
      (
        "z in R; x = piecewise(-1/z if z < 0, 0 if z == 0, -1/z otherwise)",
        "piecewise(-1/x if x < 0, 0 if x == 0, -1/x otherwise)", "z == 0"
      ),
      ("z in R where z > 0 or z < -1; x = z in R where x > 0 or x < -1", "x", nil),
    ] as [(String, String, String?)])
  func bijective(text: String, inverse: String, singular: String?) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective && found.checked == .accepted, "\(text)")
    let own = try #require(found.inverse?.first, "\(text)")
    #expect(own.isIdentical(to: try Formula.parse(inverse)), "\(text): \(own.text)")
    switch found.regularity {
    case .diffeomorphism?: #expect(singular == nil, "\(text)")
    case .bijectionNotSmooth(let set)?:
      #expect(set.points == (try singular.map { try Formula.parsePredicate($0) }), "\(text)")
    case nil: Issue.record("\(text): regularity is not known")
    }
  }

  /// Cases of an earlier variable: each step has a solution in every case.
  @Test(arguments: [
    (
      "z in R^2; x = (z1, piecewise(z2 if z1 > 1, 2 z2 otherwise))",
      "piecewise(x2 if x1 > 1, x2/2 otherwise)"
    ),
    (
      "z in R^2; x = (z1^3, piecewise(z2 + z1 if z1 > 1, -z2^3 if z1 < 0, sinh(z2) otherwise))",
      "piecewise(x2 - cbrt(x1) if cbrt(x1) > 1, -cbrt(x2) if cbrt(x1) < 0, asinh(x2) otherwise)"
    ),
    (
      "param a; z in R; x = piecewise(z if a > 0, 1 - 3 z otherwise)",
      "piecewise(x if a > 0, (1 - x)/3 otherwise)"
    ),
  ])
  func casesOfEarlierVariables(text: String, last: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective && found.checked == .accepted, "\(text)\n\(found.tried)")
    let own = try #require(found.inverse?.last, "\(text)")
    #expect(own.isIdentical(to: try Formula.parse(last)), "\(text): \(own.text)")
  }

  /// The images of the cases differ, so that some values of x2 have no preimage for some of x1.
  @Test func casesWithDifferentImages() throws {
    let found = try verdict(
      "z in R^2; x = (z1, piecewise(exp(z2) if z1 > 0, -exp(z2) otherwise)) in R^2")
    #expect(found.kind == .injectiveNotSurjective && found.checked == .accepted, "\(found.tried)")
    let collapsed = try verdict(
      "z in R^2; x = (z1, piecewise(exp(z2) if z1 > 0, 0 otherwise)) in R^2")
    #expect(collapsed.kind == .notInjective && collapsed.checked == .accepted, "\(collapsed.tried)")
  }

  @Test(arguments: [
    ("z in R; x = piecewise(z if z < 0, z + 1 otherwise)", "x < 0 or x >= 1", 0),
    ("z in R; x = z + sign(z)", "x < -1 or x == 0 or x > 1", 1),
    (
      "z in R; x = piecewise(z - 1 if z < -1, z if z < 1, z + 1 otherwise)",
      "x < -2 or x >= -1 and x < 1 or x >= 2", 1
    ),
    ("z in R; x = piecewise(z if z < 0, z + exp(z) otherwise)", "x < 0 or x >= 1", 0),
    ("z in R where z > 0 or z < -1; x = z", "x > 0 or x < -1", 0),
  ])
  func gaps(text: String, image: String, missing: Int) throws {
    let found = try verdict(text)
    #expect(found.kind == .injectiveNotSurjective && found.checked == .accepted, "\(text)")
    #expect(found.image == (try Formula.parsePredicate(image)), "\(found.image?.text ?? "none")")
    guard case .both(let parts)? = found.certificate,
      case .missingPoint(let evidence)? = parts.last
    else {
      Issue.record("\(text): no missing value")
      return
    }
    #expect(evidence.point == [Expression.rational(missing)], "\(text): \(evidence.point)")
  }

  @Test(arguments: [
    ("z in R; x = piecewise(z if z < 0, z - 1 otherwise)", Verdict.Kind.notInjective),
    ("z in R; x = piecewise(z if z < -1, -z - 2 if z < 1, z - 4 otherwise)", .notInjective),
    ("z in R; x = sign(z)", .notInjective),
    ("z in R; x = sign(z) z^2 - z", .notInjective),
    ("z in R; x = piecewise(z if z < 0, z + 1 otherwise) in R where x < 0 or x > 1", .illPosed),
    // The pieces overlap for some values of the parameter.
    ("param c; z in R; x = piecewise(z if z < c, 2 z - 1 otherwise)", .undecided),
  ])
  func others(text: String, kind: Verdict.Kind) throws {
    let found = try verdict(text)
    #expect(found.kind == kind, "\(text) is \(found.kind)")
  }

  /// Branches of circular functions on strips.
  @Test(arguments: [
    (
      "z in R^2 where 2 z1 + z2 > 0 and 2 z1 + z2 < pi; x = (cos(2 z1 + z2), z2) in (-1, 1) x R",
      "(acos(x1) - x2)/2"
    ),
    (
      "z in R^2 where z1 + z2 > -pi/2 and z1 + z2 < pi/2; x = (sin(z1 + z2), z2) in (-1, 1) x R",
      "asin(x1) - x2"
    ),
  ])
  func strips(text: String, inverse: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective && found.checked == .accepted, "\(text)")
    let own = try #require(found.inverse?.first, "\(text)")
    #expect(own.isIdentical(to: try Formula.parse(inverse)), "\(text): \(own.text)")
  }

  @Test(
    arguments: [
      ("z in R^2; x = (z1 + abs(z2), z2)", "z2 == 0"),
      ("z in R^2; x = (2 z1 + abs(z1), z2)", "z1 == 0"),
      ("z in R^2; x = (max(z1, 2 z1) + z2, z2)", "z1 == 0"),
      ("z in R^2; x = (z1 + abs(z1)/2, z2 + abs(z2)/2)", "z1 == 0 or z2 == 0"),
      // Continuously differentiable all the same.
      ("z in R^2; x = (z1 + z2 abs(z2), z2)", nil),
    ] as [(String, String?)])
  func kinksInSeveralVariables(text: String, singular: String?) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective, "\(text)")
    switch found.regularity {
    case .diffeomorphism?: #expect(singular == nil, "\(text)")
    case .bijectionNotSmooth(let set)?:
      #expect(set.points == (try singular.map { try Formula.parsePredicate($0) }), "\(text)")
    case nil: Issue.record("\(text): regularity is not known")
    }
  }
}
