import Symbolics
import Testing

/// Finite sums with a symbolic number of terms: signs, limits and parities worked out by hand.
@Suite("Sums over a symbolic range")
struct FiniteSumTests {
  private let known = Assumptions()
    .adding(Symbol("K"), in: Interval(.closed(1), .plusInfinity), isInteger: true)

  @Test(arguments: [
    // 1 + 2 + … + K = K(K+1)/2
    ("K(K + 1)/2 - sum(k in 1..K, k)", SignSet.zero),
    ("K(K + 1)/2 - sum(k in 1..K, k sigmoid(k z))", .positive),
    ("sum(k in 1..K, k sigmoid(k z)) - K (K + 1)/3", .all),
    ("sum(k in 0..K, sigmoid(k z)) - 1/2", .positive),
    ("sum(k in 1..K, exp(k z)) - exp(z)", .nonnegative),
    ("sum(k in 1..K, tanh(z)/k) - sum(k in 1..K, 1/k)", .negative),
    ("2^K - 1 - sum(j in 1..K, 2^(j - 1) sigmoid(j z))", .positive),
    ("log(K) - sum(k in 1..K, 1/k)", .all),
    ("sum(k in 1..K, z^(2k))", .nonnegative),
  ])
  func signs(text: String, expected: SignSet) throws {
    let found = known.signs(of: try Formula.parse(text))
    #expect(found.isSuperset(of: expected) && (expected == .all || found == expected), "\(text)")
  }

  @Test(arguments: [
    ("sum(k in 1..K, exp(k z))", Limit.plusInfinity), ("sum(k in 1..K, z^(2k - 1))", .plusInfinity),
    ("-sum(k in 1..K, sinh(k z))", .minusInfinity), ("sum(k in 1..K, sin(k z))", .unknown),
    // No term at all is possible.
    ("sum(k in 2..K, exp(k z))", .unknown),
  ])
  func limitsAtInfinity(text: String, expected: Limit) throws {
    let formula = try Formula.parse(text)
    #expect(
      limit(of: formula, as: Symbol("z"), to: .plusInfinity, under: known) == expected, "\(text)")
  }

  @Test(arguments: [
    ("2K - 1", Parity.odd), ("4K + 2", .even), ("K", nil), ("2K (K + 1)", .even), ("K/2", nil),
    ("(2K + 1)^3", .odd), ("3", .odd), ("2 z", nil), ("1/2", nil),
  ])
  func parities(text: String, expected: Parity?) throws {
    #expect(known.parity(of: try Formula.parse(text)) == expected, "\(text)")
  }
}
