import ArgumentParser
import Densities
import Formats
import Learning
import Symbolics

/// `diffeo score`: the log-density of every row of a table.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "The log-density of every row of a table, as CSV.",
    discussion: """
      The table is CSV, also packed by gzip, or NumPy's .npy or .npz; - is
      standard input. The rows' log-densities go to standard output, or to the
      file of -o, in the order of the table; their mean goes to standard error.
      A row of density 0 has -inf, one whose density is not known nan; in JSON
      both are null. A model of fit --missing model gives the density of what is
      there in a row, from 256 draws of what is not: such numbers have some noise.

      With --quantile each row also gets the share of the model's own samples
      that are less likely than it is: near 0 for anomalies, evenly spread over 0
      to 1 for rows of the model. For a conditional model the samples are given
      what the row has. A row that lacks a value gets nan.

      Examples:
        diffeo score problem.flow data.csv > scores.csv
        diffeo score sheet.flow --problem P2 data.csv -o scores.csv
        diffeo score galaxies.flow.safetensors data.csv --json
        diffeo score galaxies.flow.safetensors data.csv --quantile -o scores.csv

      Exit codes: 0 fine; otherwise an error, as diffeo --help lists them.
      """)

  @Argument(
    help: """
      A file with the problem, - for standard input, or a model of fit; then the table. With -e only \
      the table.
      """)
  var files: [String]

  @OptionGroup var source: ProblemOptions

  @OptionGroup(title: "Tables") var tables: TableOptions
  @OptionGroup(title: "Learned models") var quantile: QuantileOptions

  @Flag(
    help: """
      Compute with a learned model in single precision, as all other commands do: nearly twice as fast, and in sharp \
      densities off by up to some 0.0003 nats.
      """)
  var float = false

  @OptionGroup var threads: ThreadOptions

  @Option(name: .short, help: ArgumentHelp("Write to this file.", valueName: "csv"))
  var output: String?

  @Flag(help: "The answer as JSON.")
  var json = false

  func validate() throws {
    if json, output != nil { throw ValidationError("--json writes to standard output.") }
  }

  func run() throws {
    try OutputCheck.check([("-o", output)], against: files)
    let scorer = try rowScorer()
    if json {
      var columns = scorer.columnNames.map { _ in [JSONValue]() }
      let score = try Self.score(scorer) { batch in
        for (index, values) in batch.enumerated() {
          columns[index] += values.map { .number($0) }
        }
      }
      let fields = zip(scorer.columnNames, columns).map { JSONValue.Field($0, .array($1)) }
      return try Console.print(score.json(fields).page)
    }
    let score = try write(scorer)
    for line in score.lines { Console.current.errorOutput(line + "\n") }
  }

  /// What the rows are scored by: a learned model, or a problem.
  private func rowScorer() throws -> any RowScorer {
    guard let data = files.last, files.count > 1 || !source.texts.isEmpty else {
      throw CommandFailure.usage(
        "a problem or a model, and a table are needed", hint: "diffeo score A.flow B.csv")
    }
    if files.count == 2, let model = try ModelArgument(files[0], inDouble: !float) {
      if let samples = quantile.samples(of: model) {
        return try ModelRanker(
          model, data: reader(for: model, data), samples: samples, seed: quantile.seed,
          Workers(threads))
      }
      return ModelScorer(model, data: try reader(for: model, data), Workers(threads))
    }
    guard !quantile.quantile, !float else {
      throw CommandFailure.usage(
        "--\(float ? "float" : "quantile") is for models that fit has written")
    }
    let problems = try source.problems(in: Array(files.dropLast()))
    return try ProblemScorer(
      source.single(of: problems), data: tables.reader(data), Workers(threads))
  }

  private func reader(for model: ModelArgument, _ data: String) throws(FormatError) -> TableReader {
    try tables.reader(data, model.learned.tableOptions)
  }

  private func write(_ scorer: any RowScorer) throws -> Score {
    guard let output else { return try Self.write(scorer, to: ConsoleSink()) }
    return try Interruption.deferred {
      let file = try AtomicFile(path: output)
      let score = try Self.write(scorer, to: file)
      try file.commit()
      return score
    }
  }

  private static func write(_ scorer: any RowScorer, to sink: any ByteSink) throws -> Score {
    let writer = try CSVWriter(to: sink, columnNames: scorer.columnNames)
    let score = try score(scorer) { try writer.write(columns: $0) }
    try writer.finish()
    return score
  }

  private static func score(
    _ scorer: any RowScorer, _ visit: ([[Double]]) throws -> Void
  ) throws -> Score {
    let progress = Progress("scoring …")
    defer { progress.finish() }
    var score = Score(problem: scorer.name)
    while let columns = try scorer.next() {
      try Interruption.check()
      for value in columns[0] { score.add(value) }
      try visit(columns)
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
  /// Over all rows; nil when there is none, or when that is not a finite number.
  var mean: Double? { finiteRows == rows ? meanOfPossible : nil }

  private var meanText: String {
    if let mean { return "\(mean)" }
    return rows == 0 ? "none" : unknownRows > 0 ? "unknown" : "-inf"
  }

  var lines: [String] {
    var table = [["rows", String(rows)]]
    table.append(["mean log-density", meanText])
    if finiteRows < rows {
      table.append(["rows of density 0", String(impossibleRows)])
      table.append(["rows of unknown density", String(unknownRows)])
      table.append(["mean over the other rows", meanOfPossible.map { "\($0)" } ?? "-"])
    }
    return TextTable.lines(table)
  }

  func json(_ columns: [JSONValue.Field]) -> JSONValue {
    .object(
      [
        .init("problem", .string(problem)), .init("rows", .integer(rows)),
        .init("meanLogDensity", .optional(mean) { .number($0) }),
        .init("rowsOfDensityZero", .integer(impossibleRows)),
        .init("rowsOfUnknownDensity", .integer(unknownRows)),
        .init("meanOverOtherRows", .optional(meanOfPossible) { .number($0) }),
      ] + columns)
  }
}
