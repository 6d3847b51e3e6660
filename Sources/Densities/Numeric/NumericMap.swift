public import Certificates
public import Evaluation
public import Symbolics
public import Tensors

/// A problem's map compiled for many rows in `Double`: forward, inverse, log-determinant, density and
/// samples.
///
/// A stack of stages is evaluated stage by stage: values are passed on, log-determinants are added.
/// Rows are given and returned as one column a coordinate.
public struct NumericMap: Sendable {
  /// The problem whose map this is.
  public let problem: Problem
  private let stages: [NumericStage]
  private let sampler: BaseSampler?

  /// Compiles the map.
  ///
  /// - Parameters:
  ///   - problem: the map.
  ///   - verdict: what was proven of it; the inverse comes from its formulas or evidence.
  /// - Throws: `EvaluationError` when a parameter has no value.
  public init(_ problem: Problem, verdict: Verdict) throws(EvaluationError) {
    self.problem = problem
    stages = try MapStage.stages(of: problem, verdict).map { stage throws(EvaluationError) in
      try NumericStage(stage)
    }
    sampler = try problem.base.map { base throws(EvaluationError) in try BaseSampler(base) }
  }

  /// x = f(z)
  public func forward(_ z: [[Double]]) throws(EvaluationError) -> [[Double]] {
    var current = z
    for stage in stages { current = try stage.forward.values(columns: current, rows: z.rowCount) }
    return current
  }

  /// z = f⁻¹(x), NaN outside of the image; nil when f is not known to have an inverse.
  public func inverse(_ x: [[Double]]) throws(EvaluationError) -> [[Double]]? {
    var current = x
    for stage in stages.reversed() {
      guard let inverse = stage.inverse else { return nil }
      current = try inverse.values(columns: current)
    }
    return current
  }

  /// log|det Df(z)|, the sum over the stages; nil where the dimension changes.
  public func logAbsDet(_ z: [[Double]]) throws(EvaluationError) -> [Double]? {
    var total = [Double](repeating: 0, count: z.rowCount)
    var current = z
    for stage in stages {
      guard let formula = stage.logAbsDet else { return nil }
      let terms = try formula.values(columns: current, rows: z.rowCount)[0]
      for row in total.indices { total[row] += terms[row] }
      current = try stage.forward.values(columns: current, rows: z.rowCount)
    }
    return total
  }

  /// Rows of base samples, reproducible: a row depends on the seed and its number alone. nil without
  /// a base distribution.
  public func baseSamples(rows: Range<Int>, seed: UInt64) -> [[Double]]? {
    sampler?.columns(rows: rows, seed: seed)
  }

  /// Rows of samples x = f(z), z drawn from the base distribution; nil without one.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows; a row depends on the seed and its number alone.
  ///   - seed: the seed.
  ///   - pool: threads that share the rows.
  /// - Returns: one column a coordinate.
  public func samples(
    rows: Range<Int>, seed: UInt64, on pool: WorkerPool? = nil
  ) throws(EvaluationError) -> [[Double]]? {
    try RowPieces.columns(rows: rows.count, on: pool) { piece throws(EvaluationError) in
      let start = rows.lowerBound
      let z = baseSamples(rows: start + piece.lowerBound..<start + piece.upperBound, seed: seed)
      return try z.map { z throws(EvaluationError) in try forward(z) }
    }
  }
}

/// One stage, compiled.
struct NumericStage: Sendable {
  let forward: CompiledFormulas
  let inverse: TriangularInverse?
  let logAbsDet: CompiledFormulas?

  init(_ stage: MapStage) throws(EvaluationError) {
    forward = try CompiledFormulas(stage.formulas, inputs: stage.inputs)
    inverse = try stage.inverse.map { plan throws(EvaluationError) in
      try TriangularInverse(steps: plan.steps, outputs: plan.outputs, variables: plan.variables)
    }
    logAbsDet = try stage.logAbsDet.map { formula throws(EvaluationError) in
      try CompiledFormulas([formula], inputs: stage.inputs)
    }
  }
}

extension [[Double]] {
  /// The number of rows of a table of columns.
  var rowCount: Int { first?.count ?? 0 }
}
