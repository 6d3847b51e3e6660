import Certificates
import Symbolics
import Testing

@testable import Densities

/// All of the base's mass has to lie in the domain of the map.
@Suite("Bases and domains")
struct BaseDomainTests {
  private func base(_ text: String) throws -> BaseDensity {
    let problem = try FlowParser.parse(text, file: "test")[0]
    return try BaseDensity(of: problem, under: Assumptions(parameters: problem.parameters))
  }

  @Test(arguments: [
    "z in (0, 1); x = z in (0, 1); z ~ normal(0, 1)",
    "z in (0, 1); x = 2 z in (0, 2); z ~ uniform([0, 2])",
    "z in (0, inf); x = log(z) in R; z ~ laplace(0, 1)",
    "z in R^2 where z1 > z2; x = z in R^2; z ~ normal(0, I)",
    "z in R where z < -1 or z > 1; x = z in R; z ~ uniform([0, 3])",
    "z in R^2 where z1 == z2; x = z in R^2; z ~ normal(0, I)",
    "param s > 0; z in (0, 1); x = z in (0, 1); z ~ uniform([0, s])",
  ])
  func massOutside(text: String) throws {
    #expect {
      try base(text)
    } throws: { error in
      guard case DensityError.mass(let found)? = error as? DensityError else { return false }
      return found.witness != nil && found.description.contains("mass outside of the domain")
    }
  }

  /// The border of this set is all of max(z, 0) = 0, which no single point shows.
  @Test func massOnAWideBorder() {
    #expect {
      try base("z in R where max(z, 0) > 0; x = z in R; z ~ normal(0, 1)")
    } throws: { error in
      guard case DensityError.mass(let found)? = error as? DensityError else { return false }
      return found.description.contains("not shown to have all of its mass")
    }
  }

  /// The null set that a domain leaves out carries no mass.
  @Test(arguments: [
    "z in (0, 1); x = z in (0, 1); z ~ uniform([0, 1])",
    "z in (0, inf); x = log(z) in R; z ~ exponential(2)",
    "z in R^2 where z1 != 0; x = z in R^2; z ~ normal(0, I)",
    "z in R^2 where z1^2 + z2^2 < 1; x = z in R^2; z ~ uniform([-1/2, 1/2]^2)",
    "z in R where z < -1 or z > 1; x = z in R; z ~ uniform([1, 3])",
    "param s > 0; z in (0, inf); x = z in (0, inf); z ~ uniform([0, s])",
  ])
  func massInside(text: String) throws {
    _ = try base(text)
  }

  @Test func noDensityIsStated() throws {
    let problem = try FlowParser.parse(
      "z in (0, 1); x = z in (0, 1); z ~ normal(0, 1)", file: "test")[0]
    #expect(throws: DensityError.self) {
      try PushforwardDensity(problem, verdict: .undecided([]))
    }
  }
}
