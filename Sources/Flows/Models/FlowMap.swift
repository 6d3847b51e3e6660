public import Tensors

/// The two directions of one flow's map, x = f(z; c) and z = f⁻¹(x; c), again and again: each program is made once.
public final class FlowMap {
  private let model: Model
  private let forward, inverse: Executor
  private let parameters: ParameterBuffer

  /// The map of `model`.
  ///
  /// - Parameters:
  ///   - model: a model of a ``Flow``.
  ///   - pool: the workers.
  /// - Returns: nil where the distribution is no flow.
  public init?(_ model: Model, pool: WorkerPool = WorkerPool()) {
    guard let flow = model.distribution as? Flow else { return nil }
    func executor(_ direction: (Tensor, Scope) -> Image) -> Executor {
      let program = model.program { trace, source in
        let points = trace.input("points", features: model.features)
        let context = Model.context(of: flow, in: trace)
        let scope = Scope(trace, context: context, source: source).child("bijector")
        return [("image", direction(points, scope).value)]
      }
      return Executor(CompiledProgram(program, precision: model.precision), pool: pool)
    }
    self.model = model
    parameters = ParameterBuffer(model.parameters.values, precision: model.precision)
    forward = executor(flow.bijector.forward)
    inverse = executor(flow.bijector.inverse)
  }

  /// f(z; c) of each row.
  ///
  /// - Parameters:
  ///   - z: B rows of D numbers.
  ///   - context: B rows of C numbers; nil without context.
  /// - Throws: ``FlowError`` for wrong widths and for numbers that are not finite.
  public func forward(_ z: Batch, given context: Batch? = nil) throws(FlowError) -> Batch {
    try image(of: z, context, forward)
  }

  /// f⁻¹(x; c) of each row.
  ///
  /// - Parameters:
  ///   - x: B rows of D numbers.
  ///   - context: B rows of C numbers; nil without context.
  /// - Throws: ``FlowError`` for wrong widths and for numbers that are not finite.
  public func inverse(_ x: Batch, given context: Batch? = nil) throws(FlowError) -> Batch {
    try image(of: x, context, inverse)
  }

  private func image(
    of points: Batch, _ context: Batch?, _ executor: Executor
  ) throws(FlowError) -> Batch {
    try points.check("the data", features: model.features)
    try model.check(context, rows: points.rows)
    let values = executor.outputs(
      rows: points.rows, inputs: [points.values] + (context.map { [$0.values] } ?? []),
      parameters: parameters)
    return Batch(features: model.features, values[0])
  }
}
