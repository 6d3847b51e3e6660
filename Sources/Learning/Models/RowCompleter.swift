import Flows
import Tensors

/// Completes rows of which not all was observed.
///
/// Missing columns are drawn from a density q close to the model's own given what is known, so that w = 1/(K q). Known
/// integers stand for the cells around them: where nothing is missing, for the points of a rule, otherwise for a point by
/// chance in each draw.
final class RowCompleter {
  private let learned: LearnedDistribution
  private let draws: Int
  private let key: RandomKey
  private var proposal: MissingColumns?

  /// - Parameters:
  ///   - learned: the distribution.
  ///   - draws: K
  ///   - key: where chance comes from.
  init(_ learned: LearnedDistribution, draws: Int, key: RandomKey) {
    self.learned = learned
    self.draws = draws
    self.key = key
  }

  /// - Parameters:
  ///   - x: a row, NaN where a value is missing; others lie in the domains of their columns.
  ///   - given: d; empty for none.
  ///   - target: a column that is neither known nor missing, but left open; nil for none.
  ///   - number: what the row's draws depend on.
  ///   - contexts: d of rows like this one; nil where nothing is given. Those of the first row that misses something
  ///     count, as q is made once.
  func complete(
    _ x: [Double], given: [Double], open target: Int? = nil, number: UInt64,
    among contexts: Batch?
  ) throws(LearningError) -> CompletedRow {
    let others = x.indices.filter { $0 != target }
    let missing = others.filter { x[$0].isNaN }
    let known = others.filter { !x[$0].isNaN }
    let integers = known.filter { learned.columns.kinds[$0].isInteger }
    guard !missing.isEmpty else {
      let cell = UnitCell(dimensions: integers.count)
      return completed(
        zip(cell.points, cell.weights).map { point, weight in
          (known: moved(x, integers, by: point), logWeight: UnaryFunction.logarithm.value(weight))
        }, known: known, drawn: [], values: [])
    }
    let key = key.split(1).split(number)
    let scalings = learned.columns.scalings
    let centers = Dictionary(
      uniqueKeysWithValues: known.map { ($0, scalings[$0].forward(x[$0])) })
    let found = try proposal(contexts).draws(
      of: missing, known: centers, given: given, count: draws, key: key.split(0))
    let uniforms = key.split(1).uniforms(draws * integers.count)
    return completed(
      (0..<draws).map { draw in
        let point = integers.indices.map { uniforms[draw * integers.count + $0] - 0.5 }
        return (known: moved(x, integers, by: point), logWeight: -found.logDensities[draw])
      }, known: known, drawn: missing, values: found.values)
  }

  /// Rows of x with integers moved within their cells, then scaled.
  private func completed(
    _ parts: [(known: [Double], logWeight: Double)], known: [Int], drawn: [Int],
    values: [[Double]]
  ) -> CompletedRow {
    var logWeights: [Double] = []
    var rows: [[Double]] = []
    for (number, part) in parts.enumerated() {
      var y = [Double](repeating: 0, count: part.known.count)
      var logWeight = part.logWeight
      for column in known {
        let (scaling, x) = (learned.columns.scalings[column], part.known[column])
        let isInside = scaling.map.domain.lower < x && x < scaling.map.domain.upper
        y[column] = isInside ? scaling.forward(x) : 0
        logWeight += isInside ? scaling.logSlope(x) : -.infinity
      }
      for (place, column) in drawn.enumerated() { y[column] = values[number][place] }
      rows.append(y)
      logWeights.append(logWeight)
    }
    return CompletedRow(rows: rows, logWeights: logWeights, drawn: drawn)
  }

  private func moved(_ x: [Double], _ columns: [Int], by shifts: [Double]) -> [Double] {
    var moved = x
    for (column, shift) in zip(columns, shifts) { moved[column] += shift }
    return moved
  }

  /// q, made when it is needed first.
  private func proposal(_ contexts: Batch?) throws(LearningError) -> MissingColumns {
    if let proposal { return proposal }
    let made = try MissingColumns(learned, given: contexts, key: key.split(0))
    proposal = made
    return made
  }
}
