import Certificates
import Exact
import Symbolics
import Testing

@testable import Proofs

@Suite("False claims that no strategy proves")
struct FalseClaimTests {
  /// Every strategy by itself, not only the first with an answer: what the checker accepts must not be the claim.
  @Test("Each strategy fails", arguments: FalseClaim.all)
  func alone(claim: FalseClaim) throws {
    let problem = try parsed(claim.map)
    let context = ProofContext(problem)
    // An elimination may state its inverse, or rest on monotone maps alone.
    let attempts =
      Prover.strategies.map { ($0, context) } + [
        (EliminationStrategy(), ProofContext(problem, usesClosedInverses: false)),
        (SolverStrategy(), context.askingSolver),
      ]
    for (strategy, context) in attempts {
      let outcome = EffortLimit.within(Prover.effort) { strategy.attempt(context) }
      guard case .settled(let found) = outcome else { continue }
      let verdict = EffortLimit.within(Prover.effort) {
        Surjectivity.completed(Coercivity.completed(found, context), context)
      }
      #expect(try !isProven(claim, verdict, problem), "\(strategy.name): \(verdict.kind)")
    }
  }

  /// The theorems of which a certificate consists of no more than a name: the checker alone refuses them.
  @Test("The checker refuses theorems without their hypotheses", arguments: FalseClaim.all)
  func theorems(claim: FalseClaim) throws {
    let problem = try parsed(claim.map)
    let identity = problem.outputs.indices.map { row in
      problem.inputs.indices.map { $0 == row ? Expression.one : .zero }
    }
    let univalence: [UnivalenceEvidence.Rule] = [
      .stronglyMonotone(Rational(1, over: 1_000_000)), .strictlyMonotone, .positiveMinors,
    ]
    var forged = univalence.map { Certificate.univalent(UnivalenceEvidence($0)) }
    forged.append(.both([.regular, .coercive(CoercivityEvidence(matrix: identity))]))
    for certificate in forged {
      let parts = [
        certificate, .both([certificate, .coercive(CoercivityEvidence(matrix: identity))]),
      ]
      for certificate in parts {
        let claimed = Verdict(
          kind: .bijective, injective: .yes, surjective: .yes, strategy: "forged")
        let outcome = CertificateChecker.check(certificate, proving: claimed, for: problem)
        #expect(!outcome.holds, "\(certificate)")
      }
    }
  }

  @Test("The prover as a whole fails", arguments: FalseClaim.all)
  func together(claim: FalseClaim) throws {
    let problem = try parsed(claim.map)
    #expect(try !isProven(claim, Prover.verdict(for: problem), problem))
  }

  @Test("There are enough of them, all different")
  func count() {
    #expect(Set(FalseClaim.all.map(\.map)).count == FalseClaim.all.count)
    #expect(FalseClaim.all.count >= 90, "\(FalseClaim.all.count)")
  }

  /// Whether a verdict whose certificate holds makes the claim for all parameter values, or where it is false.
  private func isProven(_ claim: FalseClaim, _ verdict: Verdict, _ problem: Problem) throws -> Bool
  {
    guard let certificate = verdict.certificate,
      CertificateChecker.check(certificate, proving: verdict, for: problem).holds
    else { return false }
    var kind = verdict.kind
    if kind == .conditional {
      let values = try claim.parameters.mapValues { try Formula.parse($0) }
      let point = Dictionary(uniqueKeysWithValues: values.map { (Symbol($0.key), $0.value) })
      let holds = try #require(verdict.condition?.holds(at: point) as Bool?)
      kind = try #require(holds ? verdict.kindIfTrue : verdict.kindIfFalse)
    }
    switch claim.claim {
    case .injective:
      return kind == .bijective || kind == .injectiveNotSurjective
        || kind == .undecided && verdict.injective == .yes
    case .onto: return kind == .bijective || verdict.surjective == .yes
    }
  }
}

@Suite("What shows that false claims are false")
struct FalseClaimWitnessTests {
  @Test(arguments: FalseClaim.all)
  func witness(claim: FalseClaim) throws {
    let map = try NumericMap(claim)
    switch claim.witness {
    case .collision(let a, let b):
      let (first, second) = (try map.point(a), try map.point(b))
      let distances = try zip(first, second).map { try NumericMap.number($0 - $1).magnitude }
      #expect(distances.contains { $0 > NumericMap.tolerance })
      for (x, y) in zip(try map.values(at: first), try map.values(at: second)) {
        #expect((x - y).magnitude <= NumericMap.tolerance)
      }
    case .turn(let low, let middle, let high):
      let z = try [low, middle, high].map { try map.point([$0]) }
      let places = try z.map { try NumericMap.number($0[0]) }
      #expect(places[0] < places[1] && places[1] < places[2])
      let x = try z.map { try map.values(at: $0)[0] }
      #expect(((x[1] - x[0]) * (x[2] - x[1])).sign < 0)
    case .signs(let a, let b):
      #expect(try map.determinant(at: try map.point(a)).sign > 0)
      #expect(try map.determinant(at: try map.point(b)).sign < 0)
    case .missing(let point, let condition):
      #expect(try map.misses(point, condition))
    }
  }
}
