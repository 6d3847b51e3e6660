import Symbolics
import Testing

@testable import Certificates

/// The checker is given right and wrong evidence, made by hand: it must tell them apart without any
/// help from the prover.
@Suite("Certificate checker")
struct CertificateCheckerTests {
  private func formulas(_ texts: [String], like problem: Problem) throws -> [Expression] {
    let names = problem.outputs.map { Expression($0) }
    let source = try FlowParser.parse(
      "z in R^\(names.count); x = (\(texts.joined(separator: ", ")))", file: "test")[0]
    let values = Dictionary(uniqueKeysWithValues: zip(source.inputs, names))
    return source.composedFormulas.map { $0.substituting(values) }
  }

  private func bijective() -> Verdict {
    Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: "test")
  }

  private func notInjective() -> Verdict {
    Verdict(kind: .notInjective, injective: .no, surjective: .undecided, strategy: "test")
  }

  private func isAccepted(_ certificate: Certificate, _ verdict: Verdict, _ problem: Problem)
    -> Bool
  {
    CertificateChecker.check(certificate, proving: verdict, for: problem) == .accepted
  }

  @Test(arguments: [
    // The inverse in z standing for x; whether it is right.
    (["z1/2", "z2 exp(-z1/2)"], true),
    (["z1/2", "z2 exp(z1/2)"], false),
    (["z1/3", "z2 exp(-z1/2)"], false),
    (["z1/2", "z2 exp(-z1/2) + 10^(-9)"], false),
    (["z2/2", "z1 exp(-z1/2)"], false),
  ])
  func inverses(texts: [String], isRight: Bool) throws {
    let map = try problem("z in R^2; x = (2 z1, exp(z1) z2) in R^2")
    let evidence = InverseEvidence(
      inverse: try formulas(texts, like: map), derivation: [], image: map.codomain)
    #expect(isAccepted(.inverse(evidence), bijective(), map) == isRight)
  }

  /// z2/z1 inverts (z1, z1 z2) wherever it is defined, but not on the line z1 = 0.
  @Test func anInverseMustBeDefinedOnTheImage() throws {
    let map = try problem("z in R^2; x = (z1, z1 z2) in R^2")
    let evidence = InverseEvidence(
      inverse: try formulas(["z1", "z2/z1"], like: map), derivation: [], image: map.codomain)
    #expect(!isAccepted(.inverse(evidence), bijective(), map))
  }

  /// sqrt inverts z^2 on (0, ∞), not on R.
  @Test func anInverseMustMapIntoTheDomain() throws {
    for (domain, isRight) in [("(0, inf)", true), ("R", false), ("(1, inf)", false)] {
      let map = try problem("z in \(domain); x = z^2 in (0, inf)")
      let inverse = Expression(map.outputs[0]).squareRoot
      let evidence = InverseEvidence(inverse: [inverse], derivation: [], image: map.codomain)
      #expect(isAccepted(.inverse(evidence), bijective(), map) == isRight, "on \(domain)")
    }
  }

  @Test(arguments: [
    ([1, 0], [-1, 0], true),
    ([1, 1], [-1, 1], true),
    ([1, 0], [1, 0], false),
    ([1, 1], [-1, 2], false),
    ([1, 1], [2, 1], false),
  ])
  func collisions(first: [Int], second: [Int], isRight: Bool) throws {
    let map = try problem("z in R^2; x = (z1^2 z2, z2^3) in R^2")
    let points = [first, second].map { $0.map { Expression.rational($0) } }
    // Both points of the right pairs have this image.
    let image = first == [1, 0] ? [Expression.zero, .zero] : [.one, .one]
    let evidence = CollisionEvidence(first: points[0], second: points[1], image: image)
    #expect(isAccepted(.collision(evidence), notInjective(), map) == isRight)
  }

  @Test func collisionsOutsideTheDomainCountForNothing() throws {
    let map = try problem("z in (0, inf); x = z^2 in (0, inf)")
    let evidence = CollisionEvidence(first: [1], second: [-1], image: [1])
    #expect(!isAccepted(.collision(evidence), notInjective(), map))
  }

  @Test func determinantSigns() throws {
    let map = try problem("z in R^2; x = (z1^2, z2) in R^2")
    let twice = 2 * Expression(map.inputs[0])
    let right = DeterminantSignEvidence(positive: [1, 0], negative: [-1, 0], determinant: twice)
    let swapped = DeterminantSignEvidence(positive: [-1, 0], negative: [1, 0], determinant: twice)
    #expect(isAccepted(.determinantSigns(right), notInjective(), map))
    #expect(!isAccepted(.determinantSigns(swapped), notInjective(), map))
    let slit = try problem("z in R^2 where z1 != 0; x = (z1^2, z2) in R^2")
    #expect(!isAccepted(.determinantSigns(right), notInjective(), slit))
  }

  /// Fewer outputs than unknowns refute injectivity of continuous maps of sets with inner points.
  @Test(arguments: [
    ("z in R^2; x = z1 + z2 in R", true),
    ("z in (0, 1) x [0, inf); x = max(z1, exp(z2)) in R", true),
    ("z in R^2; x = (z1, z2) in R^2", false),
    ("z in R; x = (z, z^2) in R^2", false),
    ("z in R^2; x = floor(z1) + z2 in R", false),
    ("z in R^2 where z1 = z2; x = z1 in R", false),
    ("param a; z in (0, a) x R; x = z1 in R", false),
  ])
  func invarianceOfDomain(source: String, isRight: Bool) throws {
    #expect(
      isAccepted(.invarianceOfDomain, notInjective(), try problem(source)) == isRight, "\(source)")
  }

  /// The image of (z1^2 z2, z2^3), stated rightly and wrongly, and with a point or a section amiss.
  @Test(arguments: [
    ("x1 x2 > 0 or x1 == 0", "x2 != 0 and x1 x2 >= 0", ["sqrt(x1/cbrt(x2))", "cbrt(x2)"], true),
    ("x1 x2 > 0", "x2 != 0 and x1 x2 >= 0", ["sqrt(x1/cbrt(x2))", "cbrt(x2)"], false),
    ("x1 x2 >= 0", "x2 != 0 and x1 x2 >= 0", ["sqrt(x1/cbrt(x2))", "cbrt(x2)"], false),
    ("x1 x2 > 0 or x1 == 0", "x1 x2 >= 0", ["sqrt(x1/cbrt(x2))", "cbrt(x2)"], false),
    ("x1 x2 > 0 or x1 == 0", "x2 != 0 and x1 x2 >= 0", ["sqrt(x1 cbrt(x2))", "cbrt(x2)"], false),
    ("x1 x2 > 0 or x1 == 0", "x2 != 0 and x1 x2 > 0", ["sqrt(x1/cbrt(x2))", "cbrt(x2)"], false),
  ])
  func images(image: String, place: String, preimage: [String], isRight: Bool) throws {
    let map = try problem("z in R^2; x = (z1^2 z2, z2^3) in R^2")
    let collision = CollisionEvidence(first: [1, 0], second: [-1, 0], image: [0, 0])
    let sections = [
      ImageSection(
        try Formula.parsePredicate(place), preimage: try preimage.map { try Formula.parse($0) }),
      ImageSection(try Formula.parsePredicate("x1 == 0 and x2 == 0"), preimage: [0, 0]),
    ]
    let evidence = ImageEvidence(image: try Formula.parsePredicate(image), sections: sections)
    var verdict = notInjective()
    verdict.image = evidence.image
    #expect(isAccepted(.both([.collision(collision), .image(evidence)]), verdict, map) == isRight)
    // Evidence for one image proves no other, and none proves none.
    verdict.image = .always
    #expect(!isAccepted(.both([.collision(collision), .image(evidence)]), verdict, map))
    verdict.image = evidence.image
    #expect(!isAccepted(.collision(collision), verdict, map))
  }

  /// A preimage must lie in the domain, and "onto" needs the whole codomain covered.
  @Test func sectionsStayInTheDomain() throws {
    let x = Expression.symbol("x")
    for (domain, isRight) in [("R", true), ("(-inf, 1)", false)] {
      let map = try problem("z in \(domain); x = z^2 in [0, inf)")
      let nonnegative = Predicate.compare(x, .greaterOrEqual, 0)
      let evidence = ImageEvidence(
        image: nonnegative, sections: [ImageSection(nonnegative, preimage: [x.squareRoot])])
      let collision = CollisionEvidence(
        first: [.rational(1, 2)], second: [.rational(-1, 2)], image: [.rational(1, 4)])
      var verdict = notInjective()
      verdict.surjective = .yes
      let both = Certificate.both([.collision(collision), .image(evidence)])
      #expect(isAccepted(both, verdict, map) == isRight, "on \(domain)")
      #expect(!isAccepted(.collision(collision), verdict, map), "on \(domain)")
    }
  }

  @Test func affineEvidenceMustMatchTheMap() throws {
    let map = try problem("z in R^2; x = (2 z1 + z2, z1 + z2) in R^2")
    let right = AffineEvidence(
      matrix: [[2, 1], [1, 1]], offset: [0, 0], determinant: 1, kernel: [])
    let wrongEntry = AffineEvidence(
      matrix: [[2, 1], [1, 2]], offset: [0, 0], determinant: 3, kernel: [])
    let wrongDeterminant = AffineEvidence(
      matrix: [[2, 1], [1, 1]], offset: [0, 0], determinant: 2, kernel: [])
    #expect(isAccepted(.affine(right), bijective(), map))
    #expect(!isAccepted(.affine(wrongEntry), bijective(), map))
    #expect(!isAccepted(.affine(wrongDeterminant), bijective(), map))
  }

  @Test func aCertificateForOneClaimProvesNoOther() throws {
    let map = try problem("z in R; x = exp(z) in R")
    let inverse = Expression.log(Expression(map.outputs[0]))
    let image = Region(coordinates: map.outputs, intervals: [.positive])
    let evidence = InverseEvidence(inverse: [inverse], derivation: [], image: image)
    #expect(!isAccepted(.inverse(evidence), bijective(), map))
    var notOnto = Verdict(
      kind: .injectiveNotSurjective, injective: .yes, surjective: .no, strategy: "test")
    notOnto.inverse = [inverse]
    let missing = MissingPointEvidence(
      point: [-1], necessary: .compare(Expression(map.outputs[0]), .greater, 0), reason: "")
    #expect(!isAccepted(.inverse(evidence), notOnto, map))
    #expect(isAccepted(.both([.inverse(evidence), .missingPoint(missing)]), notOnto, map))
    let reached = MissingPointEvidence(
      point: [1], necessary: .compare(Expression(map.outputs[0]), .greater, 0), reason: "")
    #expect(!isAccepted(.both([.inverse(evidence), .missingPoint(reached)]), notOnto, map))
  }
}
