public import Tensors

/// A distribution with values for its parameters: what is trained, kept and used.
public struct Model: Sendable {
  /// What the parameters belong to.
  public let distribution: any Distribution
  /// The values of all parameters.
  public var parameters: ParameterSet
  /// The number format of all computations.
  public let precision: Precision

  /// A model with its first parameter values.
  ///
  /// - Parameters:
  ///   - distribution: usually a ``Flow``.
  ///   - key: where random first values come from; the same key gives the same model.
  ///   - precision: `float` for learning, `double` for checking.
  public init(_ distribution: any Distribution, key: RandomKey, precision: Precision = .float) {
    self.distribution = distribution
    self.precision = precision
    let trace = Trace()
    let source = ParameterSource(collectingIn: trace)
    let x = trace.input("x", features: distribution.features)
    _ = distribution.logDensity(
      x, Scope(trace, context: Model.context(of: distribution, in: trace), source: source))
    parameters = ParameterSet(source.known.map(\.declaration), key: key)
  }

  /// D
  public var features: Int { distribution.features }
  /// C
  public var contextFeatures: Int { distribution.contextFeatures }

  private static func context(of distribution: any Distribution, in trace: Trace) -> Tensor? {
    let count = distribution.contextFeatures
    return count > 0 ? trace.input("context", features: count) : nil
  }

  /// Traces a program of this model. Its parameters lie in the order of ``parameters``.
  func program(
    _ body: (_ trace: Trace, _ source: ParameterSource) -> [(name: String, tensor: Tensor)]
  ) -> Program {
    let trace = Trace()
    return Program(
      trace, outputs: body(trace, ParameterSource(parameters.declarations, in: trace)))
  }

  /// log p of an input `x` and, with context, `context`.
  func tracedLogDensity(_ trace: Trace, _ source: ParameterSource) -> Tensor {
    let x = trace.input("x", features: features)
    let context = Model.context(of: distribution, in: trace)
    return distribution.logDensity(x, Scope(trace, context: context, source: source))
  }

  /// log p: inputs `x` and, with context, `context`; outputs `logDensity` `[B]` and `loss`, the mean
  /// of -log p.
  public var densityProgram: Program {
    program { trace, source in
      let logDensity = tracedLogDensity(trace, source)
      return [("logDensity", logDensity), ("loss", -logDensity.meanOverRows())]
    }
  }

  /// Samples: inputs `normals`, `uniforms` and `context`, as far as they are used; output `x`.
  public var samplingProgram: Program {
    program { trace, source in
      let noise = Noise(distribution.noise, in: trace)
      let context = Model.context(of: distribution, in: trace)
      return [
        ("x", distribution.sample(noise, Scope(trace, context: context, source: source)))
      ]
    }
  }
}

// MARK: - Densities and samples

extension Model {
  /// log p(x | c) of each row.
  ///
  /// - Parameters:
  ///   - x: B rows of D numbers.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: B numbers; -∞ for rows outside of the support.
  /// - Throws: ``FlowError`` for wrong widths and for numbers that are not finite.
  public func logDensity(of x: Batch, given context: Batch? = nil) throws(FlowError) -> [Double] {
    try Scorer(self).logDensity(of: x, given: context)
  }

  /// `count` samples, or one for each row of the context.
  ///
  /// - Parameters:
  ///   - count: B
  ///   - key: where randomness comes from. Sample i depends on the key and on i alone.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: B rows of D numbers.
  /// - Throws: ``FlowError`` if the context has the wrong width or number of rows.
  public func samples(
    _ count: Int, key: RandomKey, given context: Batch? = nil
  ) throws(FlowError) -> Batch {
    try check(context, rows: count)
    let noise = distribution.noise
    var inputs: [Batch?] = []
    if noise.normals > 0 {
      let numbers = key.split(0).normals(count * noise.normals)
      inputs.append(Batch(features: noise.normals, numbers))
    }
    if noise.uniforms > 0 {
      // In `Float` as they will be used: rounded from `Double`, a number could become 1.
      let numbers =
        precision == .float
        ? key.split(1).floatUniforms(count * noise.uniforms)
        : key.split(1).uniforms(count * noise.uniforms)
      inputs.append(Batch(features: noise.uniforms, numbers))
    }
    let executor = Executor(
      CompiledProgram(samplingProgram, precision: precision), pool: WorkerPool())
    let rows = executor.values(
      rows: count, inputs: (inputs + [context]).compactMap { $0?.values },
      parameters: parameters.values)
    return Batch(features: features, rows.outputs[0])
  }

  func check(_ context: Batch?, rows: Int) throws(FlowError) {
    guard (context != nil) == (contextFeatures > 0) else {
      throw .wrongContext(expected: contextFeatures)
    }
    guard let context else { return }
    try context.check("the context", features: contextFeatures)
    guard context.rows == rows else {
      throw .wrongRowCount(what: "the context", expected: rows, found: context.rows)
    }
  }

}

extension RandomKey {
  /// The first `count` uniform numbers in `Float`.
  func floatUniforms(_ count: Int) -> [Double] {
    [Float](count: count) { uniform(into: $0) }.map(Double.init)
  }
}
