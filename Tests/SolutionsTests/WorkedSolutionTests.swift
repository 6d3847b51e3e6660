import Certificates
import Proofs
import Solutions
import Symbolics
import Testing

/// The text of the worked solution of one problem.
private func solution(_ text: String) throws -> String {
  let problem = try FlowParser.parse(text, file: "test")[0]
  let document = WorkedSolution(problem, verdict: Prover.verdict(for: problem)).document()
  let written = TextWriter(width: 1000).write(document)
  // Every document can be written in every format.
  #expect(!MarkdownWriter().write(document).isEmpty)
  #expect(LatexWriter().write([document]).hasSuffix("\\end{document}\n"))
  return written
}

@Suite("Worked solutions")
struct WorkedSolutionTests {
  @Test("The verdict comes first, with domain, codomain and evidence")
  func headline() throws {
    let text = try solution("z in (0, 1); x = 2 z in (0, 2)")
    #expect(text.hasPrefix("Verdict: INVERTIBLE (a bijection (0, 1) -> (0, 2))."))
    #expect(text.contains("certificate: "))
  }

  @Test("Parameters that are learned are named, and proven for like others")
  func learned() throws {
    let text = try solution("learn a; learn s > 0; param b; z in R; x = a + b + s sinh(z) in R")
    #expect(text.hasPrefix("Verdict: INVERTIBLE"))
    #expect(text.contains("s > 0\n"))
    #expect(text.contains("to be fitted to data: a, s\n"))
  }

  @Test("A triangular map is solved one unknown at a time, each division justified")
  func triangular() throws {
    let text = try solution("z in R^2; x = (3 z1 - 1, exp(2 z1) z2) in R^2")
    #expect(text.contains("triangular in the order (z1, z2)"))
    #expect(text.contains("e^(2 z1) > 0, so the division is allowed"))
    #expect(text.contains("f(f^-1(x)) = x"))
    #expect(text.contains("det Df = 3 e^(2 z1)"))
    #expect(text.contains("a nonzero determinant alone would not prove invertibility"))
  }

  @Test("The stages of a stack have names of their own")
  func stageNames() throws {
    let text = try solution(
      "z in R^2; h = (2 z1 + 1, z2 + z1) in R^2; x = (h1, h2^3 + h2) in R^2")
    #expect(text.contains("Stage 1: Affine: f1(z) = A z + b"))
    #expect(text.contains("f1^-1(h) = A^-1 (h - b)"))
    #expect(text.contains("Stage 2: Solve x = f2(h)"))
    #expect(!text.contains("f^-1(x) = A^-1"))
  }

  @Test("Maps are told with the names of the problem's own variables")
  func ownNames() throws {
    let scalar = try solution("u in R; y = 2 u + 1 in R; u ~ normal(0, 1); density at 1")
    #expect(scalar.contains("f^-1(y) = "))
    #expect(scalar.contains("p1(u) = "))
    #expect(scalar.contains("p2(y) = p1(f^-1(y))"))
    #expect(!scalar.contains("(x)") && !scalar.contains("(z)"))
    let pair = try solution("(u, v) in R^2; (p, q) = (u^3, v exp(u)) in R^2; (u, v) ~ normal(0, I)")
    #expect(pair.contains("Solve (p, q) = f(u, v)"))
    #expect(pair.contains("f^-1(p, q) = "))
    #expect(pair.contains("p2(p, q) = "))
  }

  @Test(
    "What an undefined operation needs is asked of the parameters when it depends on them alone")
  func neededParameters() throws {
    let parameters = try solution("param K; z in R; x = sqrt(K) + z in R")
    #expect(parameters.contains("What would do: parameters with K >= 0."))
    let domain = try solution("param K; z in R; x = sqrt(K + z) in R")
    #expect(domain.contains("What would do: a domain where "))
  }

  @Test("Linear maps have no offset, and lines no matrix")
  func linear() throws {
    let linear = try solution(
      "param a11, a12, a21, a22; z in R^2; x = (a11 z1 + a12 z2, a21 z1 + a22 z2) in R^2")
    #expect(linear.contains("f^-1(x) = A^-1 x"))
    #expect(!linear.contains("(x - b)") && !linear.contains("= b"))
    let line = try solution("param a; z in R; x = a z in R")
    #expect(line.contains("INVERTIBLE if and only if a != 0."))
    #expect(!line.contains("A^-1") && !line.contains(";"))
    #expect(line.contains("f^-1(x) = x/a") || line.contains("f^-1(x) = x / a"))
  }

  @Test(
    "What would do names every operation, and is no more than is possible",
    arguments: [
      ("z in R^2; x = (log(z1), log(z2)) in R^2", ["z1 > 0", "z2 > 0"]),
      ("z in R; x = sqrt(z) + sqrt(4 - z) in R", ["z >= 0", "4 - z >= 0"]),
      ("z in R^2; x = (z1/z2, z2/z1) in R^2", ["z1 != 0", "z2 != 0"]),
    ])
  func suggestions(text: String, needed: [String]) throws {
    let written = try solution(text)
    let lines = written.split(separator: "\n").filter { $0.contains("What would do: ") }
    let line = try #require(lines.first)
    for condition in needed { #expect(line.contains(condition), "\(line)") }
    // log(z) - sqrt(-z) is defined nowhere.
    #expect(!(try solution("z in R; x = log(z) - sqrt(-z) in R").contains("What would do")))
  }

  @Test("A permuted triangular map says in which order")
  func permuted() throws {
    let text = try solution("z in R^2; x = (z1 + sinh(z2), 5 z2) in R^2")
    #expect(text.contains("triangular in the order (z2, z1)"))
  }

  @Test("A collision shows both points, the common image and the reason")
  func collision() throws {
    let text = try solution("z in R^2; x = (z1^2 - z2, z2^3) in R^2")
    #expect(text.hasPrefix("Verdict: NOT INVERTIBLE (not injective"))
    #expect(text.contains("f is even in z1, f(-z1, z2) = f(z1, z2)"))
    #expect(text.contains("Another sign."))
  }

  @Test("Injective but not onto: the image and a point outside of it")
  func notOnto() throws {
    let text = try solution("z in R; x = exp(z) + 1 in R")
    #expect(text.contains("NOT INVERTIBLE (injective, but not onto R)"))
    #expect(text.contains("The image is {x > 1}"))
    #expect(text.contains("has no preimage"))
  }

  @Test("A condition on parameters is shown in both directions")
  func condition() throws {
    let text = try solution("param a, b; z in R; x = a z + b in R")
    #expect(text.contains("INVERTIBLE if and only if a != 0;  no condition on b."))
    #expect(text.contains("(<=) If a != 0"))
    #expect(text.contains("(=>) If a = 0"))
    #expect(text.contains("b only shifts the image"))
  }

  @Test("A monotone function: derivative, sign, limits, theorem, inverse")
  func monotone() throws {
    let text = try solution("z in R; x = z^5 + z + exp(z) in R")
    #expect(text.contains("Increasing."))
    #expect(text.contains("intermediate value theorem"))
    #expect(text.contains("bracketed Newton"))
  }

  @Test("A derivative that touches zero is said to do so")
  func touching() throws {
    let text = try solution("z in R; x = z - sin(z) in R")
    #expect(text.contains("f' >= 0 with isolated zeros"))
  }

  @Test("Stages are shown as a stack with their log-dets added")
  func stages() throws {
    let text = try solution("z in R^2; h = (2 z1, z2 + z1^3); x = (h1, exp(h1) h2) in R^2")
    #expect(text.contains("The stack of 2 stages."))
    #expect(text.contains("Stage 2: "))
    #expect(text.contains("log|det Df| = log(2) + h1 = 2 z1 + log(2)"))
    #expect(text.contains("Inverse of the stack."))
  }

  @Test("An ill-posed problem names the point, the operation and what would do")
  func illPosed() throws {
    let text = try solution("z in R; x = 1/(z - 3) in R")
    #expect(text.hasPrefix("Verdict: ILL-POSED"))
    #expect(text.contains("At z = 3"))
    #expect(text.contains("What would do: "))
  }

  @Test("Both forms of the change of variables are shown")
  func density() throws {
    let text = try solution(
      "z in R; x = exp(z) in (0, inf); z ~ normal(0, 1); density at 1, 2; push z = 0")
    #expect(text.contains("p1(f^-1(x)) * |det Df^-1|"))
    #expect(text.contains("p1(z) * |det Df(z)|^-1"))
    #expect(text.contains("Both forms agree."))
    // 1/sqrt(2 pi), exact and then decimal
    #expect(text.contains("1/sqrt(2 pi) ~ 0.398942"))
    #expect(text.contains("Push z = 0."))
  }

  @Test(
    "Claims are right, or wrong with a witness",
    arguments: [
      ("claim inverse (x1 - 1, x2/2)", "Right. It undoes f"),
      ("claim inverse (x1 - 1, x2)", "Wrong. f("),
      ("claim invertible", "Right. f is a bijection"),
    ])
  func claims(claim: String, answer: String) throws {
    let text = try solution("z in R^2; x = (z1 + 1, 2 z2) in R^2; \(claim)")
    #expect(text.contains(answer), "\(text)")
  }

  @Test("Claims about densities")
  func densityClaims() throws {
    let text = try solution(
      """
      z in R; x = 2 z in R; z ~ uniform([0, 1])
      claim density at 1 = 1/2
      claim density at 1 = 1
      """)
    #expect(text.contains("Right. p2(1) = 1/2."))
    #expect(text.contains("Wrong. p2(1) = 1/2 = 0.5."))
  }

  @Test("A point is pushed through the map without a base as well")
  func pushWithoutBase() throws {
    let text = try solution("z in R; x = 2 z in R; push z = 1")
    #expect(text.contains("x = f(1) = 2"))
    #expect(text.contains("f'(1) = 2"))
    let kink = try solution("z in R; x = abs(z) in R; push z = 0")
    #expect(kink.contains("f has no derivative at this point"))
    #expect(!kink.contains("f'(0) ="))
  }

  @Test("What is undecided lists what was tried")
  func undecided() throws {
    let problem = try FlowParser.parse("z in R; x = z in R", file: "test")[0]
    let verdict = Verdict.undecided([Attempt("affine", "a formula is not affine in z")])
    let text = TextWriter().write(WorkedSolution(problem, verdict: verdict).document())
    #expect(text.hasPrefix("Verdict: UNDECIDED"))
    #expect(text.contains("affine"))
    #expect(text.contains("a formula is not affine in z"))
  }
}
