import ArgumentParser
import Formats
import Learning
import Symbolics

/// `diffeo sample`: draws of x = f(z).
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draw points x = f(z) with z from the base, as CSV.",
    discussion: """
      The same seed gives the same rows, whatever their number.

      Examples:
        diffeo sample problem.flow -n 1000 > samples.csv
        diffeo sample sheet.flow --problem P5 --set K=3 -n 10 --seed 7 -o out.csv
        diffeo sample galaxies.flow.safetensors -n 10000 -o samples.npy
        diffeo sample banana.flow.safetensors -n 1000 --log-weights

      Exit codes: 0 fine; otherwise an error, as diffeo --help lists them.
      """)

  @Argument(help: "Files with problems, - for standard input; or a model of fit.")
  var files: [String] = []

  @OptionGroup var source: ProblemOptions

  @OptionGroup(title: "Learned models") var given: GivenOptions
  @OptionGroup(title: "The table of --given-data") var tables: TableOptions

  @OptionGroup var threads: ThreadOptions

  @Option(
    name: .customShort("n"), parsing: .unconditional,
    help: ArgumentHelp("The number of rows.", valueName: "rows"))
  var count: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the random numbers.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    name: .short,
    help: ArgumentHelp("Write to this file; as an array where it is a .npy.", valueName: "file"))
  var output: String?

  @Flag(
    help: """
      For a model of fit --target: a further column, logWeight, with log p(x) - log q(x) of each draw, p being the \
      target as it is written.
      """)
  var logWeights = false

  @Flag(help: "The rows as JSON.")
  var json = false

  func validate() throws {
    if let count, count < 0 { throw ValidationError("-n takes a number of rows, not \(count).") }
    if json, output != nil { throw ValidationError("--json writes to standard output.") }
  }

  func run() throws {
    try OutputCheck.check([("-o", output)], against: files + [given.givenData])
    let (sampler, rows) = try rowSampler()
    if json { return try printJSON(sampler, rows) }
    guard let output else {
      let writer = try CSVWriter(to: ConsoleSink(), columnNames: sampler.columnNames)
      return try write(sampler, rows, with: writer)
    }
    try Interruption.deferred {
      let file = try AtomicFile(path: output)
      let writer = try writer(to: file, named: output, sampler.columnNames, rows)
      try write(sampler, rows, with: writer)
      try file.commit()
    }
  }

  private func writer(
    to file: AtomicFile, named path: String, _ names: [String], _ rows: Int
  ) throws(FormatError) -> any TableWriter {
    guard path.hasSuffix(".npy") else { return try CSVWriter(to: file, columnNames: names) }
    try file.requireRoom(for: NPYWriter.byteCount(columnNames: names, rowCount: rows))
    return try NPYWriter(to: file, columnNames: names, rowCount: rows)
  }

  /// What is sampled, a learned model or a problem, and how often.
  private func rowSampler() throws -> (any RowSampler, Int) {
    if files.count == 1, source.texts.isEmpty, let model = try ModelArgument(files[0]) {
      let each = try rows(asked: nil)
      let table = try given.table(for: model, tables)
      let (rows, overflows) = each.multipliedReportingOverflow(by: table?.rowCount ?? 1)
      guard !overflows else { throw CommandFailure.usage("-n: so many rows have no numbers") }
      let target = logWeights ? try Target(of: model) : nil
      guard !logWeights || target != nil else {
        throw CommandFailure.usage(
          "--log-weights is for models of fit --target; \(files[0]) was learned from a table")
      }
      let rowsGiven = table.map { GivenRows(rows: $0, each: each, file: given.givenData) }
      return (
        ModelSampler(model, seed: seed, given: rowsGiven, target: target, Workers(threads)), rows
      )
    }
    guard !logWeights else {
      throw CommandFailure.usage("--log-weights is for models of fit --target")
    }
    guard given.given == nil, given.givenData == nil else {
      throw CommandFailure.usage("--given and --given-data are for models that fit has written")
    }
    let problem = try source.single(of: source.problems(in: files))
    return (
      try ProblemSampler(problem, seed: seed, Workers(threads)),
      try rows(asked: problem.sampleCount)
    )
  }

  private func rows(asked: Int?) throws -> Int {
    guard let rows = count ?? asked else {
      throw CommandFailure.usage("how many rows?", hint: "write -n 1000")
    }
    return rows
  }

  private func write(_ sampler: any RowSampler, _ rows: Int, with writer: any TableWriter) throws {
    let progress = Progress("sampling …")
    defer { progress.finish() }
    try forEachBatch(of: sampler, rows) { columns, start in
      progress.update("sampling: \(start) of \(rows) rows")
      try writer.write(columns: columns)
    }
    try writer.finish()
  }

  private func printJSON(_ sampler: any RowSampler, _ rows: Int) throws {
    var values: [JSONValue] = []
    try forEachBatch(of: sampler, rows) { columns, _ in
      values += columns[0].indices.map { row in .array(columns.map { .number($0[row]) }) }
    }
    let object = JSONValue.object([
      .init("problem", .string(sampler.name)), .init("seed", .string(String(seed))),
      .init("columns", .strings(sampler.columnNames)), .init("rows", .array(values)),
    ])
    try Console.print(object.line)
  }

  /// Gives `body` the samples as columns, batch by batch, each with the number of its first row.
  private func forEachBatch(
    of sampler: any RowSampler, _ rows: Int, _ body: ([[Double]], Int) throws -> Void
  ) throws {
    var start = 0
    while start < rows {
      try Interruption.check()
      let end = min(rows, start + DensityTable.batchRows)
      guard let columns = try sampler.columns(of: start..<end) else { return }
      try body(columns, start)
      start = end
    }
  }
}

extension Problem {
  /// The number of draws that the problem itself asks for.
  var sampleCount: Int? {
    questions.lazy.compactMap { question -> Int? in
      if case .sample(let count) = question { count } else { nil }
    }.first
  }
}
