#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Beta(a, b) as X/(X + Y) of two gamma variables, by their logarithms: for small shapes both would
/// underflow.
struct BetaSampler: Sendable {
  let a: Double
  let b: Double

  func draw(from stream: inout RandomStream) -> Double {
    let difference = logGamma(shape: a, &stream) - logGamma(shape: b, &stream)
    // X/(X + Y) = 1/(1 + e^(-difference)), kept off the ends that rounding would give.
    let ratio =
      difference >= 0 ? 1 / (1 + exp(-difference)) : exp(difference) / (1 + exp(difference))
    return min(max(ratio, .leastNonzeroMagnitude), 1.0.nextDown)
  }

  /// The logarithm of a gamma variable of scale 1; for shape < 1 by that of shape + 1 and a uniform
  /// number to the power 1/shape.
  ///
  /// Source: G. Marsaglia, W. Tsang, "A simple method for generating gamma variables", ACM
  /// Transactions on Mathematical Software 26, 2000.
  private func logGamma(shape: Double, _ stream: inout RandomStream) -> Double {
    if shape < 1 { return logGamma(shape: shape + 1, &stream) + log(stream.uniform()) / shape }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal(&stream)
      let root = 1 + c * x
      if root <= 0 { continue }
      let v = root * root * root
      if log(stream.uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return log(d * v) }
    }
  }

  /// A standard normal number by Box and Muller's transform.
  private func normal(_ stream: inout RandomStream) -> Double {
    (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
  }
}
