import ArgumentParser
import Certificates
import Densities
import Formats
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

      Exit codes: 0 fine; otherwise an error, as diffeo --help lists them.
      """)

  @Argument(help: "Files with problems; - is standard input.")
  var files: [String] = []

  @OptionGroup var source: ProblemOptions

  @OptionGroup var threads: ThreadOptions

  @Option(
    name: .customShort("n"), parsing: .unconditional,
    help: ArgumentHelp("The number of rows.", valueName: "rows"))
  var count: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the random numbers.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(name: .short, help: ArgumentHelp("Write to this file.", valueName: "csv"))
  var output: String?

  @Flag(help: "The rows as JSON.")
  var json = false

  func validate() throws {
    if let count, count < 0 { throw ValidationError("-n takes a number of rows, not \(count).") }
    if json, output != nil { throw ValidationError("--json writes to standard output.") }
  }

  func run() throws {
    let all = try source.problems(in: files)
    let problem = try source.single(of: all)
    guard let rows = count ?? problem.sampleCount else {
      throw CommandFailure.usage("how many rows?", hint: "write -n 1000")
    }
    let map = try numericMap(problem)
    if json { return try printJSON(problem, map, rows) }
    guard let output else {
      return try write(problem, map, rows, to: ConsoleSink())
    }
    try Interruption.deferred {
      let file = try AtomicFile(path: output)
      try write(problem, map, rows, to: file)
      try file.commit()
    }
  }

  private func numericMap(_ problem: Problem) throws -> NumericMap {
    guard problem.base != nil else {
      throw CommandFailure(DensityError.noBase, in: problem)
    }
    if let parameter = problem.parameters.first {
      throw CommandFailure.noValue(of: parameter, in: problem)
    }
    do throws(DensityError) {
      _ = try BaseDensity(of: problem, under: Assumptions())
    } catch {
      throw CommandFailure(error, in: problem)
    }
    // Sampling needs f alone, nothing that has to be proven.
    return try NumericMap(problem, verdict: .undecided([]))
  }

  private func write(_ problem: Problem, _ map: NumericMap, _ rows: Int, to sink: any ByteSink)
    throws
  {
    let progress = Progress("sampling …")
    defer { progress.finish() }
    let writer = try CSVWriter(to: sink, columnNames: problem.outputs.map(\.name))
    try forEachBatch(of: problem, map, rows) { columns, start in
      progress.update("sampling: \(start) of \(rows) rows")
      try writer.write(columns: columns)
    }
    try writer.finish()
  }

  private func printJSON(_ problem: Problem, _ map: NumericMap, _ rows: Int) throws {
    var values: [JSONValue] = []
    try forEachBatch(of: problem, map, rows) { columns, _ in
      values += columns[0].indices.map { row in .array(columns.map { .number($0[row]) }) }
    }
    let object = JSONValue.object([
      .init("problem", .string(problem.name)), .init("seed", .string(String(seed))),
      .init("columns", .strings(problem.outputs.map(\.name))), .init("rows", .array(values)),
    ])
    try Console.print(object.line)
  }

  /// Gives `body` the samples as columns, batch by batch, each with the number of its first row.
  private func forEachBatch(
    of problem: Problem, _ map: NumericMap, _ rows: Int, _ body: ([[Double]], Int) throws -> Void
  ) throws {
    let workers = Workers(threads)
    var start = 0
    while start < rows {
      try Interruption.check()
      let end = min(rows, start + DensityTable.batchRows)
      let pool = workers.pool(rows: end - start)
      guard let columns = try map.samples(rows: start..<end, seed: seed, on: pool) else { return }
      try requireFinite(columns, of: problem, from: start)
      try body(columns, start)
      start = end
    }
  }

  private func requireFinite(_ columns: [[Double]], of problem: Problem, from start: Int) throws {
    func firstRow(where isBad: (Double) -> Bool) -> Int? {
      columns.compactMap { $0.firstIndex(where: isBad) }.min().map { start + $0 + 1 }
    }
    if let row = firstRow(where: \.isNaN) {
      throw CommandFailure.badProblem(
        problem, "f is not defined at the base point of row \(row)",
        hint: "diffeo prove says where f is defined", at: problem.places.map)
    }
    if let row = firstRow(where: { !$0.isFinite }) {
      throw CommandFailure.badProblem(
        problem, "f is too large for a number in row \(row)",
        hint: "samples are double-precision numbers, up to 1.8e308", at: problem.places.map)
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
