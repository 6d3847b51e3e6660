import Foundation
import Testing

@testable import DiffeoCommand

@Suite("diffeo check")
struct CheckCommandTests {
  /// The certificates of the exercise sheet in a file.
  private func withCertificates(_ body: (_ path: String, _ text: String) throws -> Void) throws {
    try TestFiles.withFolder { folder in
      let path = folder.appending(path: "proofs.json").path
      let sheet = (1...5).map { TestFiles.sheet($0) }
      let run = CommandRun(["prove"] + sheet + ["--certificate", path])
      #expect(run.status == .refuted, "\(run.errors)")
      try body(path, String(contentsOfFile: path, encoding: .utf8))
    }
  }

  @Test("What prove writes is accepted, step by step")
  func sheet() throws {
    try withCertificates { path, _ in
      let run = CommandRun("check", path)
      #expect(run.status == .fine, "\(run.output)\(run.errors)")
      #expect(run.output.hasSuffix("\n5 of 5 certificates accepted\n"))
      #expect(run.output.contains("  claim: not injective\n"))
      #expect(run.output.components(separatedBy: "  ACCEPTED\n").count == 6)
      let answers = try CommandRun("check", path, "--json").json()["certificates"]
      let list = try #require(answers as? [[String: Any]])
      #expect(list.count == 5 && list.allSatisfy { $0["accepted"] as? Bool == true })
      #expect(list.allSatisfy { ($0["verified"] as? [String])?.isEmpty == false })
    }
  }

  @Test("Answers of prove --json and of a corpus hold certificates")
  func answers() throws {
    try TestFiles.withFolder { folder in
      let path = folder.appending(path: "answers.json").path
      let answers = CommandRun("prove", TestFiles.sheet(1), TestFiles.sheet(4), "--json").output
      try answers.write(toFile: path, atomically: true, encoding: .utf8)
      let run = CommandRun("check", path)
      #expect(run.status == .fine && run.output.contains("2 of 2"), "\(run.output)\(run.errors)")

      let corpus = folder.appending(path: "corpus.json").path
      try """
      [{"id": "a", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["z1**3"]},
       {"id": "b", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["z1**2"]}]
      """.write(toFile: corpus, atomically: true, encoding: .utf8)
      let lines = CommandRun("prove", "--corpus", corpus, "--json").output
      try lines.write(toFile: path, atomically: true, encoding: .utf8)
      let checked = CommandRun("check", path)
      #expect(checked.status == .fine && checked.output.contains("2 of 2"), "\(checked.errors)")
    }
  }

  @Test("A false claim is rejected, with the step that fails")
  func rejected() throws {
    try TestFiles.withFolder { folder in
      let path = folder.appending(path: "proofs.json").path
      _ = CommandRun("prove", "-e", "z in R; x = 2 z + 1 in R", "--certificate", path)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let forged = text.replacing("x = 2 z + 1 in R", with: "x = 3 z + 1 in R")
      try #require(forged != text)
      try forged.write(toFile: path, atomically: true, encoding: .utf8)
      let run = CommandRun("check", path)
      #expect(run.status == .refuted)
      #expect(run.output.contains("    NO  f(z) = A z + b in row 1\n  REJECTED\n"), "\(run.output)")
    }
  }

  @Test("A certificate about another map is rejected")
  func against() throws {
    try withCertificates { path, _ in
      #expect(CommandRun("check", path, "--against", TestFiles.sheet(1)).status == .refuted)
      try TestFiles.withFolder { folder in
        let own = folder.appending(path: "own.json").path
        for json in [true, false] {
          if json {
            try CommandRun("prove", TestFiles.sheet(1), "--json").output
              .write(toFile: own, atomically: true, encoding: .utf8)
          } else {
            _ = CommandRun("prove", TestFiles.sheet(1), "--certificate", own)
          }
          let run = CommandRun("check", own, "--against", TestFiles.sheet(1))
          #expect(run.status == .fine, "\(run.output)\(run.errors)")
        }
      }
    }
  }

  @Test(
    "Files that hold no certificate",
    arguments: ["", "{}", "z in R; x = z", "{\"certificates\": []}"])
  func noCertificate(text: String) throws {
    try TestFiles.withFolder { folder in
      let path = folder.appending(path: "proofs.json").path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let run = CommandRun("check", path)
      #expect(run.status == .badData)
      #expect(run.errors.hasPrefix("\(path): error: "), "\(run.errors)")
    }
    #expect(CommandRun("check", "/nonexistent.json").status == .missingFile)
    #expect(CommandRun("check").status == .usage)
  }
}
