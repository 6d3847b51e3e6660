import Certificates
import Symbolics
import Testing

@testable import Proofs

@Suite("Verdicts on maps of the kinds on the exercise sheet")
struct SheetTests {
  @Test func triangularWithExponentialScales() throws {
    let found = try verdict("z in R^3; x = (2 z1, exp(z1) z2, exp(-z1 - z2) z3) in R^3")
    #expect(found.kind == .bijective)
    #expect(found.checked == .accepted)
    #expect(found.inverse?.map(\.text) == ["x1/2", "e^(-x1/2) x2", "e^(x1/2 + e^(-x1/2) x2) x3"])
    #expect(found.regularity == .diffeomorphism)
  }

  @Test func evenCoordinate() throws {
    let found = try verdict("z in R^2; x = (z1^2 z2, z2^3) in R^2")
    #expect(found.kind == .notInjective)
    #expect(found.surjective == .no)
    #expect(found.checked == .accepted)
  }

  @Test func affineWithSymbolicMatrix() throws {
    let found = try verdict("param A in R^(2x2), b in R^2; z in R^2; x = A z + b in R^2")
    #expect(found.kind == .conditional)
    #expect(found.kindIfTrue == .bijective)
    #expect(found.kindIfFalse == .notInjective)
    #expect(found.checked == .accepted)
    guard case .compare(let determinant, .unequal, let zero)? = found.condition else {
      Issue.record("the condition should be det A != 0")
      return
    }
    let expected = try FlowParser.parse(
      "param A in R^(2x2); z in R; x = a11 a22 - a12 a21", file: "test")[0].composedFormulas[0]
    #expect(zero.isZero)
    #expect(determinant.isIdentical(to: expected) || determinant.isIdentical(to: -expected))
  }

  @Test func cubeRootIsReal() throws {
    let found = try verdict(
      "z in R^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2)) in R^3")
    #expect(found.kind == .bijective)
    #expect(found.checked == .accepted)
    guard case .bijectionNotSmooth? = found.regularity else {
      Issue.record("f is not differentiable where x3 = 0")
      return
    }
  }

  @Test(arguments: [1, 2, 3, 7, 50])
  func sumsOfSigmoids(count: Int) throws {
    let found = try verdict("z in R; x = sum(k in 1..\(count), sigmoid(k z)) in (0, \(count))")
    #expect(found.kind == .bijective)
    let intoReals = try verdict("z in R; x = sum(k in 1..\(count), sigmoid(k z)) in R")
    #expect(intoReals.kind == .injectiveNotSurjective)
  }

  /// 0^v is 0 for v > 0, so that the closed half-line is mapped onto itself.
  @Test(arguments: [
    ("param a > 0; z in [0, inf); x = z^a in [0, inf)", Verdict.Kind.bijective),
    ("param K : integer >= 1; z in [0, 1]; x = z^(1/K) in [0, 1]", .bijective),
    ("z in [0, inf); x = z^pi in [0, inf)", .bijective),
    ("param a > 0; z in [0, 1]; x = 1 - (1 - z)^a in [0, 1]", .bijective),
    ("param a > 0; z in [0, inf)^2; x = (z1^a, z2^a) in [0, inf)^2", .bijective),
    ("param a; z in [0, inf); x = z^a in [0, inf)", .illPosed),
  ])
  func symbolicPowersAtZero(text: String, kind: Verdict.Kind) throws {
    #expect(try verdict(text).kind == kind, "\(text)")
  }

  /// Maps that look invertible to one test or another and are not (or the other way round).
  @Test(arguments: [
    ("z in R; x = z^3", Verdict.Kind.bijective),
    ("z in R; x = z - sin(z)", .bijective),
    ("z in R; x = z + 2 sin(z)", .notInjective),
    ("z in R^2; x = (z1, z1 z2)", .notInjective),
    ("z in R^2; x = (tanh(z1), z1 z2)", .notInjective),
    ("z in R; x = sigmoid(z) in [0, 1]", .injectiveNotSurjective),
    ("z in R^2; x = (exp(z1) cos(z2), exp(z1) sin(z2))", .notInjective),
    ("z in R; x = log(z)", .illPosed),
    ("z in R; x = z^2 in (0, inf)", .illPosed),
    ("z in R where z != 0; x = z - 1/z", .notInjective),
    ("z in R; x = z + 1.000001 sin(z)", .notInjective),
  ])
  func traps(text: String, kind: Verdict.Kind) throws {
    let found = try verdict(text)
    #expect(found.kind == kind || found.kind == .undecided, "\(text) is \(found.kind)")
  }
}
