public import Tensors

/// Samples of one distribution again and again: its program is made once.
public final class Sampler {
  private let model: Model
  private let executor: Executor
  private let parameters: ParameterBuffer
  /// Why they give no samples.
  private let flaw: FlowError?

  /// A sampler for `model`.
  ///
  /// - Parameters:
  ///   - model: the distribution.
  ///   - pool: the workers; how many there are changes nothing in the samples.
  public init(_ model: Model, pool: WorkerPool = WorkerPool()) {
    self.model = model
    executor = Executor(
      CompiledProgram(model.samplingProgram, precision: model.precision), pool: pool)
    parameters = ParameterBuffer(model.parameters.values, precision: model.precision)
    flaw = model.parameters.flaw(model.precision)
  }

  /// The samples with these numbers; sample i depends on the key and on i alone, and on row i of the context.
  /// Fewer than 16 rows are multiplied in another order than more, so that their last bits may differ.
  ///
  /// - Parameters:
  ///   - rows: B numbers, from 0.
  ///   - key: where randomness comes from.
  ///   - context: B rows of C numbers, those of the samples in `rows`; nil without context.
  /// - Returns: B rows of D numbers.
  /// - Throws: ``FlowError`` if the context has the wrong width or number of rows, and for parameters that are not
  ///   finite.
  public func samples(
    _ rows: Range<Int>, key: RandomKey, given context: Batch? = nil
  ) throws(FlowError) -> Batch {
    model.requireSamples(rows)
    if let flaw { throw flaw }
    try model.check(context, rows: rows.count)
    let inputs = model.noise(of: rows, key) + (context.map { [$0.values] } ?? [])
    let found = executor.outputs(rows: rows.count, inputs: inputs, parameters: parameters)
    return Batch(features: model.features, found[0])
  }
}

extension Model {
  /// The most numbers that samples and their noise may be together: 80 GB.
  private static let mostNumbers = 10_000_000_000

  /// Stops where memory could not hold samples with these numbers, or numbers of random numbers could not be counted.
  fileprivate func requireSamples(_ rows: Range<Int>) {
    require(rows.lowerBound >= 0, "samples are numbered from 0, not from \(rows.lowerBound)")
    let noise = distribution.noise
    let numbers = features + noise.normals + noise.uniforms
    require(
      rows.count <= Self.mostNumbers / numbers,
      "\(rows.count) samples are too many; of \(numbers) numbers each, random ones included, there may be "
        + "\(Self.mostNumbers / numbers) at once: take them in portions from a Sampler")
    require(
      rows.upperBound <= Int.max / numbers,
      "a sample with the number \(rows.upperBound); the last one is number \(Int.max / numbers)")
  }

  /// The random numbers of samples, as inputs of programs that sample.
  package func noise(of rows: Range<Int>, _ key: RandomKey) -> [[Double]] {
    let noise = distribution.noise
    var inputs: [[Double]] = []
    if noise.normals > 0 {
      inputs.append(
        key.split(0).normals(
          rows.count * noise.normals, first: rows.lowerBound * noise.normals))
    }
    if noise.uniforms > 0 {
      let (first, count) = (rows.lowerBound * noise.uniforms, rows.count * noise.uniforms)
      let key = key.split(1)
      // In `Float` as they will be used: rounded from `Double`, a number could become 1.
      inputs.append(
        precision == .float
          ? [Float](count: count) { key.uniform(first: first, into: $0) }.map(Double.init)
          : key.uniforms(count, first: first))
    }
    return inputs
  }
}
