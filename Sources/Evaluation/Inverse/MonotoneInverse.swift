public import Symbolics
import Tensors

/// t = g⁻¹(y), row by row, for a formula g that is continuous and strictly monotone in t on an
/// interval: Newton's method inside a bracket.
///
/// Points of the bracket are ordered as `Double`s are, so that halving it takes at most 64 steps
/// whatever the magnitudes; a Newton step is taken when it stays inside and converges. The result
/// is within an ulp or two of the root of g as evaluated, and NaN where y is outside the image.
public struct MonotoneInverse: Sendable {
  /// The other symbols of g, in the order of the columns.
  public let inputs: [Symbol]
  private let map: CompiledFormulas
  private let ends: IntervalEnds
  private let imageEnds: IntervalEnds
  private let isIncreasing: Bool?

  /// Prepares the inversion of `formula` with respect to `variable`.
  ///
  /// - Parameters:
  ///   - formula: the map, strictly monotone in `variable`.
  ///   - variable: the unknown.
  ///   - derivative: ∂formula/∂variable, for Newton's steps and, if `isIncreasing` is nil, for the
  ///     direction.
  ///   - domain: where the variable lies; its ends may depend on `inputs`.
  ///   - image: the values of the formula on `domain`.
  ///   - isIncreasing: the direction; nil when it depends on the other symbols.
  ///   - inputs: the symbols besides `variable` that occur.
  public init(
    of formula: Expression, in variable: Symbol, derivative: Expression, domain: Interval,
    image: Interval, isIncreasing: Bool? = nil, inputs: [Symbol]
  ) throws(EvaluationError) {
    self.inputs = inputs
    self.isIncreasing = isIncreasing
    map = try CompiledFormulas([formula, derivative], inputs: [variable] + inputs)
    ends = try IntervalEnds(domain, inputs: inputs)
    imageEnds = try IntervalEnds(image, inputs: inputs)
  }

  /// The roots of g(t) = target, one a row, the other symbols taken from `columns`.
  public func values(of targets: [Double], columns: [[Double]] = []) throws(EvaluationError)
    -> [Double]
  {
    precondition(
      columns.count == inputs.count, "\(inputs.count) columns expected, \(columns.count) given")
    let domains = try ends.values(columns: columns, rows: targets.count)
    let images = try imageEnds.values(columns: columns, rows: targets.count)
    var results = [Double](repeating: .nan, count: targets.count)
    guard !targets.isEmpty else { return results }
    try map.runs.with(rows: targets.count) { run throws(EvaluationError) in
      try columns.withBatches { batches throws(EvaluationError) in
        for start in stride(from: 0, to: targets.count, by: FormulaRun.blockRows) {
          let rows = start..<min(start + FormulaRun.blockRows, targets.count)
          var searches = rows.map { row in
            RootSearch(
              target: targets[row], in: domains[row], image: images[row],
              isIncreasing: isIncreasing)
          }
          try Self.advance(&searches, batches.map { $0.dropping(start) }, run)
          for (row, search) in zip(rows, searches) { results[row] = search.result }
        }
      }
    }
    return results
  }

  /// Advances all searches of a block together to their ends, those that are done left out.
  private static func advance(
    _ searches: inout [RootSearch], _ batches: [BatchView], _ run: FormulaRun
  ) throws(EvaluationError) {
    var active = searches.indices.filter { !searches[$0].isDone }.map { Int32($0) }
    while !active.isEmpty {
      let points = active.map { searches[Int($0)].point }
      try active.withUnsafeBufferPointer { rows throws(EvaluationError) in
        try [points].withBatches { points throws(EvaluationError) in
          let others = batches.map {
            BatchView($0.elements, stride: $0.stride, indices: rows.baseAddress!)
          }
          try run.evaluate(rows: rows.count, inputs: points + others)
        }
      }
      let (values, slopes) = (run.values(of: 0), run.values(of: 1))
      for (slot, row) in active.enumerated() {
        searches[Int(row)].advance(value: values[slot], slope: slopes[slot])
      }
      active.removeAll { searches[Int($0)].isDone }
    }
  }
}

/// The ends of an interval as numbers, row by row.
struct IntervalEnds: Sendable {
  /// The ends at one row, and whether they belong to the interval.
  struct Row {
    var lower: Double
    var upper: Double
    var hasLower: Bool
    var hasUpper: Bool

    func contains(_ x: Double) -> Bool {
      (x > lower || (hasLower && x == lower)) && (x < upper || (hasUpper && x == upper))
    }
  }

  private let interval: Interval
  private let formulas: CompiledFormulas

  init(_ interval: Interval, inputs: [Symbol]) throws(EvaluationError) {
    self.interval = interval
    formulas = try CompiledFormulas(
      [interval.lower.value ?? .zero, interval.upper.value ?? .zero], inputs: inputs)
  }

  func values(columns: [[Double]], rows: Int) throws(EvaluationError) -> [Row] {
    let ends = try formulas.values(columns: columns, rows: rows)
    return (0..<rows).map { row in
      Row(
        lower: interval.lower.value == nil ? -.infinity : ends[0][row],
        upper: interval.upper.value == nil ? .infinity : ends[1][row],
        hasLower: interval.lower.isClosed, hasUpper: interval.upper.isClosed)
    }
  }
}
