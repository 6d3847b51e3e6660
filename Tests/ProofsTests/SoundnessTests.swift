import Certificates
import Symbolics
import Testing

@testable import Proofs

@Suite("Claims that must not be made")
struct SoundnessTests {
  /// Solving sigmoid(z) = 1 for z gives logit(1), which is no number but cancels out of the values.
  @Test(arguments: [
    "param K : integer >= 1; z in R; x = sum(k in 1..K, k sigmoid(z)) in (0, K (K+1)/2)",
    "param K : integer >= 1; z in R; x = sum(k in 1..K, k^2 sigmoid(k z)) in (0, K (K+1) (2K+1)/6)",
    "param K : integer >= 1; z in R; x = sum(k in 1..K, 2^(-k) sigmoid(k z)) in (0, 1 - 2^(-K))",
    "param K : integer >= 1; z in R; x = sum(k in 0..K, sigmoid(k z)) in (1/2, K + 1/2)",
  ])
  func aWitnessIsARealPoint(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective || found.kind == .undecided)
  }

  /// The checker itself refuses such a witness.
  @Test func theCheckerWantsRealPoints() throws {
    let problem = try parsed("z in R; x = sigmoid(z) in (0, 1)")
    let one = Expression.rational(1)
    let unreal = Expression.call(.logit, [one])
    let evidence = IllPosedEvidence(
      witness: [unreal],
      violated: problem.codomain.membership(of: problem.outputs.map { Expression($0) }),
      cause: .values(stage: 0), suggestion: nil)
    var claimed = Verdict(
      kind: .illPosed, injective: .undecided, surjective: .undecided, strategy: "test")
    claimed.certificate = .illPosed(evidence)
    guard
      case .rejected = CertificateChecker.check(
        .illPosed(evidence), proving: claimed, for: problem)
    else {
      Issue.record("a point that is no number was accepted")
      return
    }
  }

  @Test(arguments: [
    "z in R; h = (z, 2z); x = (h1, h2) in R^2",
    "z in R; h = (z, z^3); x = h1 in R",
    "z in R^2; h = (z1, z2, z1); x = (h1, h2 + h3) in R^2",
  ])
  func aStageMayHaveMoreCoordinates(text: String) throws {
    let found = try verdict(text)
    #expect(found.checked == .accepted)
    #expect(found.injective == .yes)
  }

  /// Symbolic matrices have no kernel vector that serves them all, but too few rows.
  @Test(arguments: [
    "param A in R^(2x3); z in R^3; x = A z in R^2",
    "param a, b; z in R^2; x = a z1 + b z2 in R",
    "param a; z in R^2; x = sin(z1) + exp(a z2) in R",
  ])
  func fewerOutputsThanUnknowns(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .notInjective && found.checked == .accepted, "\(text)")
  }

  /// The facts on z1 - z2 say where tan and atan of it are one to one.
  @Test(arguments: [
    "z in R^2 where -pi/2 < z1 - z2 and z1 - z2 < pi/2; x = (tan(z1 - z2), z2) in R^2",
    "z in R^2; x = (atan(z1) + z2, z2) in R^2 where -pi/2 < x1 - x2 and x1 - x2 < pi/2",
  ])
  func circularFunctionsOnAStrip(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective && found.checked == .accepted, "\(text)\n\(found.tried)")
  }

  /// cos u > -1 where 0 < u < pi, though no side of the strip bounds z1 or z2.
  @Test func theCosineOnAStripIsWellPosed() throws {
    let found = try verdict(
      "z in R^2 where 0 < 2 z1 + z2 and 2 z1 + z2 < pi; x = (cos(2 z1 + z2), z2) in (-1, 1) x R")
    #expect(!found.tried.contains { $0.strategy == "well-posedness" }, "\(found.tried)")
  }

  /// Formulas nested as deeply as the map has coordinates are written once each.
  @Test func chainOfExponentials() throws {
    let count = 20
    let formulas = ["z1"] + (2...count).map { "z\($0) exp(z\($0 - 1))" }
    let found = try verdict(
      "z in R^\(count); x = (\(formulas.joined(separator: ", "))) in R^\(count)")
    #expect(found.kind == .bijective)
    #expect(found.checked == .accepted)
  }

  /// An ill-posed map is told a codomain that holds every value.
  @Test(arguments: [
    ("z in R; x = exp(z) in (1, inf)", "the codomain (0, inf)"),
    ("z in R^2; x = (z1^2 + 1, z2) in (2, inf) x R", "the codomain [1, inf) x R"),
    ("z in R; h = exp(z) in (5, inf); x = log(h) in R", "the set (0, inf)"),
  ])
  func sufficientSets(text: String, set: String) throws {
    guard case .illPosed(let evidence)? = try verdict(text).certificate else {
      Issue.record("\(text) is ill-posed")
      return
    }
    #expect(evidence.suggestion == set)
  }

  /// An operation that is reached in a case only asks for the other cases.
  @Test(arguments: [
    ("z in R; x = piecewise(z if z < 0, z + 1 if z > 0)", "z < 0 or z > 0"),
    ("z in R; x = piecewise(z if z < 0, z + 1/0 otherwise)", "z < 0"),
  ])
  func domainsThatWouldDo(text: String, condition: String) throws {
    guard case .illPosed(let evidence)? = try verdict(text).certificate else {
      Issue.record("\(text) is ill-posed")
      return
    }
    #expect(evidence.suggestion == "a domain where \(condition)")
    #expect(evidence.violated == (try Formula.parsePredicate(condition)))
  }

  /// Formulas with kinks, flat pieces, or points that no parameter value gives.
  @Test(arguments: [
    "z in R; x = sqrt(z^2) + z in R", "z in R; x = cbrt(z - abs(z)) in R",
    "z in R; x = z max(z, 0) in R", "z in R; x = asin(sin(z)) in R",
    "param a in R; z in R; x = z exp(a z) in R", "z in R; x = z + 2 abs(z) in R",
    "z in R; x = acosh(cosh(z)) + z in R",
  ])
  func noBijection(text: String) throws {
    #expect(try verdict(text).kind != .bijective)
  }

  @Test func pointsHoldForAllParameters() throws {
    // For a = 0 it is the identity, so that no pair of points refutes it for every a.
    let found = try verdict("param a in R; z in R; x = z exp(a z) in R")
    #expect(found.kind == .undecided || found.kind == .conditional)
  }

  @Test(arguments: [
    ("z in R; x = z abs(z) in R", "piecewise(sqrt(x) if x >= 0, -sqrt(-x) otherwise)"),
    ("z in (-inf, 0]; x = z^2 in [0, inf)", "-sqrt(x)"),
    ("param s > 0; z in R; x = s atan(z) in (-s pi/2, s pi/2)", "tan(x/s)"),
    (
      "z in R; x = z/(1 + abs(z)) in (-1, 1)",
      "piecewise(x/(1 - x) if x >= 0, x/(x + 1) otherwise)"
    ),
  ])
  func inversesAroundKinks(text: String, inverse: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .bijective)
    #expect(found.inverse?.map(\.text) == [inverse])
  }

  @Test(arguments: [
    "z in R; x = z^3 + max(z, 0) in R", "z in R; x = z + z max(z, 0) in R",
    "z in R^2; x = (3 - root(z1, 5), -(2 + sin(z1)) (z2 + abs(z1))^3) in R^2",
    "z in R^3; x = (z1, -cosh(z1) z2^3, sqrt(1 + z2^2) cbrt(z3) + z2^2) in R^3",
    "z in R^3; x = (sinh(z1), ((1 + z1^2) asinh(z2) + tanh(z1))^3, 2 z3 + sin(z3)) in R^3",
  ])
  func monotoneWithoutClosedInverse(text: String) throws {
    #expect(try verdict(text).kind == .bijective)
  }

  @Test(arguments: [
    "z in R; x = z + 1.0001 sin(z + 1) in R",
    "z in R^2; x = (2 (z2^3 - 4/3 z2) + sin(z1), cbrt(3 z1 + 3/2)) in R^2",
  ])
  func determinantsOfBothSigns(text: String) throws {
    #expect(try verdict(text).kind == .notInjective)
  }

  /// What is too hard is given up: each of these ran for minutes without a limit on the whole call.
  @Test(arguments: [
    "z in R; x = \(String(repeating: "sin(", count: 80))z\(String(repeating: ")", count: 80)) in R",
    "param K : integer >= 1; z in R; x = sum(k in 1..K, sin(k z) exp(-z^k)) in R",
    "z in R; x = z + \((1...29).map { "1/(z^2 + \($0) + exp(z/\($0)))" }.joined(separator: " + ")) in R",
    "param A in R^(4x4), b in R^4; z in R^4; x = A z + b in R^4",
  ])
  func everyCallEnds(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind != .bijective && found.kind != .illPosed)
  }

  /// Injective, with an image that only the inverse's own domain describes.
  @Test(arguments: [
    "z in R^2; x = (z1, exp(z2) + z1) in R^2", "z in R^2; x = (exp(z1) + z2^2, z2) in R^2",
    "z in R^2; x = (sigmoid(z1) + z2, z2) in R^2",
    "z in R^2; x = (softplus(z1) + z2, z2) in R^2",
    "z in [0, 2]^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2)) in R^3",
    "z in R^2; h = (z2, exp(z1)); x = (h1, h2 + h1^2) in R^2",
  ])
  func shiftedImages(text: String) throws {
    let found = try verdict(text)
    #expect(found.kind == .injectiveNotSurjective)
    #expect(found.checked == .accepted)
  }

  /// No integer is a root of the determinant.
  @Test func integersAreNoIrrationalRoots() throws {
    let found = try verdict("param n : integer >= 1; z in R; x = (n^2 - 2) z in R")
    #expect(found.kind == .bijective)
    let half = try verdict("param n : integer; z in R; x = (2 n - 1) z in R")
    #expect(half.kind == .bijective)
    let two = try verdict("param n : integer; z in R; x = (n^2 - 4) z in R")
    #expect(two.kind == .conditional)
  }
}
