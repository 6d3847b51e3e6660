public import Symbolics
import Tensors

/// Formulas compiled once for fast evaluation in `Double` over many rows.
///
/// The formulas become one program of the engine, which computes equal subexpressions once and takes
/// blocks of rows through vectorised kernels. A value is NaN where the formula is undefined in real
/// arithmetic, and infinite only where it exceeds the range of `Double`. It depends on its own row
/// alone. Any number of threads may evaluate the same formulas at once.
public struct CompiledFormulas: Sendable {
  /// The symbols that the columns stand for, in order.
  public let inputs: [Symbol]
  /// The number of formulas.
  public let outputCount: Int
  let program: CompiledProgram
  let runs: FormulaRuns

  /// Compiles `formulas`, in which only `inputs` may occur free.
  public init(_ formulas: [Expression], inputs: [Symbol]) throws(EvaluationError) {
    self.inputs = inputs
    outputCount = formulas.count
    program = CompiledProgram(
      try FormulaCompiler.program(formulas, inputs: inputs), precision: .double)
    runs = FormulaRuns(of: program)
  }

  /// The values of every formula, as one column of `rows` values each.
  ///
  /// - Parameters:
  ///   - columns: one column of at least `rows` values an input.
  ///   - rows: the number of rows; by default that of the first column (1 without inputs).
  /// - Throws: ``EvaluationError/tooManyTerms(limit:)``.
  public func values(columns: [[Double]], rows: Int? = nil) throws(EvaluationError) -> [[Double]] {
    precondition(
      columns.count == inputs.count, "\(inputs.count) columns expected, \(columns.count) given")
    let rows = rows ?? columns.first?.count ?? 1
    for column in columns {
      precondition(column.count >= rows, "\(rows) rows expected, \(column.count) given")
    }
    var results = (0..<outputCount).map { _ in [Double](repeating: 0, count: rows) }
    guard rows > 0 else { return results }
    try runs.with(rows: rows) { run throws(EvaluationError) in
      try columns.withBatches { batches throws(EvaluationError) in
        for start in stride(from: 0, to: rows, by: FormulaRun.blockRows) {
          let count = min(FormulaRun.blockRows, rows - start)
          try run.evaluate(rows: count, inputs: batches.map { $0.dropping(start) })
          for number in results.indices {
            results[number].withUnsafeMutableBufferPointer { result in
              (result.baseAddress! + start).update(from: run.values(of: number), count: count)
            }
          }
        }
      }
    }
    return results
  }

  /// The values at one point, one coordinate an input.
  public func values(at point: [Double]) throws(EvaluationError) -> [Double] {
    precondition(
      point.count == inputs.count, "\(inputs.count) coordinates expected, \(point.count) given")
    return try runs.with(rows: 1) { run throws(EvaluationError) in
      try point.withUnsafeBufferPointer { numbers throws(EvaluationError) in
        try run.evaluate(
          rows: 1,
          inputs: point.indices.map {
            BatchView(.double(numbers.baseAddress! + $0), stride: 1)
          })
        return (0..<outputCount).map { run.values(of: $0)[0] }
      }
    }
  }
}
