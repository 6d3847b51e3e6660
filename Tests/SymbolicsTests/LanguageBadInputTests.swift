import Foundation
import Testing

@testable import Symbolics

/// Each `Fixtures/bad/NAME.flow` must be rejected with exactly the text of `NAME.expected`.
///
/// With `DIFFEO_RECORD_EXPECTED=1` in the environment the texts are written instead; read the
/// difference before committing it.
@Suite("Bad input")
struct LanguageBadInputTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/bad")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".flow") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func thereAreCases() { #expect(Self.names.count >= 60) }

  @Test(arguments: names) func isRejectedAsExpected(_ name: String) throws {
    let flow = Self.folder.appending(path: "\(name).flow")
    let expected = Self.folder.appending(path: "\(name).expected")
    let text = try String(contentsOf: flow, encoding: .utf8)
    let failure = #expect(throws: ParseFailure.self) {
      _ = try FlowParser.parse(text, file: "\(name).flow")
    }
    let found = (failure?.description ?? "") + "\n"
    if ProcessInfo.processInfo.environment["DIFFEO_RECORD_EXPECTED"] == "1" {
      try found.write(to: expected, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: expected, encoding: .utf8) == found)
  }
}
