import Certificates
import FormulaFlows
import Proofs
import Symbolics
import Testing

@Suite("What is no bijector")
struct RefusalTests {
  private func message(_ text: String, _ firstValues: [Symbol: Double] = [:]) throws -> String {
    do {
      _ = try bijector(text, firstValues)
      return "accepted"
    } catch let error as FormulaFlowError { return error.description }
  }

  @Test(
    "A map that is not proven bijective is refused with its verdict",
    arguments: [
      ("z in R; x = z^2 in R", "not_injective"),
      ("z in R; x = exp(z) in R", "injective_not_surjective"),
      ("z in R; x = log(z) in R", "ill_posed"),
      ("z in R^2; x = (z1^2 z2, z2^3) in R^2", "not_injective"),
    ])
  func verdicts(text: String, verdict: String) throws {
    #expect(try message(text) == "problem is not proven bijective: the verdict is \(verdict)")
  }

  @Test("A conditional verdict says on what it depends")
  func condition() throws {
    let text = try message("learn a, b; z in R; x = a z + b in R")
    #expect(text.contains("conditional, on the condition a != 0"))
    #expect(try message("learn a > 0, b; z in R; x = a z + b in R") == "accepted")
  }

  @Test("A verdict on another map is none on this one")
  func otherMap() throws {
    let (cubes, squares) = (
      try problem("z in R; x = z^3 in R"), try problem("z in R; x = z^2 in R")
    )
    #expect(throws: FormulaFlowError.self) {
      try FormulaBijector(squares, verdict: Prover.verdict(for: cubes))
    }
    var claimed = Prover.verdict(for: cubes)
    claimed.certificate = nil
    #expect(throws: FormulaFlowError.self) { try FormulaBijector(cubes, verdict: claimed) }
  }

  @Test("Parameters are numbers, or can be learned")
  func parameters() throws {
    #expect(
      try message("param a > 0; z in R; x = a z in R")
        == "the parameter a has no value; set it, or declare it by learn")
    #expect(
      try message("learn K : integer >= 1; z in R; x = sum(k in 1..K, sigmoid(k z)) in (0, K)")
        == "K is an integer, which cannot be learned by gradients; set it")
    #expect(
      try message("learn a in R \\ {0}; z in R; x = a z in R")
        == "a is learned, but may not be 0; declare it on one side, as in learn a > 0")
    let text = "learn a in (1, 2); z in R; x = a z in R"
    #expect(
      try message(text, [Symbol("a"): 2])
        == "the first value 2.0 of a does not lie between 1.0 and 2.0")
    #expect(
      try message(text, [Symbol("b"): 2])
        == "b has a first value, but is not learned; declare it by learn")
    #expect(try message(text, [Symbol("a"): 1.25]) == "accepted")
  }

  @Test("A domain that no part before could keep to is refused")
  func domains() throws {
    let disc = "z in R^2 where z1^2 + z2^2 < 1; x = (2 z1, z2) in R^2 where x1^2/4 + x2^2 < 1"
    #expect(try message(disc).hasSuffix("which is no product of intervals between numbers"))
    #expect(try message("z in (0, inf); x = log(z) in R") == "accepted")
  }
}
