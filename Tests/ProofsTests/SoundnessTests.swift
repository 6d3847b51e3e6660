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
    let problem = try #require(
      try FlowParser.parse("z in R; x = sigmoid(z) in (0, 1)", file: "test").first)
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
}
