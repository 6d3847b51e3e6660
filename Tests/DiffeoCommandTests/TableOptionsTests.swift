import Foundation
import Testing

@testable import DiffeoCommand

@Suite("Tables with other delimiters, and without a header")
struct TableOptionsTests {
  private static let rows = (0..<80).map { number -> [String] in
    let x = 1 + Double(number * 37 % 80) / 80
    return ["\(x)", "\(3 * x + Double(number * 53 % 80) / 160)", ["no", "yes"][number % 2]]
  }

  private static func text(_ header: [String]?, _ delimiter: String) -> String {
    ((header.map { [$0] } ?? []) + rows).map { $0.joined(separator: delimiter) + "\n" }.joined()
  }

  private static let quick = ["--flow", "normal", "--steps", "20", "--threads", "1"]

  @Test("Every command that reads a table reads all of them", arguments: ["\t", ";", "|", ":"])
  func delimiters(_ delimiter: String) throws {
    try TestFiles.withFolder { folder in
      func path(_ name: String) -> String { folder.appending(path: name).path }
      let header = ["x", "y", "bright"]
      try Self.text(header, ",").write(toFile: path("a"), atomically: true, encoding: .utf8)
      try Self.text(header, delimiter).write(toFile: path("b"), atomically: true, encoding: .utf8)
      let options = delimiter == ":" ? ["--delimiter", ":"] : []
      var answers: [[String]] = []
      for (file, options) in [(path("a"), []), (path("b"), options)] {
        let model = file + ".model"
        let fit = ["fit", file, "--given", "bright", "-o", model, "--json"] + Self.quick
        let runs = [
          fit, ["evaluate", model, file], ["score", model, file],
          ["posterior", model, file, "--column", "x", "--draws", "20"],
          ["sample", model, "--given-data", file, "-n", "1"],
          ["plot", model, "--data", file, "-n", "200", "-o", file + ".svg"],
        ].map { CommandRun($0 + options) }
        for run in runs { #expect(run.status == .fine, "\(run.errors)") }
        answers.append(runs.dropFirst().map(\.output))
        answers[answers.count - 1].append(
          try String(contentsOfFile: file + ".svg", encoding: .utf8))
      }
      #expect(answers[0] == answers[1])
    }
  }

  @Test("Problems take them too")
  func problems() throws {
    try TestFiles.withFolder { folder in
      let path = folder.appending(path: "t.csv").path
      try "1;2\n3;4\n".write(toFile: path, atomically: true, encoding: .utf8)
      let problem = ["-e", "z in R^2; x = 2 z in R^2; z ~ normal(0, I)"]
      let density = CommandRun(["density", "--data", path] + problem)
      #expect(density.output.split(separator: "\n").count == 3, "\(density.errors)")
      let named = CommandRun(["density", "--data", path, "--header"] + problem)
      #expect(named.output.split(separator: "\n").count == 2, "\(named.errors)")
      #expect(CommandRun(["score", path, "--no-header"] + problem).output.count > 20)
      let comma = CommandRun(["score", path, "--delimiter", ","] + problem)
      #expect(comma.status == .badData)
      #expect(comma.errors.contains("--delimiter ';'"), "\(comma.errors)")
    }
  }

  @Test("A first line of numbers and words is a header or not, as is said")
  func header() throws {
    try TestFiles.withFolder { folder in
      let (file, model) = (
        folder.appending(path: "t.csv").path, folder.appending(path: "m").path
      )
      try Self.text(nil, ",").write(toFile: file, atomically: true, encoding: .utf8)
      let fit = ["fit", file, "-o", model, "--given", "x3"] + Self.quick
      let unsaid = CommandRun(fit)
      #expect(
        unsaid.status == .badData && unsaid.errors.contains("--no-header"), "\(unsaid.errors)")
      let run = CommandRun(fit + ["--no-header"])
      #expect(run.status == .fine && run.output.contains("no, yes"), "\(run.errors)")
      #expect(
        CommandRun("score", model, file, "--no-header").output.split(separator: "\n").count == 81)
      try Self.text(["2019", "2020", "3"], ",")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let years = CommandRun(
        ["fit", file, "-o", model, "--columns", "2019,2020", "--header"] + Self.quick)
      #expect(years.status == .fine && years.output.contains("2020"), "\(years.errors)")
    }
  }

  @Test(
    "What cannot separate fields is refused", arguments: ["", "ab", "1", "e", ".", "\"", "é", "-"])
  func refused(_ text: String) {
    let run = CommandRun(["fit", "/nowhere/t.csv", "--delimiter", text])
    #expect(run.status == .usage && run.errors.contains("delimiter"), "\(run.errors)")
  }
}
