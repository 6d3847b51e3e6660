import Foundation
import Tensors
import Testing

@testable import DiffeoCommand

@Suite("diffeo fit with formulas: --flow map.flow and --target")
struct FormulaFitCommandTests {
  /// Numbers 1 to 40, of mean 20.5 and variance (40² - 1)/12, and others.
  private static let table =
    "w,x\n" + (1...40).map { "\($0 * $0),\($0)" }.joined(separator: "\n") + "\n"

  private func withFiles(
    _ text: String, _ body: (_ table: String, _ formula: String, _ model: String) throws -> Void
  ) throws {
    try TestFiles.withFolder { folder in
      let (table, formula) = (folder.appending(path: "t.csv"), folder.appending(path: "map.flow"))
      try Self.table.write(to: table, atomically: true, encoding: .utf8)
      try text.write(to: formula, atomically: true, encoding: .utf8)
      try body(table.path, formula.path, folder.appending(path: "m.safetensors").path)
    }
  }

  private static let normal = "learn m, s > 0\nz in R\nx = m + s z in R\nz ~ normal(0, 1)\n"

  @Test("Parameters are estimated, reported and used")
  func estimates() throws {
    try withFiles(Self.normal) { table, formula, model in
      let fit = ["fit", table, "--flow", formula, "--steps", "20", "--threads", "1", "-o", model]
      let run = CommandRun(fit)
      #expect(run.status == .fine, "\(run.errors)")
      #expect(run.errors.contains("outputs are columns by their names: x = 'x'"))
      #expect(run.output.contains("parameter   estimate"))
      let answer = try CommandRun("describe", model, "--json").json()
      #expect(answer["formula"] as? String == Self.normal)
      #expect(answer["trainingRows"] as? Int == 40)
      let estimates = try #require(answer["estimates"] as? [String: Any])
      let parameters = try #require(estimates["parameters"] as? [[String: Any]])
      let deviation = (1599.0 / 12).squareRoot()
      let expected = [
        (20.5, deviation / 40.0.squareRoot()), (deviation, deviation / 80.0.squareRoot()),
      ]
      for (parameter, (value, error)) in zip(parameters, expected) {
        #expect(((parameter["estimate"] as? Double ?? .nan) - value).magnitude < 1e-7)
        #expect(((parameter["standardError"] as? Double ?? .nan) - error).magnitude < 1e-6)
      }
      #expect(parameters.map { $0["name"] as? String } == ["m", "s"])

      let scores = CommandRun("score", model, table, "--json", "--threads", "1")
      let total = try #require(scores.json()["meanLogDensity"] as? Double) * 40
      #expect((total - (estimates["logLikelihood"] as? Double ?? .nan)).magnitude < 1e-8)
      #expect(CommandRun("sample", model, "-n", "5").output.hasPrefix("x\n"))
      let evaluation = CommandRun("evaluate", model, table, "--threads", "1")
      #expect(evaluation.status == .fine, "\(evaluation.errors)")
    }
  }

  /// Numbers far from 0 with a density on a half-line, where u = F(x) is by quadrature.
  @Test("Calibration and posteriors are in the units of the data")
  func units() throws {
    try withFiles("learn m, s > 0; z in R; x = exp(m + s z) in (0, inf)") { table, formula, model in
      let fit = ["fit", table, "--flow", formula, "--columns", "x", "--steps", "20", "-o", model]
      #expect(CommandRun(fit).status == .fine)
      // F(x) = Φ((log x - m)/s), with m and s of the logarithms.
      let logs = (1...40).map { UnaryFunction.logarithm.value(Double($0)) }
      let mean = logs.reduce(0, +) / 40
      let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40
      let shares = logs.map { UnaryFunction.normalCDF.value(($0 - mean) / variance.squareRoot()) }
      let distances = shares.enumerated().map { index, share in
        max((share - Double(index) / 40).magnitude, (share - Double(index + 1) / 40).magnitude)
      }
      let evaluation = try CommandRun("evaluate", model, table, "--json").json()
      let calibrations = try #require(evaluation["calibration"] as? [[String: Any]])
      let distance = try #require(calibrations[0]["kolmogorovSmirnov"] as? Double)
      #expect((distance - distances.max()!).magnitude < 1e-4)
      let posterior = CommandRun("posterior", model, table, "--column", "x")
      let rows = posterior.output.split(separator: "\n").map { $0.split(separator: ",") }
      let median = try #require(rows[0].firstIndex(of: "median").flatMap { Double(rows[1][$0]) })
      let expected = UnaryFunction.exponential.value(mean)
      #expect((median - expected).magnitude < 1e-3 * expected, "\(median), \(expected)")
      let outside = table + ".csv"
      try Self.table.replacing("\n4,2\n", with: "\n4,-2\n").write(
        toFile: outside, atomically: true, encoding: .utf8)
      let refused = CommandRun(["fit", outside] + fit.dropFirst(2))
      #expect(refused.status == .badData)
      #expect(refused.errors.contains(".csv:3: error: column 'x' is -2.0"), "\(refused.errors)")
    }
  }

  @Test("Columns of other names are taken in order, and have to be as many as outputs")
  func columnOrder() throws {
    let plane = "learn a, b, c > 0, d > 0; z in R^2; y = (a + c z1, b + d z2) in R^2"
    try withFiles(plane) { table, formula, model in
      let fit = ["fit", table, "--flow", formula, "--steps", "5", "-o", model]
      let run = CommandRun(fit)
      #expect(run.errors.contains("by their order: y1 = 'w', y2 = 'x'"), "\(run.errors)")
      let one = CommandRun(fit + ["--columns", "x"])
      #expect(one.status == .badData)
      #expect(one.errors.contains("has 2 outputs, y1, y2, but there are 1 columns to model: x"))
    }
  }

  @Test("What does not go with a formula is said")
  func refusals() throws {
    try withFiles(Self.normal) { table, formula, model in
      for options in [["--search"], ["--members", "2"], ["--given", "w"], ["--positive", "x"]] {
        let run = CommandRun(["fit", table, "--flow", formula, "-o", model] + options)
        #expect(run.status == .usage)
        #expect(run.errors.contains("does not go with a formula"))
      }
    }
    try withFiles("learn a; z in R; x = a z in R") { table, formula, model in
      let run = CommandRun("fit", table, "--flow", formula, "-o", model)
      #expect(run.status == .badData)
      #expect(run.errors.contains("conditional, on the condition a != 0"))
      #expect(!FileManager.default.fileExists(atPath: model))
    }
    try withFiles("x = (") { table, formula, model in
      let run = CommandRun("fit", table, "--flow", formula, "-o", model)
      #expect(run.status == .badData)
      #expect(run.errors.contains("map.flow:1:"))
    }
  }

  @Test("A target is fitted, and its draws are weighted")
  func target() throws {
    try withFiles("z in (0, inf)\nlogdensity = log(z) - z\n") { table, formula, model in
      let fit = ["fit", "--target", formula, "-o", model, "--steps", "300", "--threads", "1"]
      let run = CommandRun(fit)
      #expect(run.status == .fine, "\(run.errors)")
      #expect(run.output.contains("effective sample size"))
      let answer = try CommandRun("describe", model, "--json").json()
      let target = try #require(answer["target"] as? [String: Any])
      // Γ(2) = 1
      let error = try #require(target["logNormalizerError"] as? Double)
      #expect(((target["logNormalizer"] as? Double ?? .nan)).magnitude < 6 * error + 1e-6)
      let samples = CommandRun("sample", model, "-n", "50", "--log-weights")
      let rows = samples.output.split(separator: "\n")
      #expect(rows.first == "z,logWeight")
      for row in rows.dropFirst() {
        let numbers = row.split(separator: ",").compactMap { Double($0) }
        #expect(numbers.count == 2 && numbers[0] > 0 && numbers[1].isFinite)
      }
      #expect(CommandRun(fit + ["--columns", "x"]).status == .usage)
      #expect(CommandRun(fit + [table]).errors.contains("--target takes the table's place"))
      #expect(CommandRun("fit").errors.contains("Missing expected argument '<file>'"))
    }
    try withFiles(Self.normal) { _, formula, model in
      let run = CommandRun("fit", "--target", formula, "-o", model)
      #expect(run.errors.contains("map.flow: error: there is no log-density"))
    }
  }
}
