import Foundation
import Testing

@testable import DiffeoCommand

@Suite("Tables with columns of all kinds")
struct DataKindCommandTests {
  private func fit(_ table: String, _ model: String, _ more: String...) -> CommandRun {
    CommandRun(
      [
        "fit", table, "-o", model, "--flow", "nsf", "--layers", "2", "--steps", "30", "--threads",
        "1",
      ]
        + more)
  }

  /// Words, integers, weights, errors, missing values and a constant.
  private static let mixed: String = {
    let words = ["spiral", "elliptic", "irregular"]
    let rows = (0..<150).map { number -> String in
      let u = Double(number * 37 % 150) / 150
      let age = number % 5 == 0 ? "" : "\(u + Double(number * 53 % 150) / 300)"
      return "\(u),\(number * number % 4),\(words[number % 3]),\(1 + number % 2),0.1,7,\(age)"
    }
    return "u,n,type,w,e,c,age\n" + rows.joined(separator: "\n") + "\n"
  }()

  private func withMixedTable(
    _ body: (_ table: String, _ model: String) throws -> Void
  ) throws {
    try TestFiles.withFolder { folder in
      let table = folder.appending(path: "t.csv")
      try Self.mixed.write(to: table, atomically: true, encoding: .utf8)
      try body(table.path, folder.appending(path: "m.safetensors").path)
    }
  }

  /// Two columns, of numbers and of integers, given words and numbers that may be missing, as may be every seventh u.
  private func withConditionalModel(
    _ body: (_ table: String, _ model: String, _ folder: URL) throws -> Void
  ) throws {
    try TestFiles.withFolder { folder in
      let lines = Self.mixed.split(separator: "\n").enumerated().map { number, line in
        number % 7 == 3 ? String(line.drop { $0 != "," }) : String(line)
      }
      let table = folder.appending(path: "t.csv")
      try (lines.joined(separator: "\n") + "\n").write(to: table, atomically: true, encoding: .utf8)
      let model = folder.appending(path: "m.safetensors").path
      let run = fit(
        table.path, model, "--columns", "u,n", "--given", "type,age", "--missing", "model")
      #expect(run.status == .fine, "\(run.errors)")
      try body(table.path, model, folder)
    }
  }

  @Test("Integers, words and missing values are evaluated, scored and drawn")
  func everyCommandTakesAllKinds() throws {
    try withConditionalModel { table, model, folder in
      let evaluation = try CommandRun("evaluate", model, table, "--json").json()
      #expect(evaluation["densityOf"] as? String == "values; masses of integers")
      #expect(evaluation["normal"] is NSNull && evaluation["mixture"] is NSNull)
      let columns = try #require(evaluation["calibration"] as? [[String: Any]])
      #expect(columns.map { $0["rowsWithoutValue"] as? Int } == [22, 0])
      #expect(columns.map { $0["rows"] as? Int } == [128, 150])
      let scores = try CommandRun("score", model, table, "--quantile", "--samples", "20", "--json")
        .json()
      let quantiles = try #require(scores["quantile"] as? [Any])
      #expect(quantiles.count == 150 && quantiles.count { $0 is NSNull } == 22)
      #expect((scores["logDensity"] as? [Any])?.contains { $0 is NSNull } == false)
      for (name, options) in [
        ("corner.png", ["--data", table]), ("map.svg", ["--density", "--given", "type=spiral"]),
        ("calibration.pdf", ["--data", table, "--calibration"]),
      ] {
        let path = folder.appending(path: name).path
        let run = CommandRun(["plot", model, "-n", "500", "-o", path] + options)
        #expect(run.status == .fine, "\(name): \(run.errors)")
      }
    }
  }

  @Test("Posteriors of integers are integers, with masses that sum to 1")
  func posteriorsOfIntegers() throws {
    try withConditionalModel { table, model, _ in
      let run = CommandRun(
        "posterior", model, table, "--column", "n", "--draws", "20", "--grid", "400", "--json")
      let rows = try #require(try run.json()["rows"] as? [[String: Any]])
      #expect(rows.count == 150)
      for row in rows.prefix(20) {
        for name in ["mode", "q05", "median", "q95", "lower90", "upper90"] {
          let value = try #require(row[name] as? Double)
          #expect(value == value.rounded())
        }
        let grid = try #require(row["grid"] as? [[Double]])
        #expect(grid.allSatisfy { $0[0] == $0[0].rounded() })
        // Between the quantiles of 0.0005 and 0.9995, both included.
        #expect((grid.reduce(0) { $0 + $1[1] } - 1).magnitude < 2e-3)
      }
    }
  }

  @Test("Columns of all kinds are surveyed, learned and asked for")
  func kinds() throws {
    try withMixedTable { table, model in
      let run = fit(
        table, model, "--given", "type,age", "--error", "u=e", "--weights", "w", "--missing",
        "model", "--json")
      #expect(run.status == .fine, "\(run.errors)")
      #expect(run.errors.contains("note: column 'c' is 7 in all rows"))
      let answer = try run.json()
      let data = try #require(answer["data"] as? [String: Any])
      let columns = try #require(data["columns"] as? [[String: Any]])
      #expect(columns.map { $0["name"] as? String } == ["u", "n", "c", "type", "age"])
      let kinds = columns.map { $0["kind"] as? String }
      #expect(
        kinds == [
          "continuous, not negative", "integers, not negative", "constant", "words",
          "continuous, positive",
        ])
      #expect(columns.map { $0["missing"] as? Int } == [0, 0, 0, 0, 30])
      #expect(answer["weights"] as? String == "w")
      let text = CommandRun("describe", model).output
      #expect(text.contains("spiral, elliptic, irregular") && text.contains("may be missing"))

      let samples = CommandRun("sample", model, "--given", "type=spiral", "-n", "30")
      #expect(samples.status == .fine, "\(samples.errors)")
      let numbers = samples.output.split(separator: "\n").dropFirst().map {
        String($0.split(separator: ",")[1])
      }
      #expect(numbers.count == 30 && numbers.allSatisfy { Int($0) != nil })
      let other = CommandRun("sample", model, "--given", "type=spirel", "-n", "3")
      #expect(other.status == .usage && other.errors.contains("did you mean 'spiral'?"))
      #expect(
        CommandRun("sample", model, "--given", "age=1", "-n", "3").errors.contains("lacks type"))
      let each = CommandRun("sample", model, "--given-data", table, "-n", "1")
      #expect(each.output.split(separator: "\n").count == 151)
      let scores = CommandRun("score", model, table, "--threads", "1")
      #expect(scores.output.split(separator: "\n").count == 151, "\(scores.errors)")
      let weighted = try CommandRun("evaluate", model, table, "--weights", "w", "--json").json()
      let plain = try CommandRun("evaluate", model, table, "--json").json()
      #expect(weighted["meanLogDensity"] as? Double != plain["meanLogDensity"] as? Double)
    }
  }

  @Test("Values that do not fit are named with their line")
  func places() throws {
    try withMixedTable { table, model in
      let missing = fit(table, model, "--given", "type")
      #expect(missing.status == .badData)
      #expect(missing.errors.contains("t.csv:2: error: missing values: 30 in 'age'"))
      #expect(missing.errors.contains("--missing drop"))
      let words = fit(table, model)
      #expect(
        words.errors.contains("t.csv:2:7: error: 'spiral', expected a number in column 'type'"))
      #expect(words.errors.contains("--given"))
      let dropped = fit(table, model, "--given", "type", "--missing", "drop")
      #expect(dropped.status == .fine)
      #expect(dropped.errors.contains("30 rows with missing values were dropped, 120 are left"))
      let strict = CommandRun("score", model, table)
      #expect(strict.status == .badData)
      #expect(strict.errors.contains("t.csv:2: error: column 'age' has 30 missing values"))
      let modelled = fit(table, model, "--given", "type", "--missing", "model")
      #expect(modelled.status == .fine, "\(modelled.errors)")
      let marginal = CommandRun("score", model, table)
      #expect(
        marginal.output.split(separator: "\n").dropFirst().compactMap { Double($0) }.count == 150)
      let constant = fit(table, model, "--columns", "c")
      #expect(constant.errors.contains("'c' is 7.0 in all rows"))
      let outside = fit(table, model, "--columns", "u", "--bounds", "u=0.5:2")
      #expect(outside.errors.contains("t.csv:2: error: column 'u' is 0.0 in line 2"))
      #expect(fit(table, model, "--columns", "u", "--error", "n=e").errors.contains("not modelled"))
      #expect(fit(table, model, "--columns", "u", "--error", "u").status == .usage)
      #expect(fit(table, model, "--mask-share", "0.5").status == .usage)

      #expect(fit(table, model, "--columns", "u", "--given", "type").status == .fine)
      let unknown = Self.mixed.replacingOccurrences(of: "irregular", with: "ring")
      try unknown.write(toFile: table, atomically: true, encoding: .utf8)
      let score = CommandRun("score", model, table)
      #expect(score.status == .badData)
      #expect(score.errors.contains("t.csv:4:"))
      #expect(score.errors.contains("'ring', expected one of 'spiral', 'elliptic', 'irregular'"))
    }
  }
}
