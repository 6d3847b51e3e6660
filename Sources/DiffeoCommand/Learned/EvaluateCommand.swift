import ArgumentParser
import Formats
import Learning
import Tensors

/// `diffeo evaluate`: how well a model does on rows that it has not seen.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "The mean log-density of held-out rows under a model.",
    discussion: """
      The mean is in nats, in the units of the data, with its standard error; beside it
      stands that of a normal distribution fitted to the same held-out rows, the best
      one there is for them.

      Example:
        diffeo evaluate galaxies.flow.safetensors held-out.csv
      """)

  @Argument(help: "A model that fit has written.")
  var model: String

  @Argument(help: "The rows, as CSV; - is standard input.")
  var data: String

  @OptionGroup var threads: ThreadOptions

  @Flag(help: "The answer as JSON.")
  var json = false

  func run() throws {
    let learned = try LearnedDistribution(contentsOf: model)
    let table = try CSVReader(path: data).readAll()
    let evaluation = try failing(of: data) {
      try Evaluation(of: learned, on: table, pool: Workers(threads).all)
    }
    if json { return try Console.print(Self.json(evaluation).page) }
    for line in TextTable.lines(Self.rows(evaluation)) { try Console.print(line) }
  }

  private static func rows(_ evaluation: Evaluation) -> [[String]] {
    var rows = [
      ["rows", String(evaluation.rows)],
      [
        "mean log-density",
        "\(evaluation.mean.digits(4)) ± \(evaluation.standardError.digits(4)) nats",
      ],
    ]
    if let normal = evaluation.normal {
      rows.append(["of the best normal distribution", "\(normal.digits(4)) nats"])
    }
    if evaluation.impossibleRows > 0 {
      rows.append(["rows of density 0", String(evaluation.impossibleRows)])
    }
    rows.append(["worst row", "\(evaluation.worst.row + 1): \(evaluation.worst.value.digits(4))"])
    return rows
  }

  private static func json(_ evaluation: Evaluation) -> JSONValue {
    .object([
      .init("rows", .integer(evaluation.rows)),
      .init("meanLogDensity", .number(evaluation.mean)),
      .init("standardError", .number(evaluation.standardError)),
      .init("normal", .optional(evaluation.normal) { .number($0) }),
      .init("rowsOfDensityZero", .integer(evaluation.impossibleRows)),
      .init("worstRow", .integer(evaluation.worst.row + 1)),
      .init("worst", .number(evaluation.worst.value)),
    ])
  }
}
