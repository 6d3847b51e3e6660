import Flows

/// Draws missing coordinates from q, a wide normal distribution given the observed ones, so that
/// p(y\_O) = E[p(y)/q(y\_M | y\_O)].
///
/// Its mean and covariance are those that make the observed coordinates likeliest (EM; Dempster, Laird and Rubin
/// 1977). They need not be right: any q gives the right mean, a good one a small variance.
struct NormalImputation: Sendable {
  private let mean: [Double]
  private let patterns: [[Bool]: (conditional: ConditionalNormal, factor: Cholesky)]

  /// q is so much wider in variance than the conditional distribution: its tails must not be lighter than p's.
  private static let widening = 2.0
  private static let mostSteps = 100
  private static let tolerance = 1e-4
  /// Added to variances, which are about 1, so that columns that determine each other have a density.
  private static let ridge = 1e-4

  /// - Parameters:
  ///   - rows: y, NaN where a value is missing.
  ///   - moments: the mean and covariance; the likeliest of these rows by default.
  /// - Returns: nil where nothing is missing.
  init?(_ rows: Batch, moments known: (mean: [Double], covariance: [Double])? = nil) {
    guard rows.values.contains(where: \.isNaN) else { return nil }
    let moments = known ?? Self.likeliestMoments(rows)
    mean = moments.mean
    patterns = Self.conditionals(rows, moments.covariance).mapValues { conditional in
      let wide = conditional.covariance.map { $0 * Self.widening }
      // Σ has all eigenvalues above the ridge, and so have its conditional covariances.
      return (conditional, Cholesky(wide, size: conditional.missing.count)!)
    }
  }

  /// Fills in what is missing in a row.
  ///
  /// - Parameters:
  ///   - y: the row, whose pattern of missing values is one of those of the rows that q is made for.
  ///   - noise: a standard normal number for each coordinate.
  /// - Returns: log q of what was filled in.
  func complete(_ y: inout [Double], noise: ArraySlice<Double>) -> Double {
    let (conditional, factor) = patterns[y.map(\.isNaN)]!
    let z = conditional.missing.map { noise[noise.startIndex + $0] }
    let center = conditional.mean(given: y, mean)
    for (place, (i, shift)) in zip(conditional.missing, factor.product(z)).enumerated() {
      y[i] = center[place] + shift
    }
    let square = z.reduce(0) { $0 + $1 * $1 }
    return -0.5 * (square + factor.logDeterminant) - Double(z.count) * logRootTwoPi
  }
}

extension NormalImputation {
  /// The conditional distribution for each pattern of missing values among the rows.
  private static func conditionals(
    _ rows: Batch, _ covariance: [Double]
  ) -> [[Bool]: ConditionalNormal] {
    var conditionals: [[Bool]: ConditionalNormal] = [:]
    for row in 0..<rows.rows {
      let pattern = rows[row].map(\.isNaN)
      guard pattern.contains(true), conditionals[pattern] == nil else { continue }
      conditionals[pattern] = ConditionalNormal(pattern, covariance: covariance)!
    }
    return conditionals
  }

  /// μ and Σ that make the observed coordinates likeliest, Σ with a ridge.
  static func likeliestMoments(_ rows: Batch) -> (mean: [Double], covariance: [Double]) {
    let size = rows.features
    var mean = [Double](repeating: 0, count: size)
    var covariance = (0..<size * size).map { $0.isMultiple(of: size + 1) ? 1.0 : 0 }
    for _ in 0..<mostSteps {
      let next = step(rows, mean, covariance)
      let change = zip(next.mean + next.covariance, mean + covariance)
        .reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
      (mean, covariance) = next
      if change < tolerance { break }
    }
    return (mean, covariance)
  }

  /// One step of EM: moments of the rows with conditional means in the place of missing values, and the conditional
  /// covariances added.
  private static func step(
    _ rows: Batch, _ mean: [Double], _ covariance: [Double]
  ) -> (mean: [Double], covariance: [Double]) {
    let size = rows.features
    let conditionals = conditionals(rows, covariance)
    var completed: [Double] = []
    var sums = [Double](repeating: 0, count: size * size)
    for row in 0..<rows.rows {
      var y = Array(rows[row])
      if let conditional = conditionals[y.map(\.isNaN)] {
        let values = conditional.mean(given: y, mean)
        for (place, i) in conditional.missing.enumerated() {
          y[i] = values[place]
          for (other, j) in conditional.missing.enumerated() {
            sums[i * size + j] += conditional.covariance[place * values.count + other]
          }
        }
      }
      completed += y
    }
    let batch = Batch(features: size, completed)
    let own = NormalMoments(of: batch)
    let all = zip(own.covariance, sums).enumerated().map { index, part in
      part.0 + part.1 / Double(rows.rows) + (index.isMultiple(of: size + 1) ? ridge : 0)
    }
    return (own.mean, all)
  }
}
