import Certificates
import Exact
import Symbolics
import Testing

@testable import Proofs

/// For each strategy maps that it proves, and maps just outside its reach.
@Suite("Strategies for several unknowns at once")
struct StrategyTests {
  @Test(arguments: [
    ("z in R^2; x = (z1, z2)/sqrt(1 + z1^2 + z2^2) in R^2 where x1^2 + x2^2 < 1", "radial"),
    ("z in R^2; x = (z1 (z1^2 + z2^2), z2 (z1^2 + z2^2)) in R^2", "radial"),
    (
      "z in R^2 where z1^2 + z2^2 > 0; x = (z1/(z1^2 + z2^2), z2/(z1^2 + z2^2)) in R^2 where x1^2 + x2^2 > 0",
      "radial"
    ),
    ("z in R^2 where z1 < z2; x = (z1 + z2, z1 z2) in R^2 where x1^2 > 4 x2", "resultants"),
    (
      "z in R x (0, inf); x = ((z1^2 + z2^2 - 1)/(z1^2 + (z2 + 1)^2), -2 z1/(z1^2 + (z2 + 1)^2)) in R^2 where x1^2 + x2^2 < 1",
      "resultants"
    ),
    (
      "z in (0, inf) x (-pi, pi); x = (z1 cos(z2), z1 sin(z2)) in R^2 where x2 != 0 or x1 > 0",
      "polar coordinates"
    ),
    (
      "z in (0, inf) x (0, 2 pi) x R; x = (z1 cos(z2), z1 sin(z2), z3 + z1) in R^3 where x2 != 0 or x1 < 0",
      "polar coordinates"
    ),
    (
      "z in (0, inf) x R; x = (z1^2 - z2^2, 2 z1 z2) in R^2 where x2 != 0 or x1 > 0", "elimination"
    ),
    (
      "z in R^2; x = (z1 - tanh(z1 + z2)/2, z2 - tanh(z1 + z2)/2) in R^2",
      "linear change of variables"
    ),
    (
      "z in R^3; x = (z1, z2 cos(z1) - z3 sin(z1), z2 sin(z1) + z3 cos(z1)) in R^3", "affine block"
    ),
    (
      "z in R^4; x = (z1, z2^3, z3 cos(z1 z2) - z4 sin(z1 z2) + z1, z3 sin(z1 z2) + z4 cos(z1 z2)) in R^4",
      "affine block"
    ),
    ("z in R^2; x = (4 z1^3 + 2 z1 z2^2, 4 z2^3 + 2 z1^2 z2) in R^2", "univalence"),
    (
      "param a > 0; param c in [-a, inf); z in R^2; x = (z1 + c z1/(a + sqrt(z1^2 + z2^2)), z2 + c z2/(a + sqrt(z1^2 + z2^2))) in R^2",
      "radial"
    ),
  ])
  func bijections(text: String, strategy: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective && found.checked == .accepted, "\(text)\n\(found.tried)")
    #expect(found.strategy == strategy, "\(text)")
  }

  /// Injective into a larger set.
  @Test(arguments: [
    "z in (0, inf) x (0, 2 pi); x = (z1 cos(z2), z1 sin(z2)) in R^2",
    "z in (0, 1)^2; x = (sqrt(-2 log(z1)) cos(2 pi z2), sqrt(-2 log(z1)) sin(2 pi z2)) in R^2",
  ])
  func slitPlanes(text: String) throws {
    let found = try verdict(text)
    #expect(
      found.kind == .injectiveNotSurjective && found.checked == .accepted,
      "\(text)\n\(found.tried)")
  }

  /// A matrix that depends on an earlier variable and is singular for one value of it.
  @Test func singularBlock() throws {
    let found = try verdict("z in R^3; x = (z1, z1 z2 + z3, z2 + z1 z3) in R^3")
    #expect(found.kind == .notInjective && found.checked == .accepted, "\(found.tried)")
  }

  /// A conditional affine map inside of bijections of each coordinate, by itself or as a stage.
  @Test(arguments: [
    ("param A in R^(2x2), b in R^2; z in R^2; x = exp(A z + b) in (0, inf)^2", "outer bijections"),
    (
      "param a, b, c, d; z in R^2; x = (tanh(a z1 + b z2)^3, 1 - (c z1 + d z2)^3) in (-1, 1) x R",
      "outer bijections"
    ),
    (
      "param A in R^(2x2), b in R^2; z in R^2; h = A z + b; x = (h1^3, exp(h2)) in R x (0, inf)",
      "stack"
    ),
  ])
  func conditionalAffine(text: String, strategy: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .conditional && found.checked == .accepted, "\(text)\n\(found.tried)")
    #expect(found.kindIfTrue == .bijective && found.kindIfFalse == .notInjective)
    #expect(found.strategy == strategy)
    let condition = try #require(found.condition)
    let names = condition.freeSymbols
    #expect(names.count == 4)
    for (entries, isBijective) in [
      ([1, 2, 3, 4], true), ([1, 2, 2, 4], false), ([0, 0, 0, 0], false),
    ] {
      let values = Dictionary(
        uniqueKeysWithValues: zip(names.sorted(), entries.map { Expression(Rational($0)) }))
      #expect(condition.holds(at: values) == isBijective, "\(entries)")
    }
  }

  /// Six symbols without values: a search for points that went on for minutes.
  @Test func manySymbolsEnd() throws {
    let found = try verdict("param A in R^(2x2); z in (0, 1)^2; x = A z in R^2")
    #expect(found.surjective != .yes && found.kind != .bijective)
  }

  /// Two conditional stages, and one that is not even injective, make no stack.
  @Test func conditionalStagesThatDoNotStack() throws {
    let found = try verdict("param a; z in R^2; h = (a z1, z2); x = (h1^2, exp(h2)) in R^2")
    #expect(found.kind != .bijective && found.kindIfTrue != .bijective)
  }

  /// The symbolic inverse of a 5x5 matrix is stated and verified; that of a 6x6 matrix is too large.
  @Test(arguments: [(5, true), (6, false)])
  func symbolicInverse(size: Int, isStated: Bool) throws {
    let found = try verdict(
      "param A in R^(\(size)x\(size)), b in R^\(size); z in R^\(size); x = A z + b in R^\(size)")
    #expect(found.kind == .conditional && found.checked == .accepted, "\(found.tried)")
    #expect((found.inverse != nil) == isStated)
  }

  /// det A has too many terms for kernel vectors and the inverse to be written out.
  @Test(arguments: [7, 8]) func largeSymbolicMatrix(size: Int) throws {
    let found = try verdict("param A in R^(\(size)x\(size)); z in R^\(size); x = A z in R^\(size)")
    #expect(found.kind == .conditional && found.checked == .accepted, "\(found.tried)")
    #expect(found.kindIfTrue == .bijective && found.kindIfFalse == .notInjective)
    let condition = try #require(found.condition)
    let matrices: [(nonsingular: Bool, entry: (Int, Int) -> Expression)] = [
      (true, { $0 == $1 ? 2 : 0 }), (true, { $0 < $1 ? 3 : $0 == $1 ? 1 : 0 }),
      (false, { _, _ in 1 }),
    ]
    for (nonsingular, entry) in matrices {
      var values: [Symbol: Expression] = [:]
      for row in 1...size {
        for column in 1...size { values[Symbol("a\(row)\(column)")] = entry(row, column) }
      }
      #expect(condition.holds(at: values) == nonsingular)
    }
  }

  /// A sphere that is mapped to the center.
  @Test func collapsedSpheres() throws {
    let found = try verdict("z in R^2; x = (z1, z2)(z1^2 + z2^2 - 4) in R^2")
    #expect(found.kind == .notInjective && found.checked == .accepted)
  }

  /// Nothing of this is a bijection, though each is nearly one.
  @Test(arguments: [
    // A determinant of one sign, but infinitely many preimages.
    "z in R^2; x = (exp(z1) cos(z2), exp(z1) sin(z2)) in R^2 where x1^2 + x2^2 > 0",
    "z in (0, inf) x (-4, 4); x = (z1 cos(z2), z1 sin(z2)) in R^2 where x1^2 + x2^2 > 0",
    "z in (0, inf) x [0, 2 pi]; x = (z1 cos(z2), z1 sin(z2)) in R^2 where x1^2 + x2^2 > 0",
    // The square of a complex number, without 0.
    "z in R^2 where z1^2 + z2^2 > 0; x = (z1^2 - z2^2, 2 z1 z2) in R^2 where x1^2 + x2^2 > 0",
    // Derivatives that just cross 0.
    "z in R^2; x = (z1 - 51/100 tanh(z1 + z2), z2 - 1/2 tanh(z1 + z2)) in R^2",
    "z in R^2; x = (z1 + 101/100 sin(z1), z2) in R^2",
    "z in R; x = z^3 - z/1000 in R",
    "z in R^2; x = (z1, z2)(z1^2 + z2^2 - 1/1000) in R^2",
    "z in R^2; x = (4 z1^3 + 13 z1 z2^2, 4 z2^3 + 13 z1^2 z2) in R^2",
    // Symmetric functions without an order of their arguments.
    "z in R^2; x = (z1 + z2, z1 z2) in R^2",
    "z in R^2 where z1 <= z2; x = (z1 + z2, z1 z2) in R^2 where x1^2 > 4 x2",
    // Not onto the disc, and leaving it.
    "z in R^2; x = (z1, z2)/sqrt(2 + z1^2 + z2^2)/2 in R^2 where x1^2 + x2^2 < 1",
  ])
  func noBijection(text: String) throws {
    #expect(try verdict(text).kind != .bijective, "\(text)")
  }

  /// Pinchuk's map (1994): det DF > 0 on R^2, and F(1, 0) = F(-1, -2).
  @Test func pinchuk() throws {
    let t = "(z1 z2 - 1)"
    let h = "(\(t) (z1 \(t) + 1))"
    let f = "((z1 \(t) + 1)^2 (\(t)^2 + z2))"
    let rest =
      "170 \(f) \(h) + 91 \(h)^2 + 195 \(f) \(h)^2 + 69 \(h)^3 + 75 \(f) \(h)^3 + 75/4 \(h)^4"
    let found = try verdict(
      "z in R^2; x = (\(f) + \(h), -\(t)^2 - 6 \(t) \(h) (\(h) + 1) - (\(rest))) in R^2")
    #expect(found.kind != .bijective && found.injective != .yes)
  }
}
