import Symbolics
import Testing

@testable import Certificates

@Suite("Evidence that a map of R^n grows with its argument")
struct CoercivityTests {
  private func isBijective(_ parts: [Certificate], _ problem: Problem) -> Bool {
    let claim = Verdict(kind: .bijective, injective: .yes, surjective: .yes, strategy: "test")
    return CertificateChecker.check(.both(parts), proving: claim, for: problem).holds
  }

  private func coercive(_ matrix: [[Expression]]) -> Certificate {
    .coercive(CoercivityEvidence(matrix: matrix))
  }

  @Test("an injective one is onto")
  func injective() throws {
    let map = try problem("z in R^2; x = (2 z1 + sin(z1 + z2), 2 z2 + cos(z1 - z2)) in R^2")
    let solver = Certificate.solver(try SolverEvidence(map))
    #expect(isBijective([solver, coercive([[2, 0], [0, 2]])], map))
    for wrong in [[[1, 0], [0, 2]], [[2, 0], [0, 0]], [[2, 0]], []] as [[[Expression]]] {
      #expect(!isBijective([solver, coercive(wrong)], map), "\(wrong)")
    }
    #expect(!isBijective([solver], map))
  }

  @Test("what is added may grow, but more slowly", arguments: [("1/2", true), ("1", false)])
  func growing(share: String, isRight: Bool) throws {
    let map = try problem(
      "z in R^2; x = (z1 + \(share) softplus(z1 - z2)/2, z2 + softplus(z2)/2) in R^2")
    let solver = Certificate.solver(try SolverEvidence(map))
    #expect(isBijective([solver, coercive([[1, 0], [0, 1]])], map) == isRight)
  }

  @Test("one whose derivative is invertible everywhere is a bijection")
  func regular() throws {
    let map = try problem("z in R^2; x = (z2 - 2 atan(z1), -z1 - 2 atan(z2)) in R^2")
    #expect(isBijective([.regular, coercive([[0, 1], [-1, 0]])], map))
    #expect(!isBijective([.regular], map))
    #expect(!isBijective([coercive([[0, 1], [-1, 0]])], map))
  }

  @Test(
    "an invertible derivative alone, or growth alone, proves nothing",
    arguments: [
      ("(exp(z1) cos(z2), exp(z1) sin(z2))", [[0, 0], [0, 0]]),
      ("(exp(z1) cos(z2), exp(z1) sin(z2))", [[1, 0], [0, 1]]),
      ("(z1 + 2 sin(z1), z2)", [[1, 0], [0, 1]]), ("(z1^3, z2)", [[0, 0], [0, 1]]),
    ])
  func neither(map: String, matrix: [[Int]]) throws {
    let problem = try problem("z in R^2; x = \(map) in R^2")
    let evidence = coercive(matrix.map { $0.map { .rational($0) } })
    #expect(!isBijective([.regular, evidence], problem))
  }
}
