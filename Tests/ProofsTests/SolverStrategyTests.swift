import Certificates
import Proofs
import Symbolics
import Testing

@Suite("Maps that no strategy with a proof to read decides")
struct SolverStrategyTests {
  @Test(
    "a solver, or the theorem of Hadamard, proves bijective",
    arguments: [
      "z in R^2; x = (z2 - 2 atan(z1) - tanh(z1 + z2)/9, -z1 - 2 atan(z2) + sin(z1)/9) in R^2",
      "z in R^2; x = (z2 - z1/sqrt(1 + z1^2), -z1 - z2/sqrt(1 + z2^2) + sin(z1)/20) in R^2",
      "z in R^2; x = (z1 + softplus(z1 - z2)/2, z2 + softplus(z1)/3) in R^2",
      "z in R^3; x = (z1 + tanh(z2 + z3)/3, z2 - tanh(z1 - z3)/3, z3 + sin(z1 + z2)/3) in R^3",
      "param a in (0, 1); z in R^2; x = (z1 + a tanh(z2), z2 + a tanh(z1)) in R^2",
      "z in R^2; x = (z1 + max(z1 - z2, 0)/3, z2 + abs(z1)/4) in R^2",
      "z in R^2; x = (z1 + z1^3 + z2, z2^5 + z2 - z1) in R^2",
    ])
  func bijective(text: String) throws {
    let verdict = try verdict(text)
    #expect(verdict.kind == .bijective, "\(verdict.tried)")
    #expect(verdict.checked?.holds == true)
  }

  @Test(
    "nothing is proven of maps with a fold, a jump or a period",
    arguments: [
      "z in R^2; x = (tanh(z1), z1 z2) in R^2",
      "z in R^2; x = (z1 + 2 tanh(z2), z2 + 2 tanh(z1)) in R^2",
      "z in R^2; x = (z1 + 3 sin(z1 + z2), z2) in R^2",
      "param a in (0, 2); z in R^2; x = (z1 + a tanh(z2), z2 + a tanh(z1)) in R^2",
      "z in R^2; x = (z1 - 2 max(z1 - z2, 0), z2) in R^2",
    ])
  func notInjective(text: String) throws {
    #expect(try verdict(text).injective != .yes)
  }

  @Test("a verdict that rests on a solver says so")
  func checked() throws {
    let verdict = try verdict("z in R^2; x = (z1 + max(z1 - z2, 0)/3, z2 + abs(z1)/4) in R^2")
    #expect(verdict.checked == .solver)
  }
}
