import Synchronization
import Tensors

/// Formulas in the course of being evaluated: the memory of a run, used for one block of rows after
/// the other, by one thread at a time.
final class FormulaRun: @unchecked Sendable {
  private let executor: Executor
  /// The outputs that are the same for all rows.
  private let fixedOutputs: [Int]
  private var columns: [UnsafeMutablePointer<Double>] = []
  private var outputs: [OutputView] = []
  private var capacity = 0

  /// The most rows of a block: enough that starting a run costs nothing, few enough that its
  /// results stay in the cache.
  static let blockRows = 4096

  /// A run of `program` without memory for rows.
  init(of program: CompiledProgram) {
    executor = Executor(program, pool: WorkerPool(count: 1))
    let program = program.program
    fixedOutputs = program.outputs.indices.filter {
      !program.nodes[program.outputs[$0].node].shape.isPerRow
    }
  }

  deinit { for column in columns { column.deallocate() } }

  /// Sets memory aside for blocks of as many rows, or of ``blockRows`` where those are fewer.
  func reserve(rows: Int) {
    let rows = min(rows, Self.blockRows)
    guard rows > capacity else { return }
    for column in columns { column.deallocate() }
    columns = executor.compiled.program.outputs.map { _ in
      let column = UnsafeMutablePointer<Double>.allocate(capacity: rows)
      column.initialize(repeating: 0, count: rows)
      return column
    }
    outputs = columns.map { .double($0) }
    capacity = rows
  }

  /// The values of formula `number` at the rows of the last block.
  func values(of number: Int) -> UnsafePointer<Double> { UnsafePointer(columns[number]) }

  /// Evaluates the formulas at `rows` rows, one batch of single numbers an input.
  ///
  /// - Throws: ``EvaluationError/tooManyTerms(limit:)``.
  func evaluate(rows: Int, inputs: [BatchView]) throws(EvaluationError) {
    precondition(rows <= capacity, "at most \(capacity) rows expected, got \(rows)")
    executor.run(rows: rows, inputs: inputs, outputs: outputs)
    // What no input changes is computed once.
    for number in fixedOutputs where rows > 1 {
      columns[number].update(repeating: columns[number][0], count: rows)
    }
    // The last output counts the rounds that are left to finite sums.
    let roundsLeft = UnsafeBufferPointer(start: columns[columns.count - 1], count: rows)
    guard roundsLeft.allSatisfy({ $0 >= 0 }) else {
      throw .tooManyTerms(limit: FormulaCompiler.roundLimit)
    }
  }
}

/// The runs of one set of formulas that nobody is using: making one takes longer than evaluating a
/// row, so that each is kept for the next call. There are as many as threads have ever evaluated the
/// formulas at once.
final class FormulaRuns: Sendable {
  private let program: CompiledProgram
  private let idle = Mutex<[FormulaRun]>([])

  /// None yet, of `program`.
  init(of program: CompiledProgram) { self.program = program }

  /// Lends `body` a run with memory for `rows` rows.
  func with<Result>(
    rows: Int, _ body: (FormulaRun) throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    let run = take() ?? FormulaRun(of: program)
    defer { put(run) }
    run.reserve(rows: rows)
    return try body(run)
  }

  private func take() -> FormulaRun? { idle.withLock { $0.popLast() } }

  private func put(_ run: FormulaRun) { idle.withLock { $0.append(run) } }
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
