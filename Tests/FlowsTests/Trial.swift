import Tensors

@testable import Flows

/// A bijector with random parameters, ready to be evaluated.
struct Trial {
  let bijector: any Bijector
  let parameters: ParameterSet
  let context: Int

  /// Parameters are far from the first ones, where many laws hold for simpler reasons.
  init(_ bijector: any Bijector, deviation: Double = 0.4) {
    self.bijector = bijector
    context = bijector.contextFeatures
    let trace = Trace()
    let source = ParameterSource(collectingIn: trace)
    let scope = Scope(trace, context: Trial.context(bijector, trace), source: source)
    let x = trace.input("x", features: bijector.features)
    _ = bijector.forward(x, scope)
    // A parameter may be used in one direction alone.
    _ = bijector.inverse(x, scope)
    parameters = ParameterSet(source.known.map(\.declaration), key: RandomKey(seed: 5))
      .shaken(by: deviation)
  }

  /// The bijector with the given parameters.
  init(_ bijector: any Bijector, _ parameters: ParameterSet) {
    self.bijector = bijector
    self.parameters = parameters
    context = bijector.contextFeatures
  }

  private static func context(_ bijector: any Bijector, _ trace: Trace) -> Tensor? {
    bijector.contextFeatures == 0
      ? nil : trace.input("context", features: bijector.contextFeatures)
  }

  /// Outputs `value` and `logDet`, and what `more` adds.
  func program(
    _ direction: SplineDirection,
    more: (_ x: Tensor, _ value: Tensor, _ logDet: Tensor) -> [(name: String, tensor: Tensor)] = {
      _, _, _ in []
    }
  ) -> Program {
    let trace = Trace()
    let source = ParameterSource(parameters.declarations, in: trace)
    let x = trace.input("x", features: bijector.features)
    let scope = Scope(trace, context: Trial.context(bijector, trace), source: source)
    let image =
      direction == .forward ? bijector.forward(x, scope) : bijector.inverse(x, scope)
    let logDet = image.logDet.summed(like: x)
    return Program(
      trace,
      outputs: [("value", image.value), ("logDet", logDet)] + more(x, image.value, logDet))
  }

  /// The outputs of a program for rows `x`, each with a context of its own, or all with that of one row.
  func run(
    _ program: Program, _ x: [Double], _ precision: Precision = .double, givenThatOf row: Int? = nil
  ) -> [[Double]] {
    let rows = x.count / bijector.features
    let executor = Executor(
      CompiledProgram(program, precision: precision), pool: WorkerPool(count: 1))
    let contexts = row.map { row in
      self.contexts(rows: row + 1).map { own in (0..<rows).flatMap { _ in own.suffix(context) } }
    }
    return executor.values(
      rows: rows, inputs: [x] + (contexts ?? self.contexts(rows: rows)),
      parameters: parameters.values
    ).outputs
  }

  func contexts(rows: Int) -> [[Double]] {
    context == 0 ? [] : [RandomKey(seed: 8).uniforms(rows * context).map { 2 * $0 - 1 }]
  }
}

extension ParameterSet {
  /// Normal numbers added to all values.
  func shaken(by deviation: Double, seed: UInt64 = 6) -> ParameterSet {
    var shaken = self
    let noise = RandomKey(seed: seed).normals(values.count)
    shaken.values = zip(values, noise).map { $0 + deviation * $1 }
    return shaken
  }
}

/// `count` numbers spread over a range at random.
func points(_ count: Int, in range: ClosedRange<Double>, seed: UInt64 = 4) -> [Double] {
  RandomKey(seed: seed).uniforms(count).map {
    range.lowerBound + (range.upperBound - range.lowerBound) * $0
  }
}
