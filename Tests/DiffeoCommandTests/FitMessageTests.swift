import Foundation
import Testing

@testable import DiffeoCommand

@Suite("What fit says of tables and options")
struct FitMessageTests {
  private func run(_ table: String, _ arguments: String...) throws -> CommandRun {
    try TestFiles.withFolder { folder in
      let path = folder.appending(path: "t.csv").path
      try table.write(toFile: path, atomically: true, encoding: .utf8)
      return CommandRun(
        ["fit", path, "-o", folder.appending(path: "m.st").path, "--threads", "1", "--steps", "10"]
          + arguments)
    }
  }

  private func table(_ header: String, _ row: (Double) -> String) -> String {
    header + "\n" + (0..<60).map { row(Double($0 * 37 % 60)) + "\n" }.joined()
  }

  @Test(
    "Options are looked at before the table is",
    arguments: [
      ["--checkpoint-every", "300ms"], ["--flow", "maf", "--bins", "7"],
      ["--flow", "normal", "--layers", "7"], ["--flow", "mafia"], ["--bounds", "x=1"],
      ["--error", "x"],
    ])
  func options(arguments: [String]) throws {
    let run = CommandRun(["fit", "/nowhere/t.csv", "-o", "/dev/null"] + arguments)
    #expect(run.status == .usage && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains(arguments[0]) || run.errors.contains(arguments[1]), "\(run.errors)")
  }

  @Test("Columns with the same values are named, and integers that are not negative")
  func notes() throws {
    let found = try run(table("a,b,n") { "\($0 + 0.5),\($0 + 0.5),\(Int($0))" }, "--flow", "gmm")
    #expect(found.errors.contains("column 'b' is the same as 'a'"), "\(found.errors)")
    #expect(found.errors.contains("--bounds n=0:"), "\(found.errors)")
    let one = try run("a,b\n1,2\n")
    #expect(one.status == .badData && one.errors.contains("the table has 1 row,"), "\(one.errors)")
  }

  @Test("Columns of huge and tiny numbers are no constants", arguments: [1e300, 1e-300])
  func sizes(unit: Double) throws {
    let found = try run(table("x") { "\(($0 + 0.5) * unit)" }, "--flow", "normal")
    #expect(found.status == .fine, "\(found.errors)")
  }

  @Test("Control characters in names do not reach a terminal")
  func names() throws {
    let found = try run(table("a\u{1B}[31mb") { "\($0 + 0.5)" }, "--flow", "normal")
    #expect(found.status == .fine, "\(found.errors)")
    #expect(found.output.contains("a\\u{1b}[31mb"))
    #expect(!(found.output + found.errors).unicodeScalars.contains("\u{1B}"))
  }

  @Test("Targets say what is wrong with them")
  func targets() throws {
    try TestFiles.withFolder { folder in
      func fit(_ text: String, steps: String) throws -> CommandRun {
        let path = folder.appending(path: "t.flow").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return CommandRun(
          "fit", "--target", path, "-o", folder.appending(path: "m.st").path, "--steps", steps,
          "--threads", "1", "--layers", "1", "--hidden", "4")
      }
      let learned = try fit("learn s > 0; z in R; logdensity = -z^2/s", steps: "20")
      #expect(learned.status == .badData && learned.errors.contains("no data"), "\(learned.errors)")
      let undefined = try fit("z in R; logdensity = log(-1 - z^2)", steps: "100000000")
      #expect(undefined.errors.contains("at step 31"), "\(undefined.errors)")
      let improper = try fit("z in R; logdensity = z", steps: "200")
      #expect(improper.output.contains("note: few of the draws"), "\(improper.output)")
    }
  }
}
