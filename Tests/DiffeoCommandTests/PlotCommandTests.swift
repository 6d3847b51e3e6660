import Foundation
import Testing

@testable import DiffeoCommand

@Suite("diffeo plot, posterior, evaluate and score --quantile")
struct PlotCommandTests {
  /// x uniform on 1 to 2, y about 3x.
  private static let rows = (0..<240).map { number -> (x: Double, y: Double) in
    let x = 1 + Double(number * 37 % 240) / 240
    return (x, 3 * x + Double(number * 53 % 240) / 480)
  }

  private func withModels(
    _ body: (_ folder: URL, _ table: String, _ joint: String, _ conditional: String) throws -> Void
  ) throws {
    try TestFiles.withFolder { folder in
      let table = folder.appending(path: "t.csv").path
      let lines = Self.rows.map { "\($0.x),\($0.y)" }
      try ("x,y\n" + lines.joined(separator: "\n") + "\n")
        .write(toFile: table, atomically: true, encoding: .utf8)
      let (joint, conditional) = (
        folder.appending(path: "j.safetensors").path, folder.appending(path: "c.safetensors").path
      )
      let quick = ["--flow", "nsfar", "--layers", "2", "--steps", "300", "--threads", "1"]
      let log = folder.appending(path: "log.jsonl").path
      #expect(CommandRun(["fit", table, "-o", joint, "--log", log] + quick).status == .fine)
      #expect(
        CommandRun(["fit", table, "--given", "x", "-o", conditional] + quick).status == .fine)
      try body(folder, table, joint, conditional)
    }
  }

  @Test("Help fits 80 columns", arguments: ["plot", "posterior", "evaluate", "score", "fit"])
  func help(_ command: String) {
    // Where a line of the explanation is too long, the rest of it makes a line of a word or two.
    let lines = CommandRun(command, "--help").output.split(separator: "\n")
      .prefix { !$0.hasPrefix("USAGE") }
    #expect(lines.count > 3)
    for (line, next) in zip(lines, lines.dropFirst()) where line.count > 70 {
      #expect(line.count <= 80)
      #expect(next.count > 12 || next.hasSuffix("."), "\(line)|\(next)")
    }
  }

  @Test("Every picture is drawn, in each format, twice the same")
  func pictures() throws {
    try withModels { folder, table, joint, conditional in
      let log = folder.appending(path: "log.jsonl").path
      let pictures: [(String, [String])] = [
        ("corner.png", [joint, "--data", table]), ("samples.svg", [joint, "-n", "500"]),
        ("one.pdf", [joint, "--columns", "y"]), ("map.png", [joint, "--density"]),
        ("matched.png", [conditional, "--data", table]),
        ("given.pdf", [conditional, "--given", "x=1.5", "--density"]),
        ("calibration.svg", [conditional, "--data", table, "--calibration"]),
        ("calibration.pdf", [joint, "--data", table, "--calibration", "--title", "both"]),
        ("training.png", ["--curve", log]),
      ]
      for (name, arguments) in pictures {
        let file = folder.appending(path: name)
        let run = CommandRun(["plot", "-o", file.path, "--json"] + arguments)
        #expect(run.status == .fine, "\(name): \(run.errors)")
        #expect(try run.json()["file"] as? String == file.path)
        let first = try Data(contentsOf: file)
        #expect(first.count > 1000)
        #expect(CommandRun(["plot", "-o", file.path] + arguments).output.isEmpty)
        #expect(try Data(contentsOf: file) == first, "\(name)")
      }
    }
  }

  @Test("Pictures that cannot be drawn leave the file as it was")
  func misuse() throws {
    try withModels { folder, table, joint, conditional in
      let file = folder.appending(path: "p.png").path
      try "before".write(toFile: file, atomically: true, encoding: .utf8)
      func failure(_ arguments: String...) -> String {
        let run = CommandRun(["plot"] + arguments)
        #expect(run.status != .fine)
        return run.errors
      }
      #expect(failure(joint, "-o", folder.path + "/p.jpg").contains(".png, .svg or .pdf"))
      #expect(failure(conditional, "-o", file).contains("is a density given x"))
      #expect(failure(conditional, "-o", file, "--density", "--data", table).contains("given x"))
      #expect(failure(joint, "-o", file, "--columns", "z").contains("it models x, y"))
      #expect(failure(joint, "-o", file, "--calibration").contains("add --data"))
      #expect(failure("-o", file).contains("--curve"))
      #expect(failure("-o", file, "--curve", table).contains(":1: error: found 'x,y'") == false)
      #expect(failure("-o", file, "--curve", table).contains("a report of a fit"))
      #expect(failure(table, "-o", file).contains("no model"))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "before")
    }
  }

  @Test("Posteriors row by row, also with fields missing")
  func posteriors() throws {
    try withModels { folder, table, joint, conditional in
      let rows = folder.appending(path: "r.csv").path
      try "x,y\n1.5,\n1.25,9\n,4.5\n".write(toFile: rows, atomically: true, encoding: .utf8)
      let run = CommandRun("posterior", joint, rows, "--column", "y")
      #expect(run.status == .fine, "\(run.errors)")
      let lines = run.output.split(separator: "\n").map { $0.split(separator: ",") }
      #expect(lines.count == 4 && lines[0].count == 12 && lines[0][0] == "mean")
      // y is uniform on 3x to 3x + 1/2, as far as such a short fit has learned it.
      #expect((Double(lines[1][0])! - 4.75).magnitude < 0.25)
      #expect((Double(lines[2][0])! - 4).magnitude < 0.25)
      #expect(lines[1][10] == "nan" && Double(lines[3][10])! > 10)
      let answer = try CommandRun("posterior", joint, rows, "--column", "y", "--json").json()
      let found = try #require(answer["rows"] as? [[String: Any]])
      #expect(found.map { ($0["missing"] as? [String])?.count } == [0, 0, 1])
      #expect(found[0]["median"] as? Double == Double(lines[1][5]))
      let grid = CommandRun("posterior", conditional, table, "--grid", "50")
      let points = grid.output.split(separator: "\n")
      #expect(points.count == 1 + 240 * 50 && points[0] == "row,y,density")
      let first = points[1...50].map { $0.split(separator: ",").compactMap { Double($0) } }
      let mass = zip(first, first.dropFirst()).reduce(0) {
        $0 + ($1.1[1] - $1.0[1]) * ($1.0[2] + $1.1[2]) / 2
      }
      #expect((mass - 0.999).magnitude < 0.01)
      let noColumn = CommandRun("posterior", joint, rows)
      #expect(noColumn.status == .usage && noColumn.errors.contains("--column takes one of x, y"))
      let given = CommandRun("posterior", conditional, rows)
      #expect(given.status == .badData)
      #expect(given.errors.contains("'x' has 1 missing value, the first in line 4"))
    }
  }

  @Test("Evaluation says how right probabilities are; score --quantile ranks rows")
  func ranks() throws {
    try withModels { folder, table, joint, conditional in
      let answer = try CommandRun("evaluate", conditional, table, "--json").json()
      let calibration = try #require(answer["calibration"] as? [[String: Any]]).first
      #expect(calibration?["column"] as? String == "y" && calibration?["samples"] is NSNull)
      #expect(answer["mixture"] as? Double != nil)
      let text = CommandRun("evaluate", joint, table).output
      #expect(text.contains("of mixtures of normals") && text.contains("KS distance"))

      let far = folder.appending(path: "far.csv").path
      try "x,y\n1.5,4.75\n1.5,9\n".write(toFile: far, atomically: true, encoding: .utf8)
      for model in [joint, conditional] {
        let run = CommandRun("score", model, far, "--quantile", "--seed", "3")
        let lines = run.output.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(lines.first == ["logDensity", "quantile"], "\(run.errors)")
        #expect(Double(lines[1][1])! > 0.1 && Double(lines[2][1])! < 0.01)
        #expect(CommandRun("score", model, far, "--quantile", "--seed", "3").output == run.output)
        let plain = CommandRun("score", model, far).output.split(separator: "\n")
        #expect(plain.dropFirst() == lines.dropFirst().map { $0[0] }[...])
      }
      let json = try CommandRun("score", joint, far, "--quantile", "--json").json()
      #expect((json["quantile"] as? [Double])?.count == 2)
      #expect(
        CommandRun("score", "-e", "z in R; x = 2 z in R; z ~ normal(0, 1)", table, "--quantile")
          .status == .usage)
    }
  }
}
