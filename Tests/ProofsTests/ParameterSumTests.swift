import Certificates
import Symbolics
import Testing

@testable import Proofs

/// Maps with finite sums whose upper bound is a parameter, for all of its values at once; the images were
/// worked out by hand.
@Suite("Sums with a symbolic number of terms")
struct ParameterSumTests {
  @Test(arguments: [
    "z in R; x = sum(k in 0..K, sigmoid(k z)) in (1/2, K + 1/2)",
    "z in R; x = sum(k in 1..K, sigmoid((K - k) z)) + z in R",
    "z in R; x = sum(k in 1..K, k sigmoid(z)) in (0, K(K + 1)/2)",
    "z in R; x = sum(k in 1..K, k sigmoid(k z)) in (0, K(K + 1)/2)",
    "z in R; x = 3 - 2 sum(k in 1..K, sigmoid(k z)) in (3 - 2K, 3)",
    "z in R; x = sum(k in 1..K, exp(k z)) in (0, inf)",
    "z in R; x = sum(k in 1..K, exp(z/k)/k) in (0, inf)",
    "z in R; x = sum(k in 1..K, z^(2k - 1)) in R",
    "z in [0, 1]; x = sum(k in 1..K, z^k) in [0, K]",
    "z in R; x = sum(k in 1..K, 2^k sigmoid(z)) in (0, 2^(K + 1) - 2)",
    "z in R; x = sum(k in 1..K, tanh(k z)/k) in (-sum(k in 1..K, 1/k), sum(k in 1..K, 1/k))",
    "z in R^2; x = (z1, exp(z1) sum(k in 1..K, exp(k z2))) in R x (0, inf)",
    "z in R^2; x = (z1, z1 + sum(k in 1..K, sigmoid(k z2))) in R^2 where x2 > x1 and x2 < x1 + K",
  ])
  func bijective(text: String) throws {
    let found = try verdict("param K : integer >= 1; " + text)
    #expect(found.kind == .bijective, "\(text)")
    #expect(found.checked == .accepted, "\(text)")
  }

  @Test(arguments: [
    ("z in R; x = sum(k in 1..K, sigmoid(k z)) in (0, K]", "x < K"),
    ("z in R; x = sum(k in 0..K, sigmoid(k z)) in (0, K + 1)", "x > 1/2 and x < K + 1/2"),
    ("z in R; x = sum(k in 1..K, k sigmoid(k z)) in (0, K(K + 1))", "x < K (K + 1)/2"),
    ("z in R^2; x = (z1, z1 + sum(k in 1..K, sigmoid(k z2)))", "x2 > x1 and x2 < x1 + K"),
  ])
  func notOnto(text: String, image: String) throws {
    let found = try verdict("param K : integer >= 1; " + text)
    #expect(found.kind == .injectiveNotSurjective, "\(text)")
    #expect(found.checked == .accepted, "\(text)")
    #expect(found.image == (try Formula.parsePredicate(image)), "\(found.image?.text ?? "none")")
  }

  @Test(arguments: [
    ("K : integer >= 1; z in R; x = sum(k in 1..K, cosh(k z))", Verdict.Kind.notInjective),
    ("K : integer >= 1; z in R; x = sum(k in 1..K, z^(2k))", .notInjective),
    ("K : integer >= 2; z in R; x = sum(k in 1..K, z^(2k - 2))", .notInjective),
    ("K : integer >= 1; z in R; x = sum(k in 1..K, k sigmoid(k z)) in (0, K)", .illPosed),
    // Constant for one K, or a term that turns around.
    ("K : integer >= 0; z in R; x = sum(k in 1..K, sigmoid(k z))", .conditional),
    ("K : integer >= 1; z in R; x = sum(k in 1..K, (k - 2) sigmoid(z))", .conditional),
    ("n : integer >= 1; z in [-1, 1]; x = sum(k in 1..n, z^k)", .undecided),
  ])
  func others(text: String, kind: Verdict.Kind) throws {
    let found = try verdict("param " + text)
    #expect(found.kind == kind, "\(text) is \(found.kind)")
    #expect(found.checked == (kind == .undecided ? nil : .accepted), "\(text)")
  }

  /// No term for K = 0; K (K - 3)/2 sigmoids in all, none for K = 3.
  @Test(arguments: [
    ("K : integer >= 0; z in R; x = sum(k in 1..K, sigmoid(k z))", 0),
    ("K : integer >= 1; z in R; x = sum(k in 1..K, (k - 2) sigmoid(z))", 3),
  ])
  func constantForOneK(text: String, exception: Int) throws {
    let found = try verdict("param " + text)
    #expect(found.kindIfTrue == .injectiveNotSurjective && found.kindIfFalse == .notInjective)
    let condition = try #require(found.condition)
    for K in 0...5 {
      #expect(condition.holds(at: [Symbol("K"): .rational(K)]) == (K != exception), "\(K)")
    }
  }
}
