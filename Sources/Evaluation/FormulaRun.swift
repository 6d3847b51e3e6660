import Tensors

/// Formulas in the course of being evaluated: the memory of a run, used for one block of rows after
/// the other.
final class FormulaRun {
  private let executor: Executor
  private let columns: [UnsafeMutablePointer<Double>]
  private let capacity: Int

  /// The most rows of a block: enough that starting a run costs nothing, few enough that its
  /// results stay in the cache.
  static let blockRows = 4096

  /// Memory for blocks of up to `rows` rows of `formulas`.
  init(of formulas: CompiledFormulas, rows: Int) {
    executor = Executor(formulas.program, pool: WorkerPool(count: 1))
    capacity = max(1, min(rows, Self.blockRows))
    columns = formulas.program.program.outputs.map { [capacity] _ in
      let column = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
      column.initialize(repeating: 0, count: capacity)
      return column
    }
  }

  deinit { for column in columns { column.deallocate() } }

  /// The values of formula `number` at the rows of the last block.
  func values(of number: Int) -> UnsafePointer<Double> { UnsafePointer(columns[number]) }

  /// Evaluates the formulas at `rows` rows, one batch of single numbers an input.
  ///
  /// - Throws: ``EvaluationError/tooManyTerms(limit:)``.
  func evaluate(rows: Int, inputs: [BatchView]) throws(EvaluationError) {
    precondition(rows <= capacity, "at most \(capacity) rows expected, got \(rows)")
    executor.run(rows: rows, inputs: inputs, outputs: columns.map { .double($0) })
    let program = executor.compiled.program
    let isPerRow = program.outputs.map { program.nodes[$0.node].shape.isPerRow }
    // What no input changes is computed once.
    for (column, isPerRow) in zip(columns, isPerRow) where !isPerRow && rows > 1 {
      column.update(repeating: column[0], count: rows)
    }
    let roundsLeft = UnsafeBufferPointer(
      start: columns[columns.count - 1], count: isPerRow[columns.count - 1] ? rows : min(rows, 1))
    guard roundsLeft.allSatisfy({ $0 >= 0 }) else {
      throw .tooManyTerms(limit: FormulaCompiler.roundLimit)
    }
  }
}

extension [[Double]] {
  /// The columns, none of them empty, as batches of single numbers.
  func withBatches<Result>(
    _ body: ([BatchView]) throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    try Self.withBatches(of: self[...], [], body)
  }

  private static func withBatches<Result>(
    of columns: ArraySlice<[Double]>, _ batches: [BatchView],
    _ body: ([BatchView]) throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    guard let column = columns.first else { return try body(batches) }
    return try column.withUnsafeBufferPointer { numbers throws(EvaluationError) in
      let batch = BatchView(.double(numbers.baseAddress!), stride: 1)
      return try withBatches(of: columns.dropFirst(), batches + [batch], body)
    }
  }
}

extension BatchView {
  /// The rows from `row` on.
  func dropping(_ row: Int) -> BatchView {
    guard case .double(let start) = elements else { preconditionFailure("columns are of Double") }
    return BatchView(.double(start + row * stride), stride: stride)
  }
}
