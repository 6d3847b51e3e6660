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
    let bits = try run(table("a,bit") { "\($0 + 0.5),\(Int($0) % 2)" }, "--flow", "gmm")
    #expect(bits.errors.contains("from 0 to 1 alone") && bits.errors.contains("--bounds bit=0:1 "))
    let bounded = try run(table("a,bit") { "\($0 + 0.5),\(Int($0) % 2)" }, "--bounds", "bit=0:1")
    #expect(bounded.errors.isEmpty, "\(bounded.errors)")
    let one = try run("a,b\n1,2\n")
    #expect(one.status == .badData && one.errors.contains("the table has 1 row,"), "\(one.errors)")
  }

  @Test("Columns that follow from others are named, with their formulas")
  func dependences() throws {
    let sum = try run(
      table("a,b,c") {
        "\($0 + 0.5),\(($0 - 20.5) * ($0 - 20)),\(1.25 - $0 - 2 * ($0 - 20.5) * ($0 - 20))"
      },
      "--flow", "gmm")
    #expect(
      sum.errors.contains("column 'c' is -'a' - 2.0 'b' + 1.75: together they have no density"),
      "\(sum.errors)")
    let given = try run(table("a,b") { "\($0 + 0.5),\(2 * $0 + 1)" }, "--given", "b")
    #expect(given.errors.contains("column 'a' is 0.5 'b': together"), "\(given.errors)")
    let none = try run(table("a,b") { "\($0 + 0.5),\(($0 - 20.5) * ($0 - 20))" }, "--flow", "gmm")
    #expect(none.errors.isEmpty, "\(none.errors)")
  }

  @Test("A column of weights that is none is wrong usage")
  func weights() throws {
    let found = try run(table("a,w") { "\($0 + 0.5),1" }, "--weights", "w,a")
    #expect(found.status == .usage && found.errors.contains("no column 'w,a'"), "\(found.errors)")
  }

  @Test("Numbers far out are named with their lines")
  func farNumbers() throws {
    func found(_ line: Int, _ number: String) throws -> CommandRun {
      var lines = table("x") { "\($0 + 0.5)" }.split(separator: "\n").map(String.init)
      lines[line - 1] = number
      return try run(lines.joined(separator: "\n") + "\n", "--flow", "normal")
    }
    // Of the rows that are kept apart one is enough; which they are, the seed decides.
    var line = 1
    var far: CommandRun
    repeat {
      line += 1
      far = try found(line, "1e300")
    } while far.status == .fine && line < 61
    #expect(far.status == .badData)
    let start =
      "t.csv:\(line): error: column 'x' is 1e+300 in line \(line), while most values to learn from lie between "
    #expect(far.errors.contains(start), "\(far.errors)")
    let nearer = try found(line, "1e5")
    #expect(nearer.status == .fine)
    #expect(nearer.errors.contains("note: column 'x' is 100000.0 in line \(line), while most"))
  }

  @Test("Where a column lies is said once, by one end or by both")
  func bounds() throws {
    let numbers = table("x") { "\($0 + 0.5)" }
    for twice in [
      ["--positive", "x", "--bounds", "x=0:60"], ["--bounds", "x=0:", "--bounds", "x=0:60"],
    ] {
      let run = try run(numbers, twice[0], twice[1], twice[2], twice[3])
      #expect(run.status == .usage && run.errors.contains("said twice"), "\(run.errors)")
    }
    let below = try run(numbers, "--bounds", "x=:60", "--flow", "normal")
    #expect(below.output.contains("-log(60 - x)"), "\(below.output)\(below.errors)")
    let integers = try run(
      table("n") { "\(Int($0))" }, "--bounds", "n=-0.7:59.8", "--flow", "normal")
    #expect(integers.output.contains("log((x + 0.5)/(59.5 - x))"), "\(integers.output)")
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
