@testable import Tensors

/// A program with everything that its steps need, set aside beforehand.
final class TrainingRun {
  let parameters: ParameterBuffer
  private let rows: Int
  private let executor: Executor
  private let gradients: ParameterBuffer?
  private let optimizer: OptimizerState
  private let inputs: [UnsafeMutableBufferPointer<Double>]
  private let results: [UnsafeMutableBufferPointer<Double>]
  private let inputViews: [BatchView]
  private let outputViews: [OutputView]

  /// The program of a case, differentiated as far as it can be compiled then.
  init(
    _ operation: OperationCase, isDifferentiated: Bool = true, rows: Int, _ precision: Precision,
    _ pool: WorkerPool, _ optimizer: Optimizer = .adam()
  ) {
    let gradient = operation.program.differentiated("loss")
    let program =
      isDifferentiated && !gradient.needsTwoPasses ? gradient : operation.program
    let (inputs, values) = operation.samples(rows: rows, seed: 11)
    self.rows = rows
    executor = Executor(CompiledProgram(program, precision: precision), pool: pool)
    parameters = ParameterBuffer(values, precision: precision)
    gradients =
      program.parameterGradients.isEmpty
      ? nil : ParameterBuffer(count: values.count, precision: precision)
    self.optimizer = OptimizerState(optimizer, for: parameters)
    self.inputs = inputs.map { TrainingRun.buffer($0) }
    results = program.outputs.map { output in
      let shape = program.nodes[output.node].shape
      let count = shape.count * (shape.isPerRow ? rows : 1)
      return TrainingRun.buffer(Array(repeating: 0, count: count))
    }
    inputViews = zip(self.inputs, operation.inputs).map {
      BatchView(.double($0.baseAddress!), stride: $1.features)
    }
    outputViews = results.map { .double($0.baseAddress!) }
  }

  deinit {
    for buffer in inputs + results { buffer.deallocate() }
  }

  private static func buffer(_ values: [Double]) -> UnsafeMutableBufferPointer<Double> {
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, values.count))
    buffer.initialize(repeating: 0)
    for (i, value) in values.enumerated() { buffer[i] = value }
    return buffer
  }

  /// Runs the program and, with gradients, changes the parameters.
  func step(rate: Double = 0.01) {
    executor.run(
      rows: rows, inputs: inputViews, parameters: parameters, outputs: outputViews,
      gradients: gradients)
    if let gradients { optimizer.step(parameters, gradient: gradients, rate: rate) }
  }

  /// All outputs of the last step.
  var outputs: [Double] { results.flatMap { $0 } }
}

extension OperationCase {
  /// A small flow with what learned maps consist of: dense layers, a masked one, a spline coupling,
  /// elementwise chains and sums over features.
  static let smallFlow = OperationCase(
    "small flow", inputs: [(4, -2...2)],
    parameters: [
      ([16, 2], -1...1), ([16], -0.5...0.5), ([2 * spline.parameterCount, 16], -0.3...0.3),
      ([4, 4], -1...1),
    ]
  ) { inputs, p in
    let x = inputs[0]
    let (kept, moved) = (x.slice(0..<2), x.slice(2..<4))
    let hidden = relu(p[0].matmul(kept) + p[1])
    let (value, slope) = moved.splined(
      spline, .forward, parameters: p[2].matmul(hidden).reshaped(2, spline.parameterCount))
    let mask = x.trace.constant((0..<16).map { $0 / 4 > $0 % 4 ? 1 : 0 }, [4, 4])
    let scales = tanh((p[3] * mask).matmul(Tensor.concatenated([kept, value])))
    let image = x * exp(scales) + scales
    return square(image).sum() * 0.5 - slope.sum() - scales.sum()
  }

  private static let spline = Spline(bins: 5, bound: 3)
}
