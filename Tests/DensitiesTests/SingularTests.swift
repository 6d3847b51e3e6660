import Proofs
import Symbolics
import Testing

@testable import Densities

@Suite("Laws without a density")
struct SingularTests {
  private func density(_ text: String) throws -> PushforwardDensity {
    let problem = try FlowParser.parse(text, file: "test")[0]
    return try PushforwardDensity(problem, verdict: Prover.verdict(for: problem))
  }

  /// Each maps a set of positive probability onto a null set.
  @Test(arguments: [
    "z in R; x = 0 z + 3 in R; z ~ normal(0, 1)",
    "z in R; x = max(z, 0) in R; z ~ normal(0, 1)",
    "z in R; x = piecewise(z if z > 1, 1 otherwise) in R; z ~ normal(0, 1)",
    "z in R^2; x = (z1, z2 + abs(z2)) in R^2; z ~ normal(0, I)",
    "z in R^2; x = (z1 + z2, 2 z1 + 2 z2) in R^2; z ~ normal(0, I)",
  ])
  func massOnANullSet(text: String) throws {
    #expect {
      _ = try density(text)
    } throws: { error in
      if case .singular = error as? DensityError { true } else { false }
    }
  }

  /// Where the map collapses, the base has no mass; or it collapses nowhere.
  @Test(arguments: [
    "z in R; x = max(z, 0) in R; z ~ exponential(1)",
    "z in R; x = abs(z) in R; z ~ normal(0, 1)",
    "z in R; x = z^2 in R; z ~ normal(0, 1)",
    "z in R; x = z + 2 abs(z) in R; z ~ normal(0, 1)",
  ])
  func densities(text: String) throws {
    _ = try density(text)
  }
}
