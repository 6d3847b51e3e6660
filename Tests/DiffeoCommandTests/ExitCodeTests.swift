import Foundation
import Testing

@testable import DiffeoCommand

@Suite("Exit codes")
struct ExitCodeTests {
  @Test(
    "prove answers with the worst verdict",
    arguments: [
      ("z in R; x = 2 z + 1 in R", 0),
      ("z in R; x = z^2 in R", 10),
      ("z in R; x = exp(z) in R", 10),
      ("param a; z in R; x = a z in R", 11),
      ("z in R; x = log(z) in R", 12),
    ])
  func verdicts(text: String, code: Int32) {
    let run = CommandRun("prove", "-e", text)
    #expect(run.status.rawValue == code, "\(run.errors)")
    #expect(!run.output.isEmpty)
  }

  @Test("Refuted outranks undecided, which outranks conditional")
  func order() {
    let conditional = "problem a; param a; z in R; x = a z in R;"
    let illPosed = "problem b; z in R; x = log(z) in R;"
    let refuted = "problem c; z in R; x = z^2 in R"
    #expect(CommandRun("prove", "-e", conditional + illPosed).status.rawValue == 12)
    #expect(CommandRun("prove", "-e", conditional + illPosed + refuted).status.rawValue == 10)
  }

  @Test(
    "What is wrong with a call is a usage error",
    arguments: [
      ["frobnicate"], ["prove"], ["prove", "--frob"], ["density", "-e", "x", "--digits", "0"],
      ["prove", "-e", "z in R; x = z", "--problem", "nix"],
      ["prove", "-e", "z in R; x = z", "--set", "K=2"],
      ["prove", "-e", "z in R; x = z", "--show", "nix"],
      ["prove", "-e", "param K : integer >= 1; z in R; x = K z", "--set", "K=1/2"],
      ["sample", "-e", "z in R; x = z; z ~ normal(0, 1)"], ["solve", "--format", "pdf", "a.flow"],
    ])
  func usage(arguments: [String]) {
    let run = CommandRun(arguments)
    #expect(run.status.rawValue == 64, "\(run.errors)")
    #expect(run.errors.contains("rror: "))
    #expect(run.output.isEmpty)
  }

  @Test("A missing file is 66, a file that cannot be read as problems 65")
  func files() throws {
    #expect(CommandRun("prove", "/nonexistent/a.flow").status.rawValue == 66)
    #expect(CommandRun("prove", "--corpus", "/nonexistent/a.json").status.rawValue == 66)
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "bad.flow")
      try "z in R\nx = zz + 1\n".write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun("prove", file.path)
      #expect(run.status.rawValue == 65)
      #expect(run.errors.hasPrefix("\(file.path):2:5: error: "))
      #expect(run.errors.contains("hint: "))
      #expect(CommandRun("prove", folder.path).status.rawValue == 74)
      try Data([0xFF, 0xFE, 0x00]).write(to: file)
      #expect(CommandRun("prove", file.path).status.rawValue == 65)
      try "[{]".write(to: file, atomically: true, encoding: .utf8)
      #expect(CommandRun("prove", "--corpus", file.path).status.rawValue == 65)
    }
  }

  @Test(
    "Help is no error and has examples",
    arguments: [
      "prove", "solve", "check", "density", "sample", "score", "compose", "fit", "evaluate",
      "describe",
    ])
  func help(command: String) {
    let run = CommandRun(command, "--help")
    #expect(run.status == .fine)
    #expect(run.output.contains("diffeo \(command) "))
    #expect(run.errors.isEmpty)
  }
}
