public import Tensors

/// A model that is being fitted: θ ← θ - rate · A(∇θ mean(-w log p(x | c))), one batch of rows after the
/// other, A being what the optimiser makes of the gradient and w the weight of a row, 1 where there are none.
///
/// ``Model/fit(_:given:_:key:)`` takes a fixed number of steps. A run lets the caller decide after each
/// one how long the next is, whether there is a next, and what to keep.
public final class TrainingRun {
  /// What a step found.
  public struct Step: Hashable, Sendable {
    /// The mean of -w log p over the rows of the step, before it.
    public let loss: Double
    /// The Euclidean norm of its gradient. Where it is not finite, nothing has changed.
    public let norm: Double
  }

  /// The number of steps so far.
  public private(set) var steps = 0
  /// The rows of a step.
  public let batch: Int
  private let start: Model
  private let executor: Executor
  private let descent: Descent
  /// A slow mean of the values, once it is asked for.
  private var average: ParameterBuffer?
  private let states: [Range<Int>]
  private let rows: [StoredRows]
  private let draw: DrawnRows.Draw?
  private var order: RowOrder
  private let results: Results

  /// No step taken yet.
  ///
  /// - Parameters:
  ///   - model: where it begins. What data sets is set as ``Scope/begin(_:)`` says.
  ///   - data: rows of D numbers.
  ///   - context: as many rows of C numbers; nil without context.
  ///   - weights: one for each row, usually 1 on average; nil for 1.
  ///   - draw: where rows are not known exactly, draws what they may be, before each step. The data are then only
  ///     what the model begins with.
  ///   - training: the rows of a step, the optimiser and the largest norm; steps and rate are the caller's.
  ///   - key: where the order of the rows comes from.
  ///   - pool: the workers.
  /// - Throws: ``FlowError`` for wrong widths, no rows, numbers that are not finite or lie outside of
  ///   the support, weights that are not finite or negative, and rows whose density is 0.
  public init(
    _ model: Model, _ data: Batch, given context: Batch? = nil, weights: [Double]? = nil,
    drawing draw: DrawnRows.Draw? = nil, _ training: Training, key: RandomKey,
    pool: WorkerPool = WorkerPool()
  ) throws(FlowError) {
    try data.check("the data", features: model.features, model.precision)
    try model.check(context, rows: data.rows)
    try data.check(within: model.distribution.support)
    try data.check(weights: weights, model.precision)
    var begun = model
    begun.begin(with: data, given: context, weights: weights)
    try begun.checkDensities(of: data, given: context)
    let isWeighted = weights != nil || draw != nil
    let (program, states) = begun.trainingProgram(isWeighted: isWeighted)
    let precision = model.precision
    start = begun
    self.states = states
    executor = Executor(CompiledProgram(program, precision: precision), pool: pool)
    descent = Descent(begun, training)
    let weightRows = weights.map { Batch(features: 1, $0) }
    rows = [data, context, weightRows].compactMap { batch in
      batch.map { StoredRows($0, precision: precision) }
    }
    self.draw = draw
    batch = min(training.batch, data.rows)
    order = RowOrder(rows: data.rows, batch: batch, key: key)
    results = Results(of: program)
  }

  /// Takes a step of length `rate`.
  ///
  /// - Parameter rate: its length.
  /// - Returns: what it found.
  public func step(rate: Double) -> Step {
    var offset = 0.0
    order.withNext { indices in
      if let draw {
        let drawn = draw(steps, indices.map(Int.init), start.with(descent.values))
        offset = drawn.offset
        compute(drawn)
      } else {
        compute(indices.count, rows.map { $0.view(indices.baseAddress) })
      }
    }
    let norm = descent.step(rate: rate)
    if norm.isFinite { descent.values.update(states, to: results.values.dropFirst()) }
    steps += 1
    return Step(loss: results.values[0] + offset, norm: norm)
  }

  private func compute(_ drawn: DrawnRows) {
    let weights = Batch(features: 1, drawn.weights)
    let stored = [drawn.rows, drawn.given, weights].compactMap { batch in
      batch.map { StoredRows($0, precision: start.precision) }
    }
    withExtendedLifetime(stored) { compute(weights.rows, stored.map { $0.view() }) }
  }

  private func compute(_ count: Int, _ inputs: [BatchView]) {
    executor.run(
      rows: count, inputs: inputs, parameters: descent.values, outputs: results.views,
      gradients: descent.gradient)
  }

  /// The numbers of the rows of the last step.
  public var lastRows: [Int] { order.last.map(Int.init) }

  /// Moves the average of the parameters by `weight` of the way to where they are; the first time, the whole
  /// way.
  ///
  /// - Parameter weight: from 0 to 1.
  public func average(weight: Double) {
    let values = descent.values
    if let average { return average.move(toward: values, by: weight) }
    average = ParameterBuffer(values.values, precision: values.precision)
  }

  /// The model as it is after the last step.
  public var model: Model { start.with(descent.values) }

  /// The model with averaged parameters (Polyak and Juditsky 1992); as it is where none were asked for.
  public var averagedModel: Model { start.with(average ?? descent.values) }
}

// MARK: - Interruption

extension TrainingRun {
  /// All that a run needs to go on as if it had not been interrupted, besides what it was made from.
  public struct Snapshot: Hashable, Sendable {
    /// The number of steps so far.
    public var steps: Int
    /// The values of all parameters and states.
    public var values: [Double]
    /// Their average; nil for none.
    public var average: [Double]?
    /// The state of the optimiser.
    public var optimizer: OptimizerState.Snapshot

    /// A state that was kept.
    ///
    /// - Parameters:
    ///   - steps: the number of steps so far.
    ///   - values: the values of all parameters and states.
    ///   - average: their average; nil for none.
    ///   - optimizer: the state of the optimiser.
    public init(
      steps: Int, values: [Double], average: [Double]?, optimizer: OptimizerState.Snapshot
    ) {
      self.steps = steps
      self.values = values
      self.average = average
      self.optimizer = optimizer
    }
  }

  /// The state after the last step. To go on from it gives the same bytes as not to have stopped.
  public var snapshot: Snapshot {
    get {
      Snapshot(
        steps: steps, values: descent.values.values, average: average?.values,
        optimizer: descent.optimizer.snapshot)
    }
    set {
      steps = newValue.steps
      descent.values.values = newValue.values
      average = newValue.average.map { ParameterBuffer($0, precision: start.precision) }
      descent.optimizer.snapshot = newValue.optimizer
      order.move(to: steps)
    }
  }
}

/// Where the outputs of a program without rows go.
private final class Results {
  let views: [OutputView]
  private let memory: UnsafeMutableBufferPointer<Double>

  init(of program: Program) {
    let counts = program.outputs.map { program.nodes[$0.node].shape.count }
    memory = .allocate(capacity: counts.reduce(0, +))
    memory.initialize(repeating: 0)
    var next = memory.baseAddress!
    views = counts.map { count in
      defer { next += count }
      return .double(next)
    }
  }

  deinit { memory.deallocate() }

  /// All outputs, one after the other.
  var values: UnsafeBufferPointer<Double> { UnsafeBufferPointer(memory) }
}

extension Model {
  /// - Throws: ``FlowError`` for a row of density 0: its gradient would be no number.
  fileprivate func checkDensities(of data: Batch, given context: Batch?) throws(FlowError) {
    let logDensities = try logDensity(of: data, given: context)
    if let row = logDensities.firstIndex(where: { !$0.isFinite }) { throw .densityZero(row: row) }
  }
}

extension ParameterBuffer {
  /// New values of states, one after the other; nothing changes where one is not finite.
  fileprivate func update(_ states: [Range<Int>], to results: Slice<UnsafeBufferPointer<Double>>) {
    guard results.allSatisfy(\.isFinite) else { return }
    var rest = results
    for range in states {
      replace(from: range.lowerBound, with: rest.prefix(range.count))
      rest = rest.dropFirst(range.count)
    }
  }
}
