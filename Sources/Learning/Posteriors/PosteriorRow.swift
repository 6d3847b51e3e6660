import Flows
import Tensors

/// One row whose posterior is computed: points of the column on a grid, each with the other columns as they are, or,
/// where some are missing or integers, with each of the rows that stand for them.
struct PosteriorRow {
  private let completed: CompletedRow
  /// d; empty for none.
  private let given: [Double]
  private let target: Int
  private let missing: [String]
  private var density: AdaptiveDensity
  /// log p(y, draw) - log(K q) at each point, for each draw; kept only where columns are missing.
  private var terms: [Double: [Double]] = [:]

  /// What is known of a density at first. For one row of points, cells an eighth of a deviation wide within 8
  /// deviations, and ever wider ones far out. Where each point stands for many rows, wider cells only find where the
  /// density is; there alone cells are as narrow.
  ///
  /// - Parameters:
  ///   - isExact: whether a density is that of one row.
  ///   - isDrawn: whether it is a mean over draws, whose noise is far larger than errors of quadrature.
  static func unknownDensity(isExact: Bool, isDrawn: Bool) -> AdaptiveDensity {
    func edges(_ cellsPerUnit: Int, within size: Int, _ far: [Double]) -> [Double] {
      let near = (-size * cellsPerUnit...size * cellsPerUnit).map {
        Double($0) / Double(cellsPerUnit)
      }
      return far.reversed().map { -$0 } + near + far
    }
    guard !isExact else {
      return AdaptiveDensity(edges: edges(8, within: 8, [10, 13, 17, 23, 31, 42, 57, 76, 100]))
    }
    return AdaptiveDensity(
      edges: edges(4, within: 5, [6.5, 9, 13, 20, 45, 100]), widest: 1.0 / 8,
      tolerance: isDrawn ? 1e-5 : 1e-6)
  }

  /// - Parameters:
  ///   - completed: the rows that stand for this one.
  ///   - given: d
  ///   - target: the number of the column.
  ///   - missing: the names of the columns that were drawn.
  init(_ completed: CompletedRow, given: [Double], target: Int, missing: [String]) {
    self.completed = completed
    self.given = given
    self.target = target
    self.missing = missing
    density = PosteriorRow.unknownDensity(
      isExact: completed.rows.count == 1, isDrawn: !completed.drawn.isEmpty)
  }

  /// How many rows ``appendPoints(to:given:)`` adds.
  var pendingRows: Int { density.pending.count * completed.rows.count }

  /// Adds the rows whose log-densities are needed next.
  func appendPoints(to values: inout [Double], given context: inout [Double]) {
    for y in density.pending {
      for row in completed.rows {
        let start = values.count
        values += row
        values[start + target] = y
        context += given
      }
    }
  }

  /// Takes the log-densities of these rows.
  mutating func accept(_ logs: ArraySlice<Double>) {
    let count = completed.rows.count
    var sums: [Double] = []
    for (index, y) in density.pending.enumerated() {
      let start = logs.startIndex + index * count
      let parts = zip(logs[start..<start + count], completed.logWeights).map {
        $0.isNaN ? -.infinity : $0 + $1
      }
      sums.append(parts.logSumExp)
      if !missing.isEmpty { terms[y] = parts }
    }
    density.accept(sums)
  }

  /// The posterior; nil where the density is 0 for all values.
  func posterior(of columns: Columns) -> Posterior? {
    guard let result = density.result else { return nil }
    let scaling = columns.scalings[target]
    return Posterior(
      curve: DensityCurve(result, scaling: scaling),
      isInteger: columns.kinds[target].isInteger, quadratureError: result.error,
      integration: missing.isEmpty ? nil : integration(result, scaling))
  }

  private func integration(
    _ result: AdaptiveDensity.Result, _ scaling: ColumnScaling
  ) -> Posterior.Integration {
    let groups = 10
    let shift = result.logs.max()!
    var weights = [Double](repeating: 0, count: completed.rows.count)
    var moments = weights
    for (y, weight) in zip(result.points, result.weights) {
      let x = scaling.inverse(y)
      for (draw, log) in terms[y]!.enumerated() {
        let mass = weight * UnaryFunction.exponential.value(log - shift)
        weights[draw] += mass
        moments[draw] += mass * x
      }
    }
    let means = (0..<groups).compactMap { group -> Double? in
      let draws = stride(from: group, to: completed.rows.count, by: groups)
      let total = draws.reduce(0) { $0 + weights[$1] }
      return total > 0 ? draws.reduce(0) { $0 + moments[$1] } / total : nil
    }
    let total = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    let deviation =
      Moments(of: means).deviation * (Double(groups) / Double(groups - 1)).squareRoot()
    return Posterior.Integration(
      columns: missing, effectiveDraws: total * total / squares,
      // Groups without any weight tell that the error is not known.
      meanError: means.count == groups ? deviation / Double(groups).squareRoot() : .infinity)
  }
}
