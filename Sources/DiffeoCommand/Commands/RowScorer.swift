import Densities
import Formats
import Symbolics

/// The log-densities of a table's rows, batch by batch.
protocol RowScorer {
  /// What the rows are scored by, for messages.
  var name: String { get }
  /// The names of the numbers that each row gets, the log-density first.
  var columnNames: [String] { get }
  /// These numbers of the next rows, as columns; nil after the last.
  func next() throws -> [[Double]]?
}

extension RowScorer {
  var columnNames: [String] { ["logDensity"] }
}

/// The log-densities of a table's rows under a problem.
struct ProblemScorer: RowScorer {
  let name: String
  private let density: NumericDensity
  private let reader: PointReader
  private let workers: Workers

  init(_ problem: Problem, data: TableReader, _ workers: Workers) throws {
    name = problem.name
    self.workers = workers
    density = try DensityTable.numericDensity(of: problem)
    reader = try PointReader(data, outputs: problem.outputs)
  }

  func next() throws -> [[Double]]? {
    guard let columns = try reader.next(maximumRows: DensityTable.batchRows) else { return nil }
    return [try density.logDensity(columns, on: workers.pool(rows: columns[0].count))]
  }
}
