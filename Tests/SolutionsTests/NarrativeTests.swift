import Certificates
import Proofs
import Solutions
import Symbolics
import Testing

/// A map, the evidence that its verdict rests on, and what a proof by it has to say: the theorem, and why its
/// hypotheses hold.
struct NarrativeCase: Sendable, CustomTestStringConvertible {
  let kind: EvidenceKind
  let map: String
  let phrases: [String]

  var testDescription: String { "\(kind): \(map)" }

  static let all = [
    NarrativeCase(
      kind: .inverse, map: "z in R^2; x = (2 z1, exp(z1) z2) in R^2",
      phrases: ["so the division is allowed", "for every", "term by term"]),
    NarrativeCase(
      kind: .triangular, map: "z in R; x = z + tanh(z) in R",
      phrases: ["strictly increasing", "therefore injective", "intermediate value theorem"]),
    NarrativeCase(
      kind: .triangular, map: "z in R^2; x = (z1^3 + z1 + z2, z2 + exp(z2)) in R^2",
      phrases: ["triangular in the order", "strictly increasing in", "exactly one real solution"]),
    NarrativeCase(
      kind: .affine, map: "z in R^2; x = (2 z1 + z2, z1 + z2) in R^2",
      phrases: ["A square linear system with nonzero determinant has exactly one solution"]),
    NarrativeCase(
      kind: .radial, map: "z in R^2; x = (z1 (z1^2 + z2^2), z2 (z1^2 + z2^2)) in R^2",
      phrases: ["in the same direction", "distances are mapped by one", "strictly monotone"]),
    NarrativeCase(
      kind: .univalent, map: "z in R^2; x = (4 z1^3 + 2 z1 z2^2, 4 z2^3 + 2 z1^2 z2) in R^2",
      phrases: ["positive definite", "principal minors", "Rosenlicht 1962"]),
    NarrativeCase(
      kind: .univalent,
      map:
        "z in R^2; x = (z1 + exp(z1)/(exp(z1) + exp(z2)), z2 + exp(z2)/(exp(z1) + exp(z2))) in R^2",
      phrases: ["positive semidefinite", "strongly monotone", "Minty 1962, Browder 1963"]),
    NarrativeCase(
      kind: .solver,
      map: "z in R^2; x = (z1 + max(z1 - z2, 0)/3 + tanh(z1)/8, z2 + abs(z1)/4) in R^2",
      phrases: [
        "for two different points", "Z3", "tanh is strictly increasing", "the check asks it again",
      ]),
    NarrativeCase(
      kind: .coercive, map: "z in R^2; x = (z1 + max(z1 - z2, 0)/3, z2 + abs(z1)/4) in R^2",
      phrases: ["invertible matrix", "grows beyond all bounds", "invariance of domain"]),
    NarrativeCase(
      kind: .regular,
      map:
        "z in R^2; x = (z2 - 2 atan(z1) - tanh(z1 + z2)/9, -z1 - 2 atan(z2) + sin(z1)/9) in R^2",
      phrases: ["is positive everywhere", "Hadamard 1906, Caccioppoli 1932"]),
    NarrativeCase(
      kind: .factored, map: "z in R^2; x = (z1 - tanh(z1 + z2)/2, z2 - tanh(z1 + z2)/2) in R^2",
      phrases: ["the composition of the stages below", "onto the domain of the next"]),
    NarrativeCase(
      kind: .collision, map: "z in R^2; x = (z1^2 - z2, z2^3) in R^2",
      phrases: ["Two points, one image", "is even in"]),
    NarrativeCase(
      kind: .determinantSigns, map: "z in R; x = z + 2 sin(z) in R",
      phrases: ["A determinant of both signs", "invariance of domain", "connected open set"]),
    NarrativeCase(
      kind: .invarianceOfDomain, map: "z in R^2; x = sin(z1) + exp(z2) + z1/3 in R",
      phrases: ["2 unknowns, but 1 output", "invariance of domain", "is continuous"]),
    NarrativeCase(
      kind: .missingPoint, map: "z in R; x = exp(z) in R",
      phrases: ["has no preimage: every value of", "and this point does not"]),
    NarrativeCase(
      kind: .image, map: "z in R; x = z^2 in [0, inf)",
      phrases: ["each point has a preimage"]),
    NarrativeCase(
      kind: .condition, map: "param a; z in R; x = a z^3 in R",
      phrases: [
        "is a bijection, as the next steps show", "is not injective, as the next steps show",
      ]),
    NarrativeCase(
      kind: .stages, map: "z in R^2; h = (2 z1 + 1, z2 + z1) in R^2; x = (h1, h2^3 + h2) in R^2",
      phrases: ["The stack of 2 stages", "onto the domain of the next", "Log-dets add"]),
    NarrativeCase(
      kind: .illPosed, map: "z in R; x = log(z) in R",
      phrases: ["is not defined", "it needs", "What would do"]),
  ]
}

@Suite("A proof reads like mathematics")
struct NarrativeTests {
  @Test("Theorem and hypotheses, in every format", arguments: NarrativeCase.all)
  func phrases(example: NarrativeCase) throws {
    let problem = try FlowParser.parse(example.map, file: "test")[0]
    let verdict = Prover.verdict(for: problem)
    let certificate = try #require(verdict.certificate)
    #expect(EvidenceKind.all(in: certificate).contains(example.kind), "\(verdict.strategy)")
    let document = WorkedSolution(problem, verdict: verdict).document()
    for text in [
      TextWriter(width: 10_000).write(document), MarkdownWriter().write(document),
      LatexWriter().write([document]),
    ] {
      // Words alone: each format sets mathematics its own way.
      let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      for phrase in example.phrases { #expect(plain.contains(phrase), "\(phrase)\n\(text)") }
      #expect(!text.contains("(<= ") && !text.contains("(< "), "terms of a solver\n\(text)")
    }
  }

  @Test("Every kind of evidence has an example", arguments: EvidenceKind.allCases)
  func kinds(kind: EvidenceKind) {
    #expect(NarrativeCase.all.contains { $0.kind == kind })
  }
}
