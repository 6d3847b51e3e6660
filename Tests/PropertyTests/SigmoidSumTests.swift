import Certificates
import Densities
import Exact
import Foundation
import Proofs
import Symbolics
import Testing

/// Sums of logistic functions: bijections R → (0, Σ w) without a closed inverse.
@Suite("Random sums of sigmoids")
struct SigmoidSumTests {
  @Test("Weights, slopes and shifts at random", arguments: 1...50)
  func random(count: Int) throws {
    var draw = SplitMix64(seed: count, stream: 41)
    let map = SigmoidSum.random(count: count, using: &draw)
    let source = map.source(upper: map.total)
    let problem = try parsed(source)
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .bijective, "\(source)\n\(verdict.tried)")
    #expect(verdict.checked == .accepted, "\(source)")
    #expect(verdict.regularity == .diffeomorphism, "\(source)")
    let numeric = try NumericMap(problem, verdict: verdict)
    let density = try NumericDensity(try PushforwardDensity(problem, verdict: verdict))
    for _ in 0..<5 {
      let z = draw.dyadic(from: -3, to: 3).doubleValue
      let (x, slope) = (map.value(at: z), map.slope(at: z))
      let back = try #require(try numeric.inverse([[x.value]]))[0][0]
      let condition = z.magnitude + x.condition / slope
      #expect((back - z).magnitude <= 16 * Double.ulpOfOne * condition, "\(source) at \(z)")
      let expected = -z * z / 2 - log(2 * Double.pi) / 2 - log(slope)
      let found = try density.logDensity([[x.value]])[0]
      // An error δ in z moves log p2 by less than (|z| + max |a|) δ.
      let tolerance = 1e-13 * (1 + expected.magnitude) + 64 * Double.ulpOfOne * condition
      #expect((found - expected).magnitude < tolerance, "\(source) at \(z)")
    }
  }

  @Test("The codomain decides", arguments: [1, 2, 5])
  func codomains(count: Int) throws {
    var draw = SplitMix64(seed: count, stream: 42)
    let map = SigmoidSum.random(count: count, using: &draw)
    let larger = map.source(upper: map.total + draw.positive())
    #expect(Prover.verdict(for: try parsed(larger)).kind == .injectiveNotSurjective, "\(larger)")
    let smaller = map.source(upper: map.total * Rational(1, over: 2))
    #expect(Prover.verdict(for: try parsed(smaller)).kind == .illPosed, "\(smaller)")
  }

  @Test("Σ σ(k z) for k to K: p2(K/2) = 8/(√(2π) K (K+1))", arguments: 1...50)
  func symbolicCount(count: Int) throws {
    let source = """
      param K : integer >= 1
      z in R
      x = sum(k in 1..K, sigmoid(k z)) in (0, K)
      z ~ normal(0, 1)
      """
    let problem = try parsed(source).setting([Symbol("K"): Expression(Rational(count))])
    let verdict = Prover.verdict(for: problem)
    #expect(verdict.kind == .bijective, "K = \(count): \(verdict.tried)")
    #expect(verdict.checked == .accepted, "K = \(count)")
    let density = try PushforwardDensity(problem, verdict: verdict)
    let pushed = try density.push([.zero])
    #expect(pushed.map.image == [.rational(count, 2)], "K = \(count)")
    let found = try #require(pushed.density.exact)
    let expected =
      Expression.rational(8, count * (count + 1)) / (2 * Expression.pi).squareRoot
    #expect(ExactConstant.areEqual(found, expected) == true, "K = \(count): \(found.text)")
  }
}
