import Densities
import Evaluation
import Exact
import Formats
import Symbolics

/// Densities of the rows of a table.
struct DensityTable {
  private let problem: Problem
  private let isLogarithm: Bool
  private let isJSON: Bool
  private let density: NumericDensity
  /// For JSON alone.
  private let preimages: NumericPreimages?
  /// The significant digits asked for; nil for all.
  private let digits: Int?
  private let tables: TableOptions
  private let workers: Workers

  static let batchRows = 8192

  init(
    _ problem: Problem, isLogarithm: Bool, isJSON: Bool, digits: Int?, tables: TableOptions,
    workers: Workers
  ) throws {
    self.problem = problem
    self.isLogarithm = isLogarithm
    self.isJSON = isJSON
    self.digits = digits
    self.tables = tables
    self.workers = workers
    let exact = try Self.density(of: problem)
    density = try Self.compiled(exact, of: problem)
    do throws(DensityError) {
      preimages = isJSON ? try NumericPreimages(exact) : nil
    } catch {
      throw CommandFailure(error, in: problem)
    }
  }

  /// The density of `problem` for numbers.
  static func numericDensity(of problem: Problem) throws -> NumericDensity {
    try compiled(density(of: problem), of: problem)
  }

  private static func density(of problem: Problem) throws -> PushforwardDensity {
    if let parameter = problem.mentionedParameters.first {
      throw CommandFailure.noValue(of: parameter, in: problem)
    }
    let proven = ProvenProblem(problem)
    do throws(DensityError) {
      return try PushforwardDensity(problem, verdict: proven.verdict)
    } catch {
      throw CommandFailure(error, in: problem)
    }
  }

  private static func compiled(_ density: PushforwardDensity, of problem: Problem) throws
    -> NumericDensity
  {
    do throws(DensityError) {
      return try NumericDensity(density)
    } catch {
      throw CommandFailure(error, in: problem)
    }
  }

  /// Writes the table with the density as a further column (CSV), or the points as JSON.
  func write(for path: String) throws {
    let reader = try PointReader(tables.reader(path), outputs: problem.outputs)
    let writer =
      isJSON
      ? nil
      : try CSVWriter(
        to: ConsoleSink(),
        columnNames: problem.outputs.map(\.name) + [isLogarithm ? "logDensity" : "density"])
    var points: [JSONValue] = []
    while let columns = try reader.next(maximumRows: Self.batchRows) {
      try Interruption.check()
      let logs = try density.logDensity(columns, on: workers.pool(rows: columns[0].count))
      let shown = (isLogarithm ? logs : logs.map(\.exponential)).map(rounded)
      try writer?.write(columns: columns + [shown])
      if let found = try preimages?.points(columns) {
        points += logs.indices.map { row in
          json(columns.map { $0[row] }, found[row], logs[row])
        }
      }
    }
    try writer?.finish()
    if isJSON { try Console.print(JSONValue.object([.init("points", .array(points))]).page) }
  }

  /// The number with the digits asked for.
  private func rounded(_ value: Double) -> Double {
    guard let digits, let exact = Rational(exactly: value) else { return value }
    return Double(exact.decimal(significantDigits: digits)) ?? value
  }

  private func json(_ x: [Double], _ preimages: [[Double]], _ logDensity: Double) -> JSONValue {
    .object([
      .init("problem", .string(problem.name)), .init("x", .strings(x.map(JSONValue.spelled))),
      .init("preimages", .array(preimages.map { .strings($0.map(JSONValue.spelled)) })),
      .init("exact", .null),
      .init("density", .number(rounded(logDensity.exponential))),
      .init("logDensity", .number(rounded(logDensity))),
      .init(
        "remark",
        logDensity.isNaN ? .string("critical value, or not known: not assigned") : .null),
    ])
  }
}

/// The points of a table as columns, in the order of the outputs.
final class PointReader {
  private let reader: TableReader
  private let order: [Int]

  /// Columns are found by the outputs' names, or taken in their order when the names differ.
  init(_ reader: TableReader, outputs: [Symbol]) throws {
    self.reader = reader
    let names = reader.columnNames
    let byName = outputs.compactMap { names.firstIndex(of: $0.name) }
    if byName.count == outputs.count {
      order = byName
    } else if names.count == outputs.count {
      order = Array(names.indices)
    } else {
      throw CommandFailure.badData(
        "\(reader.file) has \(names.count) column\(names.count == 1 ? "" : "s"), but x has "
          + "\(outputs.count) coordinate\(outputs.count == 1 ? "" : "s")",
        hint: reader.delimiterHint
          ?? "name the column\(outputs.count == 1 ? "" : "s") \(outputs.map(\.name).joined(separator: ", "))"
      )
    }
  }

  func next(maximumRows: Int) throws -> [[Double]]? {
    guard let table = try reader.nextBatch(maximumRows: maximumRows), table.rowCount > 0 else {
      return nil
    }
    return order.map { table.column($0) }
  }
}

/// The console as a place for CSV.
final class ConsoleSink: ByteSink {
  func write(_ bytes: [UInt8]) throws(FormatError) {
    do {
      try Console.write(String(decoding: bytes, as: UTF8.self))
    } catch let error as FormatError {
      throw error
    } catch {
      throw FormatError(.inputOutput, file: "standard output", found: "\(error)")
    }
  }
}
