#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Tests of samples whose false-alarm rate is known: with a fixed seed they pass or fail for good,
/// and a correct sampler fails with this probability over the choice of the seed.
enum Statistics {
  /// The false-alarm rate of every statistical test here.
  static let falseAlarmRate = 1e-6

  /// Kolmogorov and Smirnov's distance D between a sample and a distribution function, as the
  /// probability of a larger one: 2 Σ (-1)^(k-1) e^(-2 k² λ²), λ = (√n + 0.12 + 0.11/√n) D
  /// (M. Stephens, Journal of the Royal Statistical Society B 32, 1970).
  static func kolmogorovProbability(_ sample: [Double], _ cdf: (Double) -> Double) -> Double {
    let sorted = sample.sorted()
    let n = Double(sample.count)
    var distance = 0.0
    for (k, x) in sorted.enumerated() {
      let p = cdf(x)
      distance = max(distance, p - Double(k) / n, Double(k + 1) / n - p)
    }
    let lambda = (n.squareRoot() + 0.12 + 0.11 / n.squareRoot()) * distance
    var sum = 0.0
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * lambda * lambda)
      sum += k % 2 == 1 ? term : -term
    }
    return min(1, 2 * sum)
  }

  /// Pearson's χ² of observed against expected counts as a standard normal deviate, by Wilson and
  /// Hilferty's cube root.
  static func chiSquareDeviate(observed: [Int], expected: [Double], freedom: Int) -> Double {
    var chiSquare = 0.0
    for (o, e) in zip(observed, expected) {
      chiSquare += (Double(o) - e) * (Double(o) - e) / e
    }
    let v = 2 / (9 * Double(freedom))
    return (cbrt(chiSquare / Double(freedom)) - (1 - v)) / v.squareRoot()
  }

  /// A standard normal deviate is above it with probability `falseAlarmRate`.
  static let deviateLimit = 4.753_424_308_822_899
}
