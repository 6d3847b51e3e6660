import Certificates
import Formats
import Symbolics
import Testing

/// Certificates as text: what is read, and what is said of a text that is none.
@Suite("Certificate files")
struct CertificateFileTests {
  private static let right = """
    {"format": "diffeo certificate", "version": 1, "name": "P",
     "map": ["z in R^2", "x = (2 z1, exp(z1) z2) in R^2"],
     "claim": {"verdict": "bijective", "injective": "yes", "surjective": "yes",
               "inverse": ["x1/2", "x2*exp(-x1/2)"]},
     "evidence": {"type": "inverse", "inverse": ["x1/2", "x2*exp(-x1/2)"],
                  "image": {"coordinates": ["x1", "x2"], "box": "R^2"}}}
    """

  private func files(_ text: String) throws -> [CertificateFile] {
    try CertificateFile.all(in: text, file: "test.json")
  }

  private func line(_ name: String) -> String {
    Self.right.split(separator: "\n").joined().replacing("\"P\"", with: "\"\(name)\"")
  }

  @Test("A certificate that was written by hand is read and accepted")
  func byHand() throws {
    let found = try #require(try files(Self.right).first)
    #expect(found.problem.name == "P" && found.claim.kind == .bijective)
    let report = found.check()
    #expect(report.outcome == .accepted)
    #expect(report.steps.contains("f^-1(f(z)) = z in coordinate z2"))
    #expect(report.steps.contains("f(f^-1(x)) = x in coordinate x1"))
  }

  @Test(
    "Linear algebra has the kernel vectors that a matrix goes without",
    arguments: [("a*d - b*c", true), ("a*d + b*c", false), ("a*d", false)])
  func matrixWithoutKernelVectors(determinant: String, isRight: Bool) throws {
    let text = """
      {"format": "diffeo certificate", "version": 1, "name": "A",
       "map": ["param a, b, c, d", "z in R^2", "x = (a z1 + b z2, c z1 + d z2) in R^2"],
       "claim": {"verdict": "conditional", "injective": "conditional", "surjective": "conditional",
                 "condition": "\(determinant) != 0",
                 "verdictIfTrue": "bijective", "verdictIfFalse": "not_injective"},
       "evidence": {"type": "affine", "matrix": [["a", "b"], ["c", "d"]], "offset": ["0", "0"],
                    "determinant": "\(determinant)", "kernel": null}}
      """
    let found = try #require(try files(text).first)
    #expect((found.check().outcome == .accepted) == isRight)
    let written = found.json.page
    #expect(try files(written).first?.check().outcome == found.check().outcome)
  }

  @Test("Certificates are found in lists, answers and lines")
  func containers() throws {
    let (a, b) = (line("A"), line("B"))
    let texts = [
      "[\(a),\(b)]", "{\"certificates\": [\(a), \(b)]}", "\(a)\n\(b)\n",
      "{\"problems\": [{\"name\": \"A\", \"certificate\": \(a)}, {\"certificate\": \(b)}]}",
      "{\"id\": \"A\", \"certificate\": \(a)}\n\n{\"certificate\": null}\n{\"certificate\": \(b)}",
    ]
    for text in texts { #expect(try files(text).map(\.problem.name) == ["A", "B"], "\(text)") }
  }

  @Test(
    "An error says where it is and what was expected",
    arguments: [
      ("\"version\": 1", "\"version\": 2", "version: found 2, expected version 1"),
      ("\"bijective\"", "\"onto\"", "claim.verdict: found 'onto', expected bijective"),
      ("\"x1/2\", \"x2*exp(-x1/2)\"]}", "\"x1/2\", \"x3\"]}", "claim.inverse[1]: "),
      ("\"x1/2\", \"x2*exp(-x1/2)\"]}", "\"z1\", \"x2\"]}", "claim.inverse[0]: "),
      ("\"box\": \"R^2\"", "\"box\": \"R^2; z = 1\"", "evidence.image.box: "),
      ("\"box\": \"R^2\"", "\"box\": \"R^3\"", "evidence.image.box: "),
      ("[\"x1\", \"x2\"]", "[\"x1\", \"x1\"]", "evidence.image.coordinates[1]: "),
      ("\"type\": \"inverse\"", "\"type\": \"magic\"", "evidence.type: found 'magic', expected "),
      ("\"type\": \"inverse\"", "\"typ\": \"inverse\"", "evidence: found no 'type'"),
      ("\"name\": \"P\"", "\"name\": \"P\", \"note\": 1", "found a field 'note'"),
      ("\"name\": \"P\"", "\"name\": 7", "name: found 7, expected a text"),
      ("\"name\": \"P\"", "\"name\": \"P\", \"name\": \"Q\"", "found the field 'name' twice"),
      (
        "\"surjective\": \"yes\"", "\"surjective\": \"yes\", \"\\u0076erdict\": \"not_injective\"",
        "claim: found the field 'verdict' twice"
      ),
      ("\"z in R^2\"", "\"z in R^2 where\"", "map: "),
      (
        "\"map\": [", "\"map\": [\"problem A\", \"z in R\", \"x = z\", \"problem B\", ",
        "map: found 2"
      ),
    ])
  func errors(old: String, new: String, expected: String) throws {
    let text = Self.right.replacing(old, with: new)
    try #require(text != Self.right)
    let error = #expect(throws: FormatError.self) { try self.files(text) }
    #expect(error?.found.contains(expected.prefix { $0 != "," }) == true, "\(error as Any)")
    if let wanted = expected.split(separator: ", expected ").dropFirst().first {
      #expect(error?.expected?.hasPrefix(wanted) == true, "\(error as Any)")
    }
  }

  @Test(
    "What is no certificate is refused",
    arguments: ["", "{}", "[]", "7", "null", "{\"a\":", "[[]]"])
  func noCertificate(text: String) {
    #expect(throws: FormatError.self) { try self.files(text) }
  }

  @Test("Brackets without end are refused")
  func depth() {
    let deep = String(repeating: "[", count: 1_000_000)
    let error = #expect(throws: FormatError.self) { try self.files(deep) }
    #expect(error?.found.contains("brackets") == true)
  }

  /// Bytes changed, cut and doubled: every text is an error or a certificate, checked in bounded time.
  @Test("Damaged bytes are refused or read, and never crash")
  func fuzz() throws {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let alphabet = Array("{}[]\",:0159.ez x^*/()-<>=\\un".utf8)
    for _ in 0..<Fuzzing.iterations {
      var bytes = Array(Self.right.utf8)
      for _ in 0...next(4) {
        let place = next(bytes.count)
        switch next(4) {
        case 0: bytes[place] = alphabet[next(alphabet.count)]
        case 1: bytes.insert(alphabet[next(alphabet.count)], at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + next(20)))
        }
      }
      guard let found = try? files(String(decoding: bytes, as: UTF8.self)) else { continue }
      for file in found { _ = file.check() }
    }
  }
}
