import ArgumentParser
import Densities
import Formats
import Symbolics

/// `diffeo score`: how well a density fits a table.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "The mean log-density of the rows of a table.",
    discussion: """
      Examples:
        diffeo score model.flow data.csv
        diffeo score model.flow --problem P2 data.csv --json
      """)

  @Argument(
    help: "A file with the problem, - for standard input; then the table. With -e only the table.")
  var files: [String]

  @OptionGroup var source: ProblemOptions

  @Flag(help: "The answer as JSON.")
  var json = false

  func run() throws {
    guard let data = files.last, files.count > 1 || !source.texts.isEmpty else {
      throw CommandFailure.usage(
        "a problem and a table are needed", hint: "diffeo score A.flow B.csv")
    }
    let problems = try source.problems(in: Array(files.dropLast()))
    let problem = try source.single(of: problems)
    let score = try Self.score(of: data, under: problem)
    if json { return try Console.print(score.json.page) }
    for line in score.lines { try Console.print(line) }
  }

  private static func score(of path: String, under problem: Problem) throws -> Score {
    let density = try DensityTable.numericDensity(of: problem)
    let reader = try PointReader(path, outputs: problem.outputs)
    let progress = Progress("scoring …")
    defer { progress.finish() }
    var score = Score(problem: problem.name)
    while let columns = try reader.next(maximumRows: DensityTable.batchRows) {
      for value in try density.logDensity(columns) { score.add(value) }
      progress.update("scoring: \(score.rows) rows")
    }
    return score
  }
}

/// Sums of log-densities over rows.
struct Score {
  let problem: String
  private(set) var rows = 0
  /// Rows where the density is 0.
  private(set) var impossibleRows = 0
  /// Rows where the density is not known.
  private(set) var unknownRows = 0
  private var sum = 0.0
  /// What rounding took away from `sum` (Neumaier's summation).
  private var compensation = 0.0

  init(problem: String) { self.problem = problem }

  mutating func add(_ logDensity: Double) {
    rows += 1
    if logDensity == -.infinity { impossibleRows += 1 }
    if logDensity.isNaN { unknownRows += 1 }
    guard logDensity.isFinite else { return }
    let next = sum + logDensity
    compensation +=
      sum.magnitude >= logDensity.magnitude ? (sum - next) + logDensity : (logDensity - next) + sum
    sum = next
  }

  private var finiteRows: Int { rows - impossibleRows - unknownRows }
  /// Over the rows of positive density.
  var meanOfPossible: Double? {
    finiteRows == 0 ? nil : (sum + compensation) / Double(finiteRows)
  }
  /// Over all rows; nil when that is not a finite number.
  var mean: Double? { finiteRows == rows ? meanOfPossible : nil }

  var lines: [String] {
    var table = [["rows", String(rows)]]
    table.append([
      "mean log-density", mean.map { "\($0)" } ?? (unknownRows > 0 ? "unknown" : "-inf"),
    ])
    if finiteRows < rows {
      table.append(["rows of density 0", String(impossibleRows)])
      table.append(["rows of unknown density", String(unknownRows)])
      table.append(["mean over the other rows", meanOfPossible.map { "\($0)" } ?? "-"])
    }
    return TextTable.lines(table)
  }

  var json: JSONValue {
    .object([
      .init("problem", .string(problem)), .init("rows", .integer(rows)),
      .init("meanLogDensity", .optional(mean) { .number($0) }),
      .init("rowsOfDensityZero", .integer(impossibleRows)),
      .init("rowsOfUnknownDensity", .integer(unknownRows)),
      .init("meanOverOtherRows", .optional(meanOfPossible) { .number($0) }),
    ])
  }
}
