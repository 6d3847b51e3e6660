import Exact
import Foundation
import Testing

@testable import Symbolics

/// Xorshift64*, so that a failing case can be repeated from its seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// No text may crash or stall the parser: it is accepted, or rejected with findings.
///
/// `DIFFEO_FUZZ_ITERATIONS` sets the number of texts of each kind.
@Suite("Hostile text")
struct LanguageFuzzTests {
  static let iterations =
    ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 300

  static let words = [
    "z", "x", "h", "z1", "R", "in", "where", "param", "learn", "problem", "A", "prove",
    "invertible", "density", "at", "claim", "inverse", "push", "sample", "normal", "uniform", "I",
    "sin", "exp", "log", "sum", "piecewise", "if", "otherwise", "and", "or", "not", "k", "e", "pi",
    "inf", "0", "1", "2", "1.5e3", "99999999999999999999", "(", ")", "[", "]", "{", "}", "|", ",",
    ";", ":", "=", "==", "!=", "<", "<=", "~", "..", "->", "+", "-", "*", "/", "^", "**", "%",
    "\\", "\\frac", "\\sqrt", "\\sum_", "\\begin{bmatrix}", "\\end{bmatrix}", "\\begin{cases}",
    "\\\\", "&", "\\sigma", "\n", " ", "#", "²", "₁", "→", "\u{0}", "\u{301}", "é", "max", "mod",
  ]

  /// Parses, and reads back what was accepted.
  static func survive(_ text: String) {
    do {
      for problem in try FlowParser.parse(text, file: "fuzz.flow") {
        let again = try? FlowParser.parse(problem.flowText, file: "again.flow")
        #expect(again?.count == 1, "\(text)\n---\n\(problem.flowText)")
      }
    } catch {
      #expect(!error.diagnostics.isEmpty)
      #expect(!error.description.isEmpty)
    }
  }

  @Test func randomWords() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<Self.iterations {
      let count = Int.random(in: 1...40, using: &generator)
      let text = (0..<count).map { _ in Self.words.randomElement(using: &generator)! }
      Self.survive(text.joined(separator: Bool.random(using: &generator) ? " " : ""))
      Self.survive("z in R^2\nx = (" + text.joined(separator: " ") + ", z2)")
    }
  }

  @Test func randomCharacters() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<Self.iterations {
      let count = Int.random(in: 1...60, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      Self.survive(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func mutatedProblems() throws {
    var generator = SeededGenerator(seed: 3)
    let sources =
      LanguageRoundTripTests.texts
      + (try LanguageCorpusTests.records.prefix(40).map { try CorpusReader.problem($0).flowText })
    for _ in 0..<Self.iterations {
      var text = Array(sources.randomElement(using: &generator)!)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let position = Int.random(in: 0..<text.count, using: &generator)
        let end = min(text.count, position + Int.random(in: 0...3, using: &generator))
        text.replaceSubrange(
          position..<end, with: Array(Self.words.randomElement(using: &generator)!))
        if text.isEmpty { text = ["z"] }
      }
      Self.survive(String(text))
    }
  }

  static let deep: [(String, String, String)] = [
    ("(", "z", ")"), ("-", "z", ""), ("2^", "z", ""), ("sin(", "z", ")"), ("|", "z", "|"),
    ("{", "z", "}"), ("(1 + ", "z", ")"), ("sqrt ", "z", ""), (#"\sqrt{"#, "z", "}"),
    (#"\frac{1}{"#, "z", "}"), ("piecewise(1 if z > 0, ", "z otherwise", ")"), ("[", "z", "]"),
    (#"\begin{bmatrix} "#, "z", #" \end{bmatrix}"#), ("max(1, ", "z", ")"), ("1/-", "z", ""),
  ]

  @Test(arguments: deep.indices, [20, 180, 5000])
  func deepNesting(_ index: Int, _ depth: Int) {
    let (open, inner, close) = Self.deep[index]
    let formula =
      String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    Self.survive("z in R; x = \(formula)")
    Self.survive("z in R where \(String(repeating: "not ", count: depth))z > 0; x = z")
    let brackets = String(repeating: "(", count: depth)
    Self.survive("z in \(brackets)R\(String(repeating: ")", count: depth)); x = z")
  }

  static let large: [String] = [
    "z in R; x = " + Array(repeating: "z", count: 20_000).joined(separator: " + "),
    "z in R; x = " + Array(repeating: "(z + 1)", count: 5_000).joined(separator: " * "),
    "z in R; x = " + Array(repeating: "z", count: 2_000).joined(separator: "/"),
    "z in R; x = 1" + String(repeating: "0", count: 500_000),
    String(repeating: "z in R; x = z; ", count: 2_000),
    (1...1100).map { "problem p\($0); z in R; x = z" }.joined(separator: "\n"),
    "z in R; x = sum(i in 1..64, sum(j in 1..64, sum(k in 1..64, z^i + j^k)))",
    "z in R; x = sum(i in 1..32, sum(j in 1..32, sin(z i + j) + cos(z j + i)))",
    "z in R; x = sum(i in 1..1000000000, z i)",
    "z in R^(64); x = " + Array(repeating: "(A", count: 8).joined() + "z",
    "param A in R^(30x30); z in R^30; x = A A A A A A A A z",
    "param A in R^(64x64); z in R^64; x = A z",
    "z in R^64^64^64; x = z", "z in (R^64)^64; x = z", "z in R^99999999999999999999; x = z",
    "z in R; h = z; "
      + (1...200).map { "h\($0)a = (h + 1)^2; " }.joined() + "x = h",
    "z in R; a0b = z + 1; "
      + (1...40).map { "a\($0)b = a\($0 - 1)b a\($0 - 1)b + sin(a\($0 - 1)b) + z; " }.joined()
      + "x = a40b",
    "z in R; x = (z^1000)^1000", "z in R; x = 2^1000^1000", "z in R; x = 10^(10^(10^10))",
    "z in R; x = (((1/3)^1000)^1000)^1000 z", "z in R; x = 0^0 + 0^-1 + 0/0",
    String(repeating: "z ", count: 600_000),
  ]

  @Test(arguments: large.indices) func largeInput(_ index: Int) {
    let clock = ContinuousClock()
    let time = clock.measure { Self.survive(Self.large[index]) }
    #expect(time < .seconds(20), "\(Self.large[index].prefix(80)): \(time)")
  }
}
