public import Symbolics

/// Formulas compiled once for fast evaluation in `Double` over many rows.
///
/// The formulas become a flat program over registers, each of which holds 256 rows; equal
/// subexpressions are computed once. A value is NaN where the formula is undefined in real
/// arithmetic, and infinite only where it exceeds the range of `Double`.
public struct CompiledFormulas: Sendable {
  /// The symbols that the columns stand for, in order.
  public let inputs: [Symbol]
  /// The number of formulas.
  public let outputCount: Int
  let program: RegisterProgram

  /// Compiles `formulas`, in which only `inputs` may occur free.
  public init(_ formulas: [Expression], inputs: [Symbol]) throws(EvaluationError) {
    self.inputs = inputs
    outputCount = formulas.count
    program = try FormulaCompiler.program(formulas, inputs: inputs)
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
    let file = RegisterFile(for: program)
    for start in stride(from: 0, to: rows, by: RegisterProgram.blockRows) {
      let count = min(RegisterProgram.blockRows, rows - start)
      for (number, column) in columns.enumerated() {
        file.load(column, from: start, count: count, into: number)
      }
      try file.run(rows: count)
      for number in 0..<outputCount {
        file.store(output: number, into: &results[number], at: start, count: count)
      }
    }
    return results
  }

  /// The values at one point, one coordinate an input.
  public func values(at point: [Double]) throws(EvaluationError) -> [Double] {
    try values(columns: point.map { [$0] }, rows: 1).map { $0[0] }
  }
}

extension RegisterFile {
  /// Copies `count` rows of a column, beginning at `start`, into an input register.
  func load(_ column: [Double], from start: Int, count: Int, into number: Int) {
    column.withUnsafeBufferPointer { buffer in
      register(number).update(from: buffer.baseAddress! + start, count: count)
    }
  }

  /// Copies `count` rows of an output to `start` and on in a column.
  func store(output number: Int, into column: inout [Double], at start: Int, count: Int) {
    column.withUnsafeMutableBufferPointer { buffer in
      (buffer.baseAddress! + start).update(from: output(number), count: count)
    }
  }
}
