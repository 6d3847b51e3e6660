import Flows
import Tensors

extension TableScorer {
  /// Draws of a row that lacks a value.
  static let draws = 256
  /// The rows of which all draws are in memory at once.
  private static let rowsAtOnce = 512

  /// Puts log p of what is there, 0 for nothing, in the place of those rows that lack something, and lie where there is a density.
  func scoreLacking(
    _ rows: Batch, given: Batch?, _ logDensities: inout [Double]
  ) throws(LearningError) {
    var lacking = (0..<rows.rows).filter { row in
      rows[row].contains(where: \.isNaN) && learned.columns.containKnown(rows[row])
        && isInReach(rows[row])
    }
    for row in lacking where rows[row].allSatisfy(\.isNaN) { logDensities[row] = 0 }
    lacking.removeAll { rows[$0].allSatisfy(\.isNaN) }
    for start in stride(from: 0, to: lacking.count, by: Self.rowsAtOnce) {
      let numbers = Array(lacking[start..<min(lacking.count, start + Self.rowsAtOnce)])
      let completed = try numbers.map { row throws(LearningError) in
        try completer.complete(
          Array(rows[row]), given: given.map { Array($0[row]) } ?? [],
          number: Self.fingerprint(rows[row]), among: given)
      }
      let context = given?.picking(
        zip(numbers, completed).flatMap { repeatElement($0, count: $1.rows.count) })
      let values = completed.flatMap { $0.rows.joined() }
      let all = Batch(features: rows.features, values.map(learned.model.precision.clamped))
      let logs = try withFlow { () throws(FlowError) in
        try scorer.logDensity(of: all, given: context)
      }
      var first = 0
      for (row, part) in zip(numbers, completed) {
        logDensities[row] =
          zip(logs[first...], part.logWeights).map { $0 + $1 }.logSumExp
        first += part.rows.count
      }
    }
  }

  /// A number that equal rows have in common.
  private static func fingerprint(_ row: ArraySlice<Double>) -> UInt64 {
    var fingerprint = Fingerprint()
    fingerprint.add(Array(row))
    return fingerprint.value
  }
}
