public import Tensors

/// How a model is fitted.
public struct Training: Hashable, Sendable {
  /// The number of steps of the optimiser.
  public var steps: Int
  /// The rows of a step; all rows where there are fewer.
  public var batch: Int
  /// The first length of a step. It falls to 0 along half a cosine (Loshchilov and Hutter 2017).
  public var rate: Double
  /// How parameters change.
  public var optimizer: Optimizer
  /// A gradient whose norm is larger is scaled down to it.
  public var maximumNorm: Double

  /// Adam with the given settings.
  ///
  /// - Parameters:
  ///   - steps: the number of steps.
  ///   - batch: the rows of a step.
  ///   - rate: the first length of a step.
  ///   - optimizer: how parameters change.
  ///   - maximumNorm: the largest norm of a gradient.
  public init(
    steps: Int = 1000, batch: Int = 256, rate: Double = 2e-3, optimizer: Optimizer = .adam(),
    maximumNorm: Double = 10
  ) {
    precondition(
      steps >= 1 && batch >= 1, "at least one step of one row expected, got \(steps) of \(batch)")
    self.steps = steps
    self.batch = batch
    self.rate = rate
    self.optimizer = optimizer
    self.maximumNorm = maximumNorm
  }
}

extension Model {
  /// Maximises Σ log p(x | c) over the rows of `data`, by stochastic gradient ascent.
  ///
  /// The rows are shuffled for each pass over them. The same data, key, number of workers and
  /// instruction set give the same parameters. What data sets is set as ``Scope/begin(_:)`` and
  /// ``Scope/update(_:to:)`` say.
  ///
  /// - Parameters:
  ///   - data: rows of D numbers.
  ///   - context: as many rows of C numbers; nil without context.
  ///   - training: steps and rates.
  ///   - key: where the order of the rows comes from.
  /// - Returns: the mean of -log p over the rows of each step, before it.
  /// - Throws: ``FlowError`` for wrong widths, no rows, numbers that are not finite or lie outside of
  ///   the support, and rows whose density is 0; then nothing has changed.
  @discardableResult
  public mutating func fit(
    _ data: Batch, given context: Batch? = nil, _ training: Training = Training(), key: RandomKey
  ) throws(FlowError) -> [Double] {
    try data.check("the data", features: features)
    try check(context, rows: data.rows)
    try data.check(within: distribution.support)
    guard data.rows > 0 else { throw .noRows }
    var begun = self
    begun.begin(with: data, given: context)
    try begun.checkDensities(of: data, given: context)
    self = begun
    let (program, states) = trainingProgram
    let executor = Executor(
      CompiledProgram(program, precision: precision), pool: WorkerPool())
    let values = ParameterBuffer(parameters.values, precision: precision)
    let gradient = ParameterBuffer(count: values.count, precision: precision)
    let optimizer = OptimizerState(
      training.optimizer, for: values, first: parameters.trainedCount)
    var order = RowOrder(rows: data.rows, batch: training.batch, key: key)
    let inputs = [data] + (context.map { [$0] } ?? [])
    let losses = (0..<training.steps).map { step in
      let results = order.withNext { indices in
        executor.results(inputs, indices, parameters: values, gradient: gradient)
      }
      let phase = Double.pi * Double(step) / Double(training.steps)
      let norm = optimizer.step(
        values, gradient: gradient,
        rate: training.rate * 0.5 * (1 + UnaryFunction.cosine.value(phase)),
        maximumNorm: training.maximumNorm)
      if norm.isFinite { values.update(states, to: results.dropFirst()) }
      return results[0]
    }
    parameters.values = values.values
    return losses
  }
}

extension Model {
  /// - Throws: ``FlowError`` for a row of density 0: its gradient would be no number.
  private func checkDensities(of data: Batch, given context: Batch?) throws(FlowError) {
    let logDensities = try logDensity(of: data, given: context)
    if let row = logDensities.firstIndex(where: { !$0.isFinite }) { throw .densityZero(row: row) }
  }
}

extension ParameterBuffer {
  /// New values of states, one after the other; nothing changes where one is not finite.
  fileprivate func update(_ states: [Range<Int>], to results: ArraySlice<Double>) {
    guard results.allSatisfy(\.isFinite) else { return }
    var rest = results
    for range in states {
      replace(from: range.lowerBound, with: rest.prefix(range.count))
      rest = rest.dropFirst(range.count)
    }
  }
}

extension Executor {
  /// All outputs, one after the other, and the gradient of all parameters, from some of the rows.
  fileprivate func results(
    _ batches: [Batch], _ indices: UnsafeBufferPointer<Int32>, parameters: ParameterBuffer,
    gradient: ParameterBuffer
  ) -> [Double] {
    let program = compiled.program
    let counts = program.outputs.map { program.nodes[$0.node].shape.count }
    return Array(unsafeUninitializedCapacity: counts.reduce(0, +)) { results, filled in
      for count in counts {
        results[filled..<filled + count].initialize(repeating: 0)
        filled += count
      }
      var start = results.baseAddress!
      let outputs = counts.map { count -> OutputView in
        defer { start += count }
        return .double(start)
      }
      withViews(of: batches, indices) { views in
        run(
          rows: indices.count, inputs: views, parameters: parameters, outputs: outputs,
          gradients: gradient)
      }
    }
  }
}

/// Some of the rows of each batch, as an executor reads them.
private func withViews(
  of batches: [Batch], _ indices: UnsafeBufferPointer<Int32>, _ known: [BatchView] = [],
  _ body: ([BatchView]) -> Void
) {
  guard known.count < batches.count else { return body(known) }
  let batch = batches[known.count]
  batch.values.withUnsafeBufferPointer {
    let view = BatchView(
      .double($0.baseAddress!), stride: batch.features, indices: indices.baseAddress)
    withViews(of: batches, indices, known + [view], body)
  }
}

/// The order in which rows are gone through: a new one for each pass.
private struct RowOrder {
  private let key: RandomKey
  private let batch: Int
  private var indices: [Int32]
  private var next = 0
  private var pass: UInt64 = 0

  init(rows: Int, batch: Int, key: RandomKey) {
    self.key = key
    self.batch = min(batch, rows)
    indices = (0..<Int32(rows)).map { $0 }
    shuffle()
  }

  mutating func withNext<Result>(
    _ body: (UnsafeBufferPointer<Int32>) -> Result
  ) -> Result {
    if next + batch > indices.count {
      shuffle()
      next = 0
    }
    defer { next += batch }
    return indices.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[next..<next + batch]))
    }
  }

  /// Fisher and Yates's shuffle.
  private mutating func shuffle() {
    let numbers = key.split(pass).uniforms(indices.count)
    pass += 1
    for last in indices.indices.reversed() {
      indices.swapAt(last, min(last, Int(numbers[last] * Double(last + 1))))
    }
  }
}
