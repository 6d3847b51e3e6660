import Evaluation
import Symbolics
import Tensors

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How one coordinate is drawn: a standard variable, moved and scaled.
package enum CoordinateSampler: Sendable {
  case normal(mean: Double, deviation: Double)
  case uniform(lower: Double, upper: Double)
  case logistic(location: Double, scale: Double)
  case laplace(location: Double, scale: Double)
  case studentT(degreesOfFreedom: Double)
  case exponential(rate: Double)
  case beta(a: Double, b: Double)

  /// The sampler of coordinate `k` of a product distribution.
  init(_ distribution: BaseDistribution, _ k: Int) throws(EvaluationError) {
    switch distribution {
    case .normal(let mean, let deviation):
      let numbers = try Self.numbers(mean[k], deviation[k])
      self = .normal(mean: numbers[0], deviation: numbers[1])
    case .multivariateNormal(let mean, let covariance):
      // Reached for a single coordinate only.
      let numbers = try Self.numbers(mean[k], covariance[k][k].squareRoot)
      self = .normal(mean: numbers[0], deviation: numbers[1])
    case .uniform(let box):
      guard let lower = box[k].lower.value, let upper = box[k].upper.value else {
        preconditionFailure("coordinate \(k + 1) of the uniform distribution is unbounded")
      }
      let numbers = try Self.numbers(lower, upper)
      self = .uniform(lower: numbers[0], upper: numbers[1])
    case .logistic(let location, let scale):
      let numbers = try Self.numbers(location[k], scale[k])
      self = .logistic(location: numbers[0], scale: numbers[1])
    case .laplace(let location, let scale):
      let numbers = try Self.numbers(location[k], scale[k])
      self = .laplace(location: numbers[0], scale: numbers[1])
    case .studentT(let degrees):
      self = .studentT(degreesOfFreedom: try Self.numbers(degrees[k])[0])
    case .exponential(let rate): self = .exponential(rate: try Self.numbers(rate[k])[0])
    case .beta(let a, let b):
      let numbers = try Self.numbers(a[k], b[k])
      self = .beta(a: numbers[0], b: numbers[1])
    case .independent(let parts): self = try CoordinateSampler(parts[k], 0)
    }
  }

  private static func numbers(_ formulas: Expression...) throws(EvaluationError) -> [Double] {
    try CompiledFormulas(formulas, inputs: []).values(at: [])
  }

  /// One value a row of `rows`; a value depends on the key and the row's number alone.
  func column(rows: Range<Int>, key: RandomKey) -> [Double] {
    let (count, first) = (rows.count, rows.lowerBound)
    switch self {
    case .normal(let mean, let deviation):
      return key.normals(count, first: first).map { mean + deviation * $0 }
    case .uniform(let lower, let upper):
      // The rounded value may reach an end, which an open interval does not include.
      let least = lower.nextUp
      let greatest = max(least, upper.nextDown)
      return key.uniforms(count, first: first).map {
        min(max(lower + (upper - lower) * $0, least), greatest)
      }
    case .logistic(let location, let scale):
      return key.logistics(count, first: first).map { location + scale * $0 }
    case .laplace(let location, let scale):
      return key.laplaces(count, first: first).map { location + scale * $0 }
    case .studentT(let degrees):
      return key.students(count, first: first, degreesOfFreedom: degrees)
    case .exponential(let rate): return key.exponentials(count, first: first).map { $0 / rate }
    case .beta(let a, let b):
      let numerator = GammaSampler(shape: a).logarithms(rows: rows, key: key.split(0))
      let other = GammaSampler(shape: b).logarithms(rows: rows, key: key.split(1))
      return zip(numerator, other).map { Self.share($0 - $1) }
    }
  }

  /// X/(X + Y) = 1/(1 + e^(-difference)) of two gamma variables, with the difference of their
  /// logarithms, kept off the ends that rounding would give.
  private static func share(_ difference: Double) -> Double {
    let ratio =
      difference >= 0 ? 1 / (1 + exp(-difference)) : exp(difference) / (1 + exp(difference))
    return min(max(ratio, .leastNonzeroMagnitude), 1.0.nextDown)
  }
}
