public import Tensors

/// The two directions of one flow's map, x = f(z; c) and z = f⁻¹(x; c), again and again: each program is made once.
public final class FlowMap {
  /// What a direction makes of a batch.
  public struct Images: Hashable, Sendable {
    /// The images, B rows of D numbers.
    public let values: Batch
    /// log|det J| of the map that was applied, B numbers.
    public let logDets: [Double]
  }

  private let model: Model
  private let forwardDirection, inverseDirection: Direction
  private let parameters: ParameterBuffer
  /// Why they give no images.
  private let flaw: FlowError?

  /// The map of `model`.
  ///
  /// - Parameters:
  ///   - model: a model of a ``Flow``.
  ///   - pool: the workers.
  /// - Returns: nil where the distribution is no flow.
  public init?(_ model: Model, pool: WorkerPool = WorkerPool()) {
    guard let flow = model.distribution as? Flow else { return nil }
    func direction(_ sides: [Interval], _ apply: (Tensor, Scope) -> Image) -> Direction {
      let program = model.program { trace, source in
        let points = trace.input("points", features: model.features)
        let context = Model.context(of: flow, in: trace)
        let scope = Scope(trace, context: context, source: source).child("bijector")
        let image = apply(points, scope)
        return [("image", image.value), ("logDet", image.logDet.summed(like: points))]
      }
      let compiled = CompiledProgram(program, precision: model.precision)
      return Direction(sides: sides, executor: Executor(compiled, pool: pool))
    }
    self.model = model
    parameters = ParameterBuffer(model.parameters.values, precision: model.precision)
    flaw = model.parameters.flaw(model.precision)
    forwardDirection = direction(flow.bijector.domain, flow.bijector.checkedForward)
    inverseDirection = direction(flow.bijector.codomain, flow.bijector.checkedInverse)
  }

  /// f(z; c) of each row.
  ///
  /// - Parameters:
  ///   - z: B rows of D numbers in the domain of f.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: B rows of D numbers.
  /// - Throws: ``FlowError`` for wrong widths, and for numbers that are not finite or lie outside of the domain,
  ///   and for parameters that are not finite.
  public func forward(_ z: Batch, given context: Batch? = nil) throws(FlowError) -> Batch {
    try forwardAndLogDets(z, given: context).values
  }

  /// f⁻¹(x; c) of each row.
  ///
  /// - Parameters:
  ///   - x: B rows of D numbers in the image of f.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: B rows of D numbers.
  /// - Throws: ``FlowError`` for wrong widths, for numbers that are not finite, for rows to which no point leads, and
  ///   for parameters that are not finite.
  public func inverse(_ x: Batch, given context: Batch? = nil) throws(FlowError) -> Batch {
    try inverseAndLogDets(x, given: context).values
  }

  /// f(z; c) and log|det ∂x/∂z| of each row.
  ///
  /// - Parameters:
  ///   - z: B rows of D numbers in the domain of f.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: the images and the log-dets.
  /// - Throws: ``FlowError`` as ``forward(_:given:)`` does.
  public func forwardAndLogDets(
    _ z: Batch, given context: Batch? = nil
  ) throws(FlowError) -> Images {
    try images(of: z, context, forwardDirection)
  }

  /// f⁻¹(x; c) and log|det ∂z/∂x| of each row.
  ///
  /// - Parameters:
  ///   - x: B rows of D numbers in the image of f.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: the preimages and the log-dets.
  /// - Throws: ``FlowError`` as ``inverse(_:given:)`` does.
  public func inverseAndLogDets(
    _ x: Batch, given context: Batch? = nil
  ) throws(FlowError) -> Images {
    try images(of: x, context, inverseDirection)
  }

  private func images(
    of points: Batch, _ context: Batch?, _ direction: Direction
  ) throws(FlowError) -> Images {
    if let flaw { throw flaw }
    try points.check("the data", features: model.features, model.precision)
    try points.check(within: direction.sides)
    try model.check(context, rows: points.rows)
    let found = direction.executor.outputs(
      rows: points.rows, inputs: [points.values] + (context.map { [$0.values] } ?? []),
      parameters: parameters)
    let images = Images(values: Batch(features: model.features, found[0]), logDets: found[1])
    // A box may be larger than the set: a map says by -∞ where no point leads to a row.
    for row in 0..<points.rows
    where !(images.logDets[row] > -.infinity) || images.values[row].contains(where: \.isNaN) {
      throw .noImage(row: row)
    }
    return images
  }
}

/// What is computed in one direction, and where.
private struct Direction {
  let sides: [Interval]
  let executor: Executor
}
