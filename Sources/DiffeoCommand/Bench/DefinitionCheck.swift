import Flows
import Tensors

/// Compares what a flow computes with its definition: basic operations, one number at a time, in `Double`.
struct DefinitionCheck {
  private let model: Model
  private let pool: WorkerPool
  /// How many rows are compared: more than take products with vectors.
  let rows = 24

  init(of model: Model, _ pool: WorkerPool) {
    self.model = model
    self.pool = pool
  }

  /// The greatest |difference| of log p, over these rows together and over the first of them alone.
  func logDensities(at x: Batch) throws -> Double {
    let scorer = Scorer(model, pool: pool)
    let first = x.slice(0..<1)
    let expected = definition(of: x)
    return max(
      try compared(scorer.logDensity(of: x), expected, "log-densities"),
      try compared(scorer.logDensity(of: first), Array(expected.prefix(1)), "log-densities"))
  }

  /// The greatest |difference| of the numbers of the first `count` samples.
  func samples(_ count: Int, key: RandomKey) throws -> Double {
    let found = try Sampler(model, pool: pool).samples(0..<count, key: key)
    let expected = ReferenceInterpreter(model.samplingProgram).run(
      inputs: model.noise(of: 0..<count, key), parameters: model.parameters.values, rows: count
    ).outputs[0]
    return try compared(found.values, expected, "samples")
  }

  /// log p of each row by the definition.
  func definition(of x: Batch) -> [Double] {
    ReferenceInterpreter(model.densityProgram.keeping(["logDensity"])).run(
      inputs: [x.values], parameters: model.parameters.values, rows: x.rows
    ).outputs[0]
  }

  /// The greatest |difference|.
  ///
  /// - Throws: an internal error where rounding does not explain it.
  func compared(_ found: [Double], _ expected: [Double], _ what: String) throws -> Double {
    let differences = zip(found, expected).map { ($0 - $1).magnitude }
    // A difference that is no number is one of those that rounding does not explain.
    let greatest = differences.first { !$0.isFinite } ?? differences.max() ?? .infinity
    guard greatest <= allowance else {
      throw CommandFailure(
        .internalError,
        "error: \(what) differ by \(greatest) from their definition, by more than \(allowance); "
          + "figures of such a flow mean nothing")
    }
    return greatest
  }

  /// What rounding explains: each trained number takes part in one product of a row, the error of which is
  /// half of 2⁻²³ of a number of size 1.
  private var allowance: Double {
    Double(model.parameters.values.count) * Double(Float.ulpOfOne) / 2
  }
}
