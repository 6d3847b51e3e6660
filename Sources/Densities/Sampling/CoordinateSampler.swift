import Evaluation
import Symbolics

/// How one coordinate is drawn: a formula in two uniform numbers, or a rejection method.
enum CoordinateSampler: Sendable {
  case formula(CompiledFormulas, within: ClosedRange<Double>?)
  case beta(BetaSampler)

  private static let inputs = [Symbol("u", 1), Symbol("u", 2)]
  private static let u = Expression(inputs[0])
  private static let v = Expression(inputs[1])

  /// The sampler of coordinate `k` of a product distribution.
  init(_ distribution: BaseDistribution, _ k: Int) throws(EvaluationError) {
    let u = Self.u
    switch distribution {
    case .normal(let mean, let deviation):
      self = try .compiled(mean[k] + deviation[k] * .call(.norminv, [u]))
    case .multivariateNormal(let mean, let covariance):
      // Reached for a single coordinate only.
      self = try .compiled(mean[k] + covariance[k][k].squareRoot * .call(.norminv, [u]))
    case .uniform(let box):
      guard let lower = box[k].lower.value, let upper = box[k].upper.value else {
        preconditionFailure("coordinate \(k + 1) of the uniform distribution is unbounded")
      }
      self = try .compiled(lower + (upper - lower) * u, between: lower, and: upper)
    case .logistic(let location, let scale):
      self = try .compiled(location[k] + scale[k] * .call(.logit, [u]))
    case .laplace(let location, let scale):
      let half = Predicate.compare(u, .less, .rational(1, 2))
      let standard = Expression.piecewise([
        Branch(.log(2 * u), if: half), Branch(-.log(2 - 2 * u), if: .always),
      ])
      self = try .compiled(location[k] + scale[k] * standard)
    case .studentT(let degrees):
      // ν(u^(-2/ν) - 1) by expm1 (Bailey, Mathematics of Computation 62, 1994).
      let radius = degrees[k] * .call(.expm1, [-2 / degrees[k] * .log(u)])
      self = try .compiled(radius.squareRoot * .call(.cos, [2 * .pi * Self.v]))
    case .exponential(let rate): self = try .compiled(-.call(.log1p, [-u]) / rate[k])
    case .beta(let a, let b):
      let shapes = try CompiledFormulas([a[k], b[k]], inputs: []).values(at: [])
      self = .beta(BetaSampler(a: shapes[0], b: shapes[1]))
    case .independent(let parts): self = try CoordinateSampler(parts[k], 0)
    }
  }

  private static func compiled(
    _ formula: Expression, between lower: Expression? = nil, and upper: Expression? = nil
  ) throws(EvaluationError) -> CoordinateSampler {
    let compiled = try CompiledFormulas([formula], inputs: inputs)
    guard let lower, let upper else { return .formula(compiled, within: nil) }
    let ends = try CompiledFormulas([lower, upper], inputs: []).values(at: [])
    // The rounded value may reach an end, which an open interval does not include.
    return .formula(compiled, within: ends[0].nextUp...max(ends[0].nextUp, ends[1].nextDown))
  }

  /// One value a row of `rows`.
  func column(rows: Range<Int>, coordinate: Int, seed: UInt64) throws(EvaluationError) -> [Double] {
    switch self {
    case .beta(let sampler):
      return rows.map { row in
        var stream = RandomStream(seed: seed, row: row, coordinate: coordinate)
        return sampler.draw(from: &stream)
      }
    case .formula(let formula, let range):
      var uniforms = [[Double](), []]
      for row in rows {
        var stream = RandomStream(seed: seed, row: row, coordinate: coordinate)
        uniforms[0].append(stream.uniform())
        uniforms[1].append(stream.uniform())
      }
      let values = try formula.values(columns: uniforms, rows: rows.count)[0]
      guard let range else { return values }
      return values.map { min(max($0, range.lowerBound), range.upperBound) }
    }
  }
}
