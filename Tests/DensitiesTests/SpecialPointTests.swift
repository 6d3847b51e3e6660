import Foundation
import Proofs
import Symbolics
import Testing

@testable import Densities

/// Critical values, kinks, and values that no `Double` holds.
@Suite("Densities at special points")
struct SpecialPointTests {
  private func density(_ text: String) throws -> PushforwardDensity {
    let problem = try FlowParser.parse(text, file: "test")[0]
    return try PushforwardDensity(problem, verdict: Prover.verdict(for: problem))
  }

  /// With a free parameter f is differentiable at the preimage but for one value of it.
  @Test func whatIsNotKnownIsNotSaid() throws {
    let found = try density("param a; z in R; x = (cbrt(z) + a)^3 in R; z ~ normal(0, 1)")
      .density(at: [2])
    let preimage = try #require(found.preimages.first?.point)
    #expect(found.remarks == [.valueByInverse(preimage: preimage, isCertain: false)])
    #expect(found.remarks[0].text.contains("not shown to be differentiable"))
  }

  /// Kinks of the parts cancel in the first two, which are z and 2 z; the third has a corner.
  @Test(arguments: ["max(z, 0) + min(z, 0)", "abs(z) + 2 z - sqrt(z^2)", "max(z, 2 z)"])
  func smoothJointsAreNoCorners(map: String) throws {
    let found = try density("z in R; x = \(map) in R; z ~ normal(0, 1)").density(at: [0])
    for remark in found.remarks { #expect(!remark.text.contains("is not differentiable")) }
  }

  /// log10 of p = 192 exp(-131072)/sqrt(2 pi) is -131067.6614…/log(10) = -56921.962…
  @Test func valuesBeyondTheRangeOfNumbers() throws {
    let found = try density("z in R; x = cbrt(z) in R; z ~ normal(0, 1)").density(at: [8])
    let decimal = try #require(found.decimal(significantDigits: 12))
    #expect(decimal.hasSuffix("e-56922"), "\(decimal)")
    let mantissa = try #require(Double(decimal.dropLast("e-56922".count)))
    let logarithm = try #require(found.logDensity)
    #expect(abs(log(mantissa) - 56922 * log(10) - logarithm) < 1e-9)
    #expect(found.density == 0)
  }

  /// Critical values of maps with several preimages have no density in `Double` either.
  @Test(arguments: [
    ("z in R; x = z^2 in R; z ~ normal(0, 1)", [[0.0, 1, -1]], [true, false, false]),
    ("z in R; x = abs(z) in R; z ~ normal(0, 1)", [[0.0, 2, -2]], [true, false, false]),
    ("z in R; x = z^3 in R; z ~ normal(0, 1)", [[0.0, 8, -8]], [true, false, false]),
    (
      "z in R^2; x = (z1^2 z2, z2^3) in R^2; z ~ normal(0, I)", [[0.0, 1, 1], [1, 0, 1]],
      [true, true, false]
    ),
  ])
  func criticalValuesInTables(text: String, columns: [[Double]], critical: [Bool]) throws {
    let logs = try NumericDensity(density(text)).logDensity(columns)
    #expect(logs.map(\.isNaN) == critical, "\(text): \(logs)")
  }

  /// |z| has no derivative at 0, z^2 has the derivative 0 there.
  @Test func derivativesOfPushedPoints() throws {
    for (map, determinant) in [("abs(z)", nil), ("z^2", .zero)] as [(String, Symbolics.Expression?)]
    {
      let pushed = try density("z in R; x = \(map) in R; z ~ normal(0, 1)").push([0])
      #expect(pushed.map.determinant == determinant, "\(map)")
      #expect(pushed.map.isDifferentiable == (determinant != nil), "\(map)")
    }
  }
}
