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
        diffeo sample sheet.flow --problem P5 --set K=3 -n 10 --seed 7 -o samples.csv
      """)

  @Argument(help: "Files with problems; - is standard input.")
  var files: [String] = []

  @OptionGroup var source: ProblemOptions

  @Option(name: .customShort("n"), help: ArgumentHelp("The number of rows.", valueName: "rows"))
  var count: Int?

  @Option(help: ArgumentHelp("The seed of the random numbers.", valueName: "number"))
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
      throw CommandFailure.badData(
        "\(problem.name) has no base distribution", hint: "add a line such as z ~ normal(0, I)")
    }
    if let parameter = problem.parameters.first {
      throw CommandFailure.badData(
        "\(problem.name): the parameter \(parameter.symbol) has no value",
        hint: "give it one by --set \(parameter.symbol)=…")
    }
    do {
      _ = try BaseDensity(of: problem, under: Assumptions())
    } catch {
      throw CommandFailure.badData("\(problem.name): \(error.description)")
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
    try forEachRow(of: problem, map, rows) { row, index in
      if index.isMultiple(of: 4096) { progress.update("sampling: \(index) of \(rows) rows") }
      try writer.write(row: row)
    }
    try writer.finish()
  }

  private func printJSON(_ problem: Problem, _ map: NumericMap, _ rows: Int) throws {
    var values: [JSONValue] = []
    try forEachRow(of: problem, map, rows) { row, _ in
      values.append(.array(row.map { .number($0) }))
    }
    let object = JSONValue.object([
      .init("problem", .string(problem.name)), .init("seed", .string(String(seed))),
      .init("columns", .strings(problem.outputs.map(\.name))), .init("rows", .array(values)),
    ])
    try Console.print(object.line)
  }

  private func forEachRow(
    of problem: Problem, _ map: NumericMap, _ rows: Int, _ body: ([Double], Int) throws -> Void
  ) throws {
    var start = 0
    while start < rows {
      try Interruption.check()
      let end = min(rows, start + DensityTable.batchRows)
      guard let columns = try map.samples(rows: start..<end, seed: seed) else { return }
      for row in 0..<(end - start) {
        let x = columns.map { $0[row] }
        guard !x.contains(where: \.isNaN) else {
          throw CommandFailure.badData(
            "\(problem.name): f is not defined at the base point of row \(start + row + 1)",
            hint: "diffeo prove says where f is defined")
        }
        guard x.allSatisfy(\.isFinite) else {
          throw CommandFailure.badData(
            "\(problem.name): f is too large for a number in row \(start + row + 1)",
            hint: "samples are double-precision numbers, up to 1.8e308")
        }
        try body(x, start + row)
      }
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
