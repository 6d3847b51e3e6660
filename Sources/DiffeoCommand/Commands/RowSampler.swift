import Certificates
import Densities
import Symbolics

/// Samples, batch by batch: always the same ones for the same seed.
protocol RowSampler {
  /// What is sampled, for messages.
  var name: String { get }
  /// The names of the coordinates.
  var columnNames: [String] { get }
  /// The samples with these numbers, as columns; nil where there are none.
  func columns(of rows: Range<Int>) throws -> [[Double]]?
}

/// Samples x = f(z) of a problem.
struct ProblemSampler: RowSampler {
  private let problem: Problem
  private let map: NumericMap
  private let seed: UInt64
  private let workers: Workers

  var name: String { problem.name }
  var columnNames: [String] { problem.outputs.map(\.name) }

  init(_ problem: Problem, seed: UInt64, _ workers: Workers) throws {
    guard problem.base != nil else {
      throw CommandFailure(DensityError.noBase, in: problem)
    }
    if let parameter = problem.mentionedParameters.first {
      throw CommandFailure.noValue(of: parameter, in: problem)
    }
    do throws(DensityError) {
      _ = try BaseDensity(of: problem, under: Assumptions())
    } catch {
      throw CommandFailure(error, in: problem)
    }
    self.problem = problem
    self.seed = seed
    self.workers = workers
    // Sampling needs f alone, nothing that has to be proven.
    map = try NumericMap(problem, verdict: .undecided([]))
  }

  func columns(of rows: Range<Int>) throws -> [[Double]]? {
    let pool = workers.pool(rows: rows.count)
    guard let columns = try map.samples(rows: rows, seed: seed, on: pool) else { return nil }
    try requireFinite(columns, from: rows.lowerBound)
    return columns
  }

  private func requireFinite(_ columns: [[Double]], from start: Int) throws {
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
