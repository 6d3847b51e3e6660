import Foundation
import Testing

@testable import DiffeoCommand

/// The worked solutions of the exercise sheet against the files in `Fixtures/`. With
/// `DIFFEO_RECORD=1` in the environment the files are written instead, to be looked at and committed.
@Suite("The exercise sheet")
struct SheetTests {
  private static let formats = ["text": "txt", "markdown": "md", "latex": "tex", "json": "json"]

  @Test("Solutions are as recorded", arguments: 1...5, ["text", "markdown", "latex", "json"])
  func solutions(number: Int, format: String) throws {
    let arguments = format == "json" ? ["--json"] : ["--format", format]
    let run = CommandRun(["solve", TestFiles.sheet(number)] + arguments)
    #expect(run.status == .fine, "\(run.errors)")
    let file = TestFiles.beside("Fixtures/problem-\(number).\(Self.formats[format]!)")
    let written = Self.withoutTime(run.output)
    if ProcessInfo.processInfo.environment["DIFFEO_RECORD"] != nil {
      try written.write(toFile: file, atomically: true, encoding: .utf8)
    }
    let recorded = try String(contentsOfFile: file, encoding: .utf8)
    #expect(written == recorded)
  }

  /// The time that a proof took is the one thing that differs from run to run.
  private static func withoutTime(_ output: String) -> String {
    output.replacing(#/"ms": [0-9.e-]+/#, with: "\"ms\": 0")
  }
}
