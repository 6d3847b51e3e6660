import Foundation
import Formats
import Learning
import Tensors
import Testing

@testable import DiffeoCommand

@Suite("diffeo fit, evaluate and describe; score and sample with models")
struct FitCommandTests {
  /// x from 1 to 2, y about 3x, three rows of which no two are alike.
  private static let table: String = {
    let rows = (0..<120).map { number -> String in
      let x = 1 + Double(number * 37 % 120) / 120
      return "\(x),\(3 * x + Double(number * 53 % 120) / 240)"
    }
    return "x,y\n" + rows.joined(separator: "\n") + "\n"
  }()

  private static let quick = ["--flow", "nsf", "--layers", "2", "--steps", "30", "--threads", "1"]

  private func withTable(_ body: (_ table: String, _ model: String) throws -> Void) throws {
    try TestFiles.withFolder { folder in
      let table = folder.appending(path: "t.csv")
      try Self.table.write(to: table, atomically: true, encoding: .utf8)
      try body(table.path, folder.appending(path: "m.safetensors").path)
    }
  }

  private func fit(_ table: String, _ model: String, _ more: String...) -> CommandRun {
    CommandRun(["fit", table, "-o", model] + Self.quick + more)
  }

  @Test("A model is fitted, described, evaluated, scored and sampled")
  func joint() throws {
    try withTable { table, model in
      let run = fit(table, model, "--bounds", "x=0:3", "--json")
      #expect(run.status == .fine, "\(run.errors)")
      let answer = try run.json()
      #expect(answer["trainingRows"] as? Int == 108)
      #expect(answer["validationRows"] as? Int == 12)
      let description = try CommandRun("describe", model, "--json").json()
      #expect(description["parameters"] as? Int == answer["parameters"] as? Int)
      let columns = try #require(description["columns"] as? [[String: Any]])
      #expect(columns.map { $0["map"] as? String } == ["log((x)/(3 - x))", "x"])

      let scores = CommandRun("score", model, table, "--threads", "1", "--float")
      #expect(scores.status == .fine, "\(scores.errors)")
      let logs = scores.output.split(separator: "\n").dropFirst().compactMap { Double($0) }
      #expect(logs.count == 120)
      let evaluation = try CommandRun("evaluate", model, table, "--threads", "1", "--json").json()
      let mean = logs.reduce(0, +) / 120
      #expect(((evaluation["meanLogDensity"] as? Double ?? .nan) - mean).magnitude < 1e-9)
      try expectDoublePrecision(table, model)

      let samples = CommandRun("sample", model, "-n", "50", "--seed", "3")
      let rows = samples.output.split(separator: "\n")
      #expect(rows.first == "x,y")
      #expect(rows.count == 51)
      let x = rows.dropFirst().compactMap { Double($0.split(separator: ",")[0]) }
      #expect(x.allSatisfy { 0 < $0 && $0 < 3 })
      let fewer = CommandRun("sample", model, "-n", "20", "--seed", "3")
      #expect(samples.output.hasPrefix(fewer.output))
    }
  }

  /// `score` computes in `Double`, whatever the model was learned in.
  private func expectDoublePrecision(_ table: String, _ model: String) throws {
    let learned = try LearnedDistribution(contentsOf: model)
    let rows = try TableReader(path: table, options: learned.tableOptions).readAll()
    let exact = try learned.computing(in: .double).logDensity(of: rows)
    let scores = CommandRun("score", model, table, "--threads", "1").output
      .split(separator: "\n").dropFirst().compactMap { Double($0) }
    #expect(scores.count == exact.count)
    for (score, log) in zip(scores, exact) { #expect((score - log).magnitude < 1e-12) }
    #expect(try scores != learned.logDensity(of: rows))
  }

  @Test("A conditional model is asked with what is given")
  func conditional() throws {
    try withTable { table, model in
      #expect(fit(table, model, "--given", "x").status == .fine)
      let samples = CommandRun("sample", model, "--given", "x=1.5", "-n", "5")
      #expect(samples.status == .fine, "\(samples.errors)")
      #expect(samples.output.split(separator: "\n").count == 6)
      let each = CommandRun("sample", model, "--given-data", table, "-n", "2")
      #expect(each.output.split(separator: "\n").count == 241)
      // Memory does not grow with the number of samples: the disk is full before that.
      let many = CommandRun(
        "sample", model, "--given", "x=1.5", "-n", "1000000000000", "-o", "/dev/full")
      #expect(many.status == .inputOutput, "\(many.errors)")
      let far = try TestFiles.withFolder { folder in
        let path = folder.appending(path: "far.csv").path
        try "x\n1.5\n1e300\n".write(toFile: path, atomically: true, encoding: .utf8)
        return CommandRun("sample", model, "--given-data", path, "-n", "2")
      }
      #expect(
        far.errors.contains("far.csv:3: error: column 'x' is 1e+300 in line 3"), "\(far.errors)")
      let nothing = CommandRun("sample", model, "-n", "5")
      #expect(nothing.status == .usage)
      #expect(nothing.errors.contains("is a density given x"))
      let wrong = CommandRun("sample", model, "--given", "z=1", "-n", "5")
      #expect(wrong.errors.contains("needed: x=…"))
    }
  }

  @Test("Tables come as arrays too, and samples go to one")
  func arrays() throws {
    try withTable { table, model in
      #expect(fit(table, model).status == .fine)
      let array = table + ".npy"
      let sampling = CommandRun("sample", model, "-n", "40", "--seed", "3", "-o", array)
      #expect(sampling.status == .fine, "\(sampling.errors)")
      let bytes = try Data(contentsOf: URL(filePath: array))
      #expect(bytes.prefix(6) == Data([0x93] + "NUMPY".utf8))
      let text = table + ".samples.csv"
      #expect(CommandRun("sample", model, "-n", "40", "--seed", "3", "-o", text).status == .fine)
      let scores = [array, text].map { CommandRun("score", model, $0, "--threads", "1").output }
      #expect(scores[0] == scores[1])
      #expect(scores[0].split(separator: "\n").count == 41)
    }
  }

  @Test("What goes wrong is said, and files stay as they were")
  func misuse() throws {
    try withTable { table, model in
      #expect(fit(table, model, "--columns", "xx").errors.contains("did you mean 'x'?"))
      #expect(fit(table, model, "--bounds", "x=2").errors.contains("is no interval"))
      #expect(
        fit(table, model, "--bounds", "x=1:2").errors.contains(
          "t.csv:2: error: column 'x' is 1.0 in line 2"))
      #expect(fit(table, model, "--time-budget", "soon").status == .usage)
      let flow = CommandRun("fit", table, "--flow", "glo")
      #expect(flow.errors.contains("there is no flow 'glo'"))
      #expect(flow.errors.contains("did you mean 'glow'?"))
      let large = CommandRun("fit", table, "--layers", "1000", "--hidden", "10000")
      #expect(large.errors.contains("more parameters than memory could hold"))
      #expect(CommandRun("fit", table + "x").status == .missingFile)
      #expect(CommandRun("fit", table, "-o", model + "/none/m").status == .inputOutput)
      #expect(!FileManager.default.fileExists(atPath: model))
      #expect(fit(table, model).status == .fine)
      var bytes = try Data(contentsOf: URL(filePath: model))
      bytes[bytes.count - 3] ^= 4
      try bytes.write(to: URL(filePath: model))
      let damaged = CommandRun("score", model, table)
      #expect(damaged.status == .badData)
      #expect(damaged.errors.contains("checksum"))
      #expect(CommandRun("describe", table).status == .badData)
    }
  }

  @Test("An ensemble has a model file like any other")
  func ensemble() throws {
    try withTable { table, model in
      let run = fit(table, model, "--members", "3", "--log", model + ".jsonl")
      #expect(run.status == .fine, "\(run.errors)")
      #expect(run.output.contains("mean of 3: nsf, 2 layers"))
      let description = try CommandRun("describe", model, "--json").json()
      #expect(description["members"] as? Int == 3)
      #expect(CommandRun("score", model, table).status == .fine)
      #expect(CommandRun("sample", model, "-n", "5").output.split(separator: "\n").count == 6)
      let log = try String(contentsOfFile: model + ".jsonl", encoding: .utf8)
      let members = try log.split(separator: "\n").map { line in
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      }.map { $0?["member"] as? Int }
      #expect(Set(members) == [1, 2, 3])
    }
  }

  @Test("A search says what it tried and what it chose")
  func search() throws {
    try withTable { table, model in
      let run = CommandRun([
        "fit", table, "-o", model, "--search", "--steps", "200", "--hidden", "8", "--threads", "1",
        "--log", model + ".jsonl",
      ])
      #expect(run.status == .fine, "\(run.errors)")
      let lines = run.output.split(separator: "\n")
      let start = try #require(lines.firstIndex { $0.hasPrefix("flow tried") })
      // All eight candidates: they differ in more than widths.
      #expect(lines.count - start - 1 == 8)
      #expect(lines[start...].count { $0.contains("chosen") } == 1)
      let description = try CommandRun("describe", model, "--json").json()
      let trials = try #require(description["search"] as? [[String: Any]])
      #expect(trials.count == 14)
      #expect(
        try String(contentsOfFile: model + ".jsonl", encoding: .utf8).contains(#""trial":14"#))
      let given = CommandRun([
        "fit", table, "--search", "--flow", "nsf", "--layers", "2", "--hidden", "8", "--bins", "4",
      ])
      #expect(given.errors.contains("--search has nothing to try"))
      let none = CommandRun(["fit", table, "-o", model, "--search", "--validation", "0"])
      #expect(none.status == .badData)
      #expect(none.errors.contains("a search needs validation rows"))
    }
  }

  @Test("A flow is described in a file")
  func description() throws {
    try withTable { table, model in
      let file = model + ".json"
      func fit(_ text: String) throws -> CommandRun {
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return CommandRun([
          "fit", table, "-o", model, "--flow", file, "--bins", "5", "--steps", "20", "--json",
        ])
      }
      let answer = try fit(#"{"kind": "naf", "layers": 1, "hidden": [9, 7]}"#).json()
      #expect(answer["flow"] as? String == "naf")
      #expect(answer["hidden"] as? [Int] == [9, 7])
      #expect(answer["bins"] as? Int == 5)
      let wrong = try fit(#"{"kind": "naf", "layer": 1}"#)
      #expect(wrong.status == .badData)
      #expect(wrong.errors.contains("m.safetensors.json: error: the field 'layer'"))
      #expect(CommandRun("fit", table, "--flow", "none.json").status == .missingFile)
    }
  }

  @Test("A line of progress says pass, densities, rate and time, and fits a terminal")
  func line() {
    var state = FitProgress(plannedSteps: 4000)
    state.step = 1000
    state.passes = 123.44
    state.training = -4.21249
    state.validation = -4.1
    state.rate = 0.0041999
    state.seconds = 20.5
    #expect(
      FitLine(state).text
        == "██░░░░░░░░ epoch 123.4  train -4.212  validation -4.100  rate 4.2e-03  62 s left")
    state.stage = .member(2, of: 10)
    state.rate = 1e-10
    let text = FitLine(state).text
    #expect(text.hasPrefix("2/10 ██░"))
    // A quarter of this one took 20.5 s; so much is left of it, and eight more come.
    #expect(text.hasSuffix("rate 1.0e-10  12 min left"))
    state.stage = .trial(3, of: 14)
    #expect(FitLine(state).text.hasPrefix("trial 3/14 ██░"))
    #expect(FitLine(state).text.hasSuffix("rate 1.0e-10"))
    state.stage = .member(1, of: 1)
    state.step = 0
    state.seconds = 0
    #expect(FitLine(state).text.hasSuffix("  0 s left"))
  }
}
