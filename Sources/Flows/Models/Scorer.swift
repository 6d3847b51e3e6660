public import Tensors

/// log p(x | c) of one distribution again and again: its program is made once.
public final class Scorer {
  private let model: Model
  private let executor: Executor
  /// The model's own, packed once: to pack them takes longer than a row.
  private let parameters: ParameterBuffer
  /// Why they give no densities.
  private let flaw: FlowError?

  /// A scorer for `model`, and for other values of its parameters.
  ///
  /// - Parameters:
  ///   - model: the distribution.
  ///   - pool: the workers.
  public init(_ model: Model, pool: WorkerPool = WorkerPool()) {
    self.model = model
    let program = model.densityProgram.keeping(["logDensity"])
    executor = Executor(CompiledProgram(program, precision: model.precision), pool: pool)
    parameters = ParameterBuffer(model.parameters.values, precision: model.precision)
    flaw = model.parameters.flaw(model.precision)
  }

  /// log p(x | c) of each row.
  ///
  /// - Parameters:
  ///   - x: B rows of D numbers.
  ///   - context: B rows of C numbers; nil without context.
  ///   - parameters: the values of the parameters; the model's own by default.
  /// - Returns: B numbers; -∞ for rows outside of the support.
  /// - Throws: ``FlowError`` for wrong widths, and for numbers and parameters that are not finite.
  public func logDensity(
    of x: Batch, given context: Batch? = nil, with parameters: ParameterSet? = nil
  ) throws(FlowError) -> [Double] {
    if let parameters {
      require(
        parameters.haveSameForm(as: model.parameters),
        "parameters of another model than the scorer's, by their names and extents")
    }
    if let flaw = parameters.map({ $0.flaw(model.precision) }) ?? flaw { throw flaw }
    try x.check("the data", features: model.features, model.precision)
    try model.check(context, rows: x.rows)
    let values = parameters.map { ParameterBuffer($0.values, precision: model.precision) }
    return executor.outputs(
      rows: x.rows, inputs: [x.values] + (context.map { [$0.values] } ?? []),
      parameters: values ?? self.parameters)[0]
  }
}
