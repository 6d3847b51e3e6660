import ArgumentParser
import Formats
import FormulaFits
import Learning
import Tensors

/// `diffeo posterior`: what a model says of one column of each row.
struct PosteriorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posterior", abstract: "The density of one column, given the others, row by row.",
    discussion: """
      For each row the mean, deviation, median and mode of the column, quantiles
      and the shortest interval of 90 %, computed from the density itself. Other
      columns of the model that the table does not have, and fields that are empty
      or nan, are integrated out; the columns effectiveDraws and meanError then
      say how well. Known integers stand for the cells around them. Of a column of
      integers the answers are integers, and --grid gives the masses of all between
      the quantiles of 0.0005 and 0.9995. A model of fit --error answers with true
      values.

      Examples:
        diffeo posterior redshift.flow.safetensors rows.csv
        diffeo posterior MODEL rows.csv --column redshift -o redshifts.csv
        diffeo posterior MODEL rows.csv --column redshift --grid 200
      """)

  @Argument(help: "A model that fit has written.")
  var model: String

  @Argument(help: "The rows, as for fit; - is standard input.")
  var data: String

  @Option(help: ArgumentHelp("The column; needed if several are modelled.", valueName: "name"))
  var column: String?

  @Option(
    help: ArgumentHelp(
      "Write the density instead, at so many points for each row: row, x, density.",
      valueName: "points"))
  var grid: Int?

  @Option(help: ArgumentHelp("Draws of what is missing in a row.", valueName: "number"))
  var draws = 1000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the random numbers.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(name: .short, help: ArgumentHelp("Write to this file.", valueName: "csv"))
  var output: String?

  @OptionGroup(title: "Tables") var tables: TableOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "The answer as JSON.")
  var json = false

  /// Rows that are computed before they are written
  private static let batchRows = 256

  func validate() throws {
    if json, output != nil { throw ValidationError("--json writes to standard output.") }
    if let grid, !(2...100_000).contains(grid) {
      throw ValidationError("--grid takes 2 to 100000 points, not \(grid).")
    }
    if !(20...100_000).contains(draws) {
      throw ValidationError("--draws takes 20 to 100000, not \(draws).")
    }
  }

  func run() throws {
    try OutputCheck.check([("-o", output)], against: [model, data])
    let learned = try LearnedDistribution(contentsOf: model, formulas: .proving)
    let name = try columnName(learned)
    let solver = try failing(of: model) {
      try PosteriorSolver(
        learned, column: name, draws: draws, key: RandomKey(seed: seed),
        pool: Workers(threads).all)
    }
    let reader = try tables.reader(data, learned.tableOptions)
    if json {
      var rows: [JSONValue] = []
      try forEach(reader, solver) { number, posterior in
        rows.append(PosteriorAnswer(posterior, row: number, grid: grid).json)
      }
      return try Console.print(
        JSONValue.object([.init("column", .string(name)), .init("rows", .array(rows))]).page)
    }
    guard let output else { return try write(reader, solver, name, to: ConsoleSink()) }
    try Interruption.deferred {
      let file = try AtomicFile(path: output)
      try write(reader, solver, name, to: file)
      try file.commit()
    }
  }

  private func columnName(_ learned: LearnedDistribution) throws -> String {
    if let column {
      guard learned.columns.names.contains(column) else {
        throw CommandFailure.usage(
          "\(model) does not model a column '\(column)'",
          hint: "--column takes one of \(learned.columns.names.joined(separator: ", "))")
      }
      return column
    }
    guard learned.columns.count == 1 else {
      throw CommandFailure.usage(
        "which column?",
        hint: "--column takes one of \(learned.columns.names.joined(separator: ", "))")
    }
    return learned.columns.names[0]
  }

  private func write(
    _ reader: TableReader, _ solver: PosteriorSolver, _ name: String, to sink: any ByteSink
  ) throws {
    let names = grid == nil ? PosteriorAnswer.columnNames : ["row", name, "density"]
    let writer = try CSVWriter(to: sink, columnNames: names)
    try forEach(reader, solver) { number, posterior in
      let answer = PosteriorAnswer(posterior, row: number, grid: grid)
      if grid == nil {
        try writer.write(row: answer.values)
      } else {
        for point in answer.points { try writer.write(row: [Double(number)] + point) }
      }
    }
    try writer.finish()
  }

  /// Gives `body` the posterior of each row, with its number from 1.
  private func forEach(
    _ reader: TableReader, _ solver: PosteriorSolver, _ body: (Int, Posterior) throws -> Void
  ) throws {
    let progress = Progress("computing …")
    defer { progress.finish() }
    var number = 0
    while let table = try reader.nextBatch(maximumRows: Self.batchRows) {
      try Interruption.check()
      let posteriors = try failing(of: reader.file) {
        try solver.posteriors(of: table, firstRow: number)
      }
      for posterior in posteriors {
        number += 1
        try body(number, posterior)
      }
      progress.update("posteriors: \(number) rows")
    }
  }
}
