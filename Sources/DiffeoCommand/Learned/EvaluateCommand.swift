import ArgumentParser
import Formats
import FormulaFits
import Learning
import Tensors

/// `diffeo evaluate`: how well a model does on rows that it has not seen.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "The mean log-density of held-out rows under a model.",
    discussion: """
      The mean is in nats, in the units of the data, with its standard error.
      Beside it stand that of a normal distribution fitted to the same held-out
      rows, the best one there is for them, and that of mixtures of up to 10
      normals, each fitted to one half of the held-out rows and asked for the
      other. The mixtures are left out with --weights; both are where words are
      given or values are missing. For columns of integers they get each integer
      spread evenly over its cell.

      Then, for each column, how right its probabilities are. If the model is, u =
      F(x) is uniform: the KS distance of u from uniform is small (1.36/√rows is
      exceeded by chance once in 20), and central intervals hold their share of
      rows. F is exact for one column; of several it is that of the column alone,
      from samples. All rows count alike here; those without a value of a column
      are left out for it, and for the mean if the model knows no missing values.

      With --error in fit, densities are those of true values: of values that
      have such errors u is not uniform, but too often near 0 and 1.

      Example:
        diffeo evaluate galaxies.flow.safetensors held-out.csv
      """)

  @Argument(help: "A model that fit has written.")
  var model: String

  @Argument(help: "The rows, as for fit; - is standard input.")
  var data: String

  @Option(
    help: ArgumentHelp("A column with the weight of each row, 0 or more.", valueName: "column"))
  var weights: String?

  @OptionGroup(title: "Tables") var tables: TableOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "The answer as JSON.")
  var json = false

  func run() throws {
    let learned = try LearnedDistribution(contentsOf: model, formulas: .proving)
    var options = learned.tableOptions
    if let weights { options.columns?.insert(weights) }
    let table = try tables.reader(data, options).readAll()
    if let weights { try ColumnList.check([weights], of: table) }
    let evaluation = try failing(of: data) {
      try Evaluation(of: learned, on: table, weights: weights, pool: Workers(threads).all)
    }
    let density = learned.densityText
    if json { return try Console.print(Self.json(evaluation, density).page) }
    let worst = evaluation.worst.row
    let place = RowPlace(row: table.number(ofRow: worst), line: table.line(ofRow: worst))
    let lines =
      TextTable.lines(Self.rows(evaluation, density, worst: place)) + [""]
      + TextTable.lines(Self.calibration(evaluation.calibrations))
    for line in lines { try Console.print(line) }
  }

  private static func rows(
    _ evaluation: Evaluation, _ density: String, worst: RowPlace
  ) -> [[String]] {
    var rows = [
      ["rows", String(evaluation.rows)],
      ["density of", density],
      [
        "mean log-density",
        "\(evaluation.mean.digits(4)) ± \(evaluation.standardError.digits(4)) nats",
      ],
    ]
    if let normal = evaluation.normal {
      rows.append(["of the best normal distribution", "\(normal.digits(4)) nats"])
    }
    if let mixture = evaluation.mixture {
      rows.append(["of mixtures of normals", "\(mixture.digits(4)) nats"])
    }
    if evaluation.leftOut > 0 {
      rows.append(["rows left out, as they lack a value", String(evaluation.leftOut)])
    }
    if evaluation.impossibleRows > 0 {
      rows.append(["rows of density 0", String(evaluation.impossibleRows)])
    }
    rows.append(["worst row", "\(evaluation.worst.value.digits(4)) in \(worst)"])
    return rows
  }

  private static let masses = [0.5, 0.68, 0.9, 0.95]

  private static func calibration(_ calibrations: [Calibration]) -> [[String]] {
    let names = masses.map { "in \(($0 * 100).digits(0)) %" }
    return [["column", "KS distance"] + names + ["rows", "without a value"]]
      + calibrations.map { calibration in
        let numbers =
          [calibration.kolmogorovSmirnov.digits(4)]
          + masses.map { (100 * calibration.coverage(of: $0)).digits(1) + " %" }
        let rows = [calibration.values.count, calibration.missing].map { String($0) }
        return [calibration.column]
          + (calibration.values.isEmpty ? numbers.map { _ in "-" } : numbers) + rows
      }
  }

  private static func json(_ calibration: Calibration) -> JSONValue {
    .object([
      .init("column", .string(calibration.column)),
      .init("kolmogorovSmirnov", .number(calibration.kolmogorovSmirnov)),
      .init("rows", .integer(calibration.values.count)),
      .init("rowsWithoutValue", .integer(calibration.missing)),
      .init("samples", .optional(calibration.samples) { .integer($0) }),
      .init(
        "coverage",
        .array(
          masses.map {
            .object([
              .init("mass", .number($0)), .init("share", .number(calibration.coverage(of: $0))),
            ])
          })),
    ])
  }

  private static func json(_ evaluation: Evaluation, _ density: String) -> JSONValue {
    .object([
      .init("rows", .integer(evaluation.rows)),
      .init("rowsLeftOut", .integer(evaluation.leftOut)),
      .init("densityOf", .string(density)),
      .init("meanLogDensity", .number(evaluation.mean)),
      .init("standardError", .number(evaluation.standardError)),
      .init("normal", .optional(evaluation.normal) { .number($0) }),
      .init("mixture", .optional(evaluation.mixture) { .number($0) }),
      .init("rowsOfDensityZero", .integer(evaluation.impossibleRows)),
      .init("worstRow", .integer(evaluation.worst.row + 1)),
      .init("worst", .number(evaluation.worst.value)),
      .init("calibration", .array(evaluation.calibrations.map(json))),
    ])
  }
}
