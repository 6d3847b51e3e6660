import Foundation
import Testing

@testable import DiffeoCommand

@Suite("diffeo density, sample, score and compose")
struct DensityCommandTests {
  private func points(_ arguments: String...) throws -> [[String: Any]] {
    let run = CommandRun(["density", "--json"] + arguments)
    #expect(run.status == .fine, "\(run.errors)")
    return try #require(try run.json()["points"] as? [[String: Any]])
  }

  @Test("Points may begin with a minus sign in either way of writing")
  func negativePoints() throws {
    let apart = try points(TestFiles.sheet(4), "--at", "-1,2,1")
    let joined = try points(TestFiles.sheet(4), "--at=-1,2,1")
    let bracketed = try points(TestFiles.sheet(4), "--at", "(-1, 2, 1)")
    for answer in [apart, joined, bracketed] {
      #expect(answer.count == 1)
      #expect(answer[0]["x"] as? [String] == ["-1", "2", "1"])
      #expect(answer[0]["exact"] as? String == "0")
      #expect(answer[0]["density"] as? Double == 0)
      #expect(answer[0]["logDensity"] is NSNull)
    }
  }

  @Test("The points of the problem itself are answered, exactly and as numbers")
  func ownPoints() throws {
    let answers = try points(TestFiles.sheet(4))
    #expect(answers.map { $0["exact"] as? String } == ["1/24", "3/32", "0"])
    #expect(answers.map { $0["density"] as? Double } == [1.0 / 24, 0.09375, 0])
    #expect(answers[0]["preimages"] as? [[String]] == [["0", "1", "1/27"]])
    let fields = ["problem", "x", "preimages", "exact", "density", "logDensity", "remark"]
    #expect(Set(answers[0].keys) == Set(fields))
  }

  @Test("A parameter that is set may stand in a point")
  func pointsWithSetParameters() throws {
    let answer = try points(TestFiles.sheet(5), "--set", "K=7", "--at", "K/2")[0]
    #expect(answer["x"] as? [String] == ["7/2"])
    #expect(answer["exact"] as? String == "1/(7*sqrt(2*pi))")
  }

  @Test("A critical value has no density, and says so")
  func criticalValue() throws {
    let answer = try points(TestFiles.sheet(2), "--at", "0,1")[0]
    #expect(answer["density"] is NSNull)
    #expect((answer["remark"] as? String)?.contains("critical value") == true)
  }

  @Test(
    "Points that do not fit are refused",
    arguments: [("1,2", 64), ("1,2,zz", 65), ("1,2,", 65), ("1,2,1/0", 65)])
  func badPoints(point: String, code: Int32) {
    let run = CommandRun("density", TestFiles.sheet(4), "--at", point)
    #expect(run.status.rawValue == code, "\(run.errors)")
    #expect(run.errors.contains("error: "))
  }

  @Test("As many digits as asked for")
  func digits() {
    let text = "z in R; x = exp(z) in (0, inf); z ~ normal(0, 1)"
    let run = CommandRun("density", "-e", text, "--at", "1", "--digits", "30")
    // 1/sqrt(2 pi)
    #expect(run.output.contains("0.398942280401432677939946059934"))
  }

  private static let logNormal = "z in R; x = exp(z) in (0, inf); z ~ normal(0, 1)"

  @Test("The rows of a table get their densities")
  func table() throws {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      try "x\n1\n2.5\n-1\n".write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun("density", "-e", Self.logNormal, "--data", file.path)
      #expect(run.status == .fine, "\(run.errors)")
      let lines = run.output.split(separator: "\n").map(String.init)
      #expect(lines[0] == "x,density")
      let values = lines.dropFirst().map { Double($0.split(separator: ",")[1])! }
      for (x, value) in zip([1, 2.5], values) {
        let expected = exp(-log(x) * log(x) / 2) / (x * (2 * Double.pi).squareRoot())
        #expect(abs(value - expected) <= 8 * expected.ulp)
      }
      #expect(values[2] == 0)

      let score = CommandRun("score", "-e", Self.logNormal, file.path, "--json")
      let answer = try score.json()
      #expect(answer["rows"] as? Int == 3)
      #expect(answer["rowsOfDensityZero"] as? Int == 1)
      #expect(answer["meanLogDensity"] is NSNull)
      let mean = try #require(answer["meanOverOtherRows"] as? Double)
      #expect(abs(mean - (log(values[0]) + log(values[1])) / 2) < 1e-14)
    }
  }

  /// The density of `text` at the values of x, as a table.
  private func table(_ text: String, at x: [String], _ options: String...) throws -> CommandRun {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      let rows = (["x"] + x).joined(separator: "\n") + "\n"
      try rows.write(to: file, atomically: true, encoding: .utf8)
      return CommandRun(["density", "-e", text, "--data", file.path] + options)
    }
  }

  @Test("The rows of a table come with their preimages in JSON")
  func preimagesOfRows() throws {
    let folded = "z in R; x = z^2 in R; z ~ normal(0, 1)"
    let run = try table(folded, at: ["6.25", "-1"], "--json")
    #expect(run.status == .fine, "\(run.errors)")
    let answers = try #require(try run.json()["points"] as? [[String: Any]])
    let points = try #require(answers[0]["preimages"] as? [[String]])
    #expect(Set(points.map { Double($0[0])! }) == [2.5, -2.5])
    #expect(answers[1]["preimages"] as? [[String]] == [])
    // An inverse that is computed numerically.
    let implicit = "z in R; x = z + exp(z) in R; z ~ normal(0, 1)"
    let numeric = try table(implicit, at: ["\(2 + exp(2.0))"], "--json").json()
    let answer = try #require((numeric["points"] as? [[String: Any]])?.first)
    let found = try #require((answer["preimages"] as? [[String]])?.first)
    #expect(abs(Double(found[0])! - 2) <= 4 * (2.0).ulp)
  }

  @Test("--digits holds for the rows of a table")
  func digitsOfRows() throws {
    // 1/sqrt(2 pi) = 0.39894228…
    #expect(try table(Self.logNormal, at: ["1"], "--digits", "3").output == "x,density\n1,0.399\n")
    let run = try table(Self.logNormal, at: ["1"], "--digits", "3", "--json")
    let answer = try #require((try run.json()["points"] as? [[String: Any]])?.first)
    #expect(answer["density"] as? Double == 0.399)
    #expect(answer["logDensity"] as? Double == -0.919)
  }

  @Test("Numbers without a closed form have six digits unless more are asked for")
  func defaultDigits() {
    let source = [TestFiles.sheet(5), "--set", "K=2", "--at", "2/3"]
    let few = CommandRun(["density"] + source)
    #expect(few.output.contains("0.557407") && !few.output.contains("0.5574067"))
    let more = CommandRun(["density"] + source + ["--digits", "12"])
    #expect(more.output.contains("0.557406702431"))
  }

  @Test("A parameter that nothing mentions needs no value")
  func unusedParameters() throws {
    let unused = try table("param b; " + Self.logNormal, at: ["1"])
    #expect(unused.status == .fine, "\(unused.errors)")
    let used = try table("param b; z in R; x = z + b in R; z ~ normal(0, 1)", at: ["1"])
    #expect(used.status != .fine && used.errors.contains("b"))
  }

  @Test("The number of threads changes no byte", arguments: [1, 2, 5])
  func threads(count: Int) throws {
    let options = ["--threads", "\(count)", "--no-pin"]
    let source = [TestFiles.sheet(5), "--set", "K=3"]
    let drawn = CommandRun(["sample", "-n", "5000", "--seed", "2"] + source + options)
    #expect(drawn.status == .fine, "\(drawn.errors)")
    #expect(
      drawn.output
        == CommandRun(["sample", "-n", "5000", "--seed", "2", "--no-pin"] + source).output)
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      try drawn.output.write(to: file, atomically: true, encoding: .utf8)
      for command in [
        ["score"] + source + [file.path], ["density"] + source + ["--data", file.path],
      ] {
        let plain = CommandRun(command + ["--no-pin"])
        let shared = CommandRun(command + options)
        #expect(plain.status == .fine && shared.status == .fine, "\(shared.errors)")
        #expect(shared.output == plain.output && shared.output.count > 50_000)
      }
    }
  }

  @Test("A number of threads that is none is refused", arguments: ["0", "-1", "2000", "many"])
  func badThreads(count: String) {
    let run = CommandRun("sample", TestFiles.sheet(4), "-n", "1", "--threads=\(count)")
    #expect(run.status.rawValue == 64, "\(run.errors)")
  }

  @Test("score gives every row its log-density, in order, and the file of -o nothing else")
  func scores() throws {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      try "x\n1\n-1\n".write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun("score", "-e", Self.logNormal, file.path)
      #expect(run.output == "logDensity\n-0.9189385332046728\n-inf\n")
      #expect(run.errors.contains("rows of density 0"))
      let output = folder.appending(path: "scores.csv")
      #expect(CommandRun("score", "-e", Self.logNormal, file.path, "-o", output.path).output == "")
      #expect(try String(contentsOf: output, encoding: .utf8) == run.output)
      let values = try CommandRun("score", "-e", Self.logNormal, file.path, "--json").json()
      #expect((values["logDensity"] as? [Any])?.count == 2)
    }
  }

  @Test("Points may contain the problem's parameters")
  func parametersInPoints() throws {
    let point = try #require(try points(TestFiles.sheet(5), "--at", "K/2").first)
    #expect(point["x"] as? [String] == ["K/2"])
    #expect(CommandRun("density", TestFiles.sheet(5), "--at", "L/2").status == .badData)
  }

  @Test("A table without rows has no mean, and what is no number is no sample")
  func nothingToAverage() throws {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      try "x\n".write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun("score", "-e", Self.logNormal, file.path)
      #expect(run.status == .fine)
      #expect(run.errors.contains("mean log-density   none"))
    }
    let steep = "z in R; x = exp(1000 z) in R; z ~ normal(0, 1)"
    let sample = CommandRun("sample", "-n", "3", "-e", steep)
    #expect(sample.status == .badData)
    #expect(sample.errors.contains("too large for a number"))
    let outside = "z in (0, 1); x = z in (0, 1); z ~ normal(0, 1)"
    for run in [
      CommandRun("sample", "-n", "3", "-e", outside),
      CommandRun("density", "-e", outside, "--at", "1/2"),
    ] {
      #expect(run.status == .badData)
      #expect(run.errors.contains("mass outside of the domain (0, 1)"))
    }
  }

  @Test("A table of another width is bad data")
  func badTable() throws {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      try "a,b\n1,2\n".write(to: file, atomically: true, encoding: .utf8)
      #expect(CommandRun("score", "-e", Self.logNormal, file.path).status == .badData)
      try "x\n1\nn/a\n".write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun("score", "-e", Self.logNormal, file.path)
      #expect(run.status == .badData)
      #expect(run.errors.hasPrefix("\(file.path):3:"))
    }
  }

  @Test("The same seed gives the same rows, and a prefix of more rows")
  func samples() {
    let arguments = ["sample", "-e", Self.logNormal, "--seed", "5", "-n"]
    let few = CommandRun(arguments + ["10"])
    let more = CommandRun(arguments + ["20"])
    #expect(few.status == .fine, "\(few.errors)")
    #expect(few.output.split(separator: "\n").count == 11)
    #expect(more.output.hasPrefix(few.output))
    let other = CommandRun("sample", "-e", Self.logNormal, "--seed", "6", "-n", "10")
    #expect(other.output != few.output)
  }

  @Test("A file is replaced only when the sample is complete")
  func atomicOutput() throws {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "out.csv")
      try "old".write(to: file, atomically: true, encoding: .utf8)
      let bad = "z in R; x = log(z) in R; z ~ normal(0, 1)"
      let failed = CommandRun("sample", "-e", bad, "-n", "100", "-o", file.path)
      #expect(failed.status == .badData)
      #expect(try String(contentsOf: file, encoding: .utf8) == "old")
      let run = CommandRun("sample", "-e", Self.logNormal, "-n", "3", "-o", file.path)
      #expect(run.status == .fine)
      #expect(try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count == 4)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.csv"])
    }
  }

  @Test("A stack of two files is the second map after the first")
  func composition() throws {
    try TestFiles.withFolder { folder in
      let first = folder.appending(path: "shift.flow")
      let second = folder.appending(path: "scale.flow")
      try "z in R\nx = z + 1 in R\n".write(to: first, atomically: true, encoding: .utf8)
      try "z in R\nx = 3 z in R\n".write(to: second, atomically: true, encoding: .utf8)
      let run = CommandRun("compose", first.path, second.path, "--json")
      #expect(run.status == .fine, "\(run.errors)")
      let problems = try #require(try run.json()["problems"] as? [[String: Any]])
      #expect(problems[0]["verdict"] as? String == "bijective")
      let inverse = try #require(problems[0]["inverse"] as? [String])
      #expect(["x/3-1", "x/3 - 1", "-1+x/3"].contains(inverse[0]), "\(inverse)")
      let other = CommandRun("compose", second.path, first.path, "--json")
      #expect(try other.json()["problems"] as? [[String: Any]] != nil)
      let texts = CommandRun(
        "compose", "-e", "z in R; x = z + 1 in R", "-e", "z in R; x = 3 z in R", "--json")
      let same = try #require(try texts.json()["problems"] as? [[String: Any]])
      #expect(same[0]["inverse"] as? [String] == inverse)
    }
  }

  @Test("A table with another delimiter than the stated one is told so")
  func delimiters() throws {
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "points.csv")
      try "a;b\n1;2\n".write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun(
        "density", "-e", "z in R^2; x = 2 z in R^2; z ~ normal(0, I)", "--data", file.path,
        "--delimiter", ",")
      #expect(run.status == .badData && run.errors.contains("separated by semicolons"))
    }
  }
}
