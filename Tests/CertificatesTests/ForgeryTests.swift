import Formats
import Symbolics
import Testing

@testable import Certificates

/// Evidence made up to deceive the checker.
@Suite("Forged certificates")
struct ForgeryTests {
  private func isAccepted(_ certificate: Certificate, _ claim: MapClaim, _ problem: Problem) -> Bool
  {
    CertificateChecker.report(on: certificate, proving: claim, for: problem).outcome == .accepted
  }

  private let bijective = MapClaim(kind: .bijective, injective: .yes, surjective: .yes)

  /// h = z with the image (0, inf) would leave z^2 one to one on R.
  @Test(arguments: [("R where z != 0", false), ("(0, inf)", true)])
  func aStageMayNotShrinkItsImage(domain: String, isRight: Bool) throws {
    let map = try problem("z in \(domain); h = z; x = h^2 in (0, inf)")
    let (h, x) = (Symbol("h"), Symbol("x"))
    let half = Region(coordinates: [h], intervals: [.positive])
    let parts: [Certificate] = [
      .inverse(InverseEvidence(inverse: [Expression(h)], derivation: [], image: half)),
      .inverse(
        InverseEvidence(inverse: [Expression(x).squareRoot], derivation: [], image: map.codomain)),
    ]
    #expect(isAccepted(.stages(parts), bijective, map) == isRight)
  }

  /// f^-1(x) = z "inverts" every map.
  @Test func anInverseMayNotMentionTheInputs() throws {
    let map = try problem("z in R; x = z^2 in R")
    let evidence = InverseEvidence(
      inverse: [Expression(map.inputs[0])], derivation: [], image: map.codomain)
    let claim = MapClaim(kind: .undecided, injective: .yes, surjective: .undecided)
    #expect(!isAccepted(.inverse(evidence), claim, map))
  }

  @Test(arguments: [
    ([["1", "0"], ["0", "1"]], ["0", "0"], true),
    ([["1", "0"]], ["0", "0"], false),
    ([["1"], ["0"]], ["0", "0"], false),
    ([["1", "0"], ["0"]], ["0", "0"], false),
    ([["1", "0"], ["0", "1"]], ["0"], false),
    ([], [], false),
  ])
  func matricesOfTheWrongShape(rows: [[String]], offset: [String], isRight: Bool) throws {
    let map = try problem("z in R^2; x = (z1, z2) in R^2")
    let evidence = AffineEvidence(
      matrix: try rows.map { try $0.map { try Formula.parse($0) } },
      offset: try offset.map { try Formula.parse($0) }, determinant: 1, kernel: [])
    #expect(isAccepted(.affine(evidence), bijective, map) == isRight)
  }

  /// Points of the wrong dimension are no counterexamples, and no crash.
  @Test func pointsOfTheWrongDimension() throws {
    let map = try problem("z in R^2; x = (z1^2, z2) in R^2")
    let refuted = MapClaim(kind: .notInjective, injective: .no, surjective: .undecided)
    for points: [[Expression]] in [[[1], [-1]], [[1, 0, 0], [-1, 0, 0]], [[], []]] {
      let collision = CollisionEvidence(first: points[0], second: points[1], image: [1, 0])
      #expect(!isAccepted(.collision(collision), refuted, map))
      let signs = DeterminantSignEvidence(
        positive: points[0], negative: points[1], determinant: 2 * Expression(Symbol("z1")))
      #expect(!isAccepted(.determinantSigns(signs), refuted, map))
    }
    let right = CollisionEvidence(first: [1, 0], second: [-1, 0], image: [1, 0])
    #expect(isAccepted(.collision(right), refuted, map))
    let wrongImage = CollisionEvidence(first: [1, 0], second: [-1, 0], image: [2, 0])
    #expect(!isAccepted(.collision(wrongImage), refuted, map))
  }

  /// The condition and the verdicts on both sides are those that are proven, no others.
  @Test(arguments: [
    ("a != 0", Verdict.Kind.bijective, Verdict.Kind.notInjective, true),
    ("a != 1", .bijective, .notInjective, false), ("a > 0", .bijective, .notInjective, false),
    ("a != 0", .notInjective, .bijective, false),
    ("a != 0", .bijective, .injectiveNotSurjective, false),
  ])
  func conditions(text: String, ifTrue: Verdict.Kind, ifFalse: Verdict.Kind, isRight: Bool) throws {
    let map = try problem("param a; z in R; x = a z in R")
    let a = Expression(Symbol("a"))
    let evidence = AffineEvidence(matrix: [[a]], offset: [0], determinant: a, kernel: [])
    let claim = MapClaim(
      kind: .conditional, injective: .conditional, surjective: .conditional,
      condition: try Formula.parsePredicate(text), kindIfTrue: ifTrue, kindIfFalse: ifFalse)
    #expect(isAccepted(.affine(evidence), claim, map) == isRight)
  }

  /// A condition that fails proves nothing unless the map needs it.
  @Test func aWellPosedMapIsNotIllPosed() throws {
    let claim = MapClaim(kind: .illPosed, injective: .undecided, surjective: .undecided)
    let evidence = IllPosedEvidence(
      witness: [1], violated: .never, cause: .operation("1/0"), suggestion: nil)
    let right = try problem("z in (0, inf); x = log(z) in R")
    #expect(!isAccepted(.illPosed(evidence), claim, right))
    let wrong = try problem("z in R; x = log(z - 1) in R")
    #expect(isAccepted(.illPosed(evidence), claim, wrong))
    let guarded = try problem("z in R; x = piecewise(log(z - 1) if z > 1, 0 otherwise) in R")
    #expect(!isAccepted(.illPosed(evidence), claim, guarded))
  }

  /// Each is refused before the evidence, which is right, is looked at.
  @Test func claimsThatContradictThemselves() throws {
    let map = try problem("z in R; x = 2 z in R")
    let half = Expression(map.outputs[0]) / 2
    let evidence = Certificate.inverse(
      InverseEvidence(inverse: [half], derivation: [], image: map.codomain))
    #expect(isAccepted(evidence, bijective, map))
    let claims = [
      MapClaim(kind: .bijective, injective: .no, surjective: .yes),
      MapClaim(kind: .bijective, injective: .yes, surjective: .undecided),
      MapClaim(kind: .undecided, injective: .undecided, surjective: .undecided),
      MapClaim(kind: .conditional, injective: .yes, surjective: .yes),
      MapClaim(kind: .bijective, injective: .yes, surjective: .yes, condition: .always),
    ]
    for claim in claims { #expect(!isAccepted(evidence, claim, map), "\(claim)") }
  }

  /// The stated inverse is checked too.
  @Test(arguments: [("x1 - x2", true), ("x1 + x2", false), ("x1", false), ("1/0 x1", false)])
  func statedInverses(first: String, isRight: Bool) throws {
    let map = try problem("z in R^2; x = (z1 + z2, z2) in R^2")
    let evidence = AffineEvidence(
      matrix: [[1, 1], [0, 1]], offset: [0, 0], determinant: 1, kernel: [])
    guard let formula = try? Formula.parse(first, names: .only(map.outputs)) else {
      #expect(!isRight)
      return
    }
    let claim = MapClaim(
      kind: .bijective, injective: .yes, surjective: .yes,
      inverse: [formula, Expression(map.outputs[1])])
    #expect(isAccepted(.affine(evidence), claim, map) == isRight)
  }
}
