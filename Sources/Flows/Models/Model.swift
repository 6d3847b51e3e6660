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
    distribution.requireSides()
    requireContext(of: "\(type(of: distribution))", [distribution.contextFeatures])
    self.distribution = distribution
    self.precision = precision
    let trace = Trace()
    let source = ParameterSource(collectingIn: trace)
    let x = trace.input("x", features: distribution.features)
    _ = distribution.checkedLogDensity(
      x, Scope(trace, context: Model.context(of: distribution, in: trace), source: source))
    parameters = ParameterSet(source.known.map(\.declaration), key: key)
  }

  /// D
  public var features: Int { distribution.features }
  /// C
  public var contextFeatures: Int { distribution.contextFeatures }

  static func context(of distribution: any Distribution, in trace: Trace) -> Tensor? {
    let count = distribution.contextFeatures
    return count > 0 ? trace.input("context", features: count) : nil
  }

  /// Traces a program of this model. Its parameters lie in the order of ``parameters``.
  func program(
    _ body: (_ trace: Trace, _ source: ParameterSource) -> [(name: String, tensor: Tensor)]
  ) -> Program {
    let trace = Trace()
    let program = Program(
      trace, outputs: body(trace, ParameterSource(parameters.declarations, in: trace)))
    require(
      !program.needsTwoPasses,
      "values of a row depend on other rows, through meanOverRows() or sumOverRows(): they must be made from the row, "
        + "its context and parameters alone. A mean over the data can be kept as a state of a part, by mean(_:) and "
        + "update(_:to:) of its Scope, as BatchNorm does")
    return program
  }

  /// log p of an input `x` and, with context, `context`; and the weights of rows, a further input where they have some.
  func tracedLogDensity(
    _ trace: Trace, _ source: ParameterSource, isWeighted: Bool = false
  ) -> (logDensity: Tensor, weights: Tensor?) {
    let x = trace.input("x", features: features)
    let context = Model.context(of: distribution, in: trace)
    let weights = isWeighted ? trace.input("weights", features: 1).column(0) : nil
    let scope = Scope(trace, context: context, weights: weights, source: source)
    return (distribution.checkedLogDensity(x, scope), weights)
  }

  /// log p: inputs `x` and, with context, `context`; outputs `logDensity` `[B]` and `loss`, the mean
  /// of -log p.
  public var densityProgram: Program {
    program { trace, source in
      let (logDensity, _) = tracedLogDensity(trace, source)
      return [("logDensity", logDensity), ("loss", -logDensity.meanOverRows())]
    }
  }

  /// Samples: inputs `normals`, `uniforms` and `context`, as far as they are used; output `x`.
  public var samplingProgram: Program {
    program { trace, source in
      let noise = Noise(distribution.noise, in: trace)
      let context = Model.context(of: distribution, in: trace)
      return [
        ("x", distribution.checkedSample(noise, Scope(trace, context: context, source: source)))
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
  /// - Throws: ``FlowError`` for wrong widths, and for numbers and parameters that are not finite.
  public func logDensity(of x: Batch, given context: Batch? = nil) throws(FlowError) -> [Double] {
    try Scorer(self).logDensity(of: x, given: context)
  }

  /// `count` samples, or one for each row of the context.
  ///
  /// - Parameters:
  ///   - count: B, not negative.
  ///   - key: where randomness comes from. Sample i depends on the key and on i alone.
  ///   - context: B rows of C numbers; nil without context.
  /// - Returns: B rows of D numbers.
  /// - Throws: ``FlowError`` if the context has the wrong width or number of rows, and for parameters that are not
  ///   finite.
  public func samples(
    _ count: Int, key: RandomKey, given context: Batch? = nil
  ) throws(FlowError) -> Batch {
    require(count >= 0, "\(count) samples were asked for")
    return try Sampler(self).samples(0..<count, key: key, given: context)
  }

  func check(_ context: Batch?, rows: Int) throws(FlowError) {
    guard (context != nil) == (contextFeatures > 0) else {
      throw .wrongContext(expected: contextFeatures)
    }
    guard let context else { return }
    try context.check("the context", features: contextFeatures, precision)
    guard context.rows == rows else {
      throw .wrongRowCount(what: "the context", expected: rows, found: context.rows)
    }
  }
}
