#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Numerical integration for tests.
enum Quadrature {
  /// Nodes and weights of the tanh-sinh rule (Takahasi and Mori, 1974): the trapezoidal rule in t
  /// after x = m + r·tanh(π/2·sinh t), exponentially accurate for integrands analytic inside.
  static func tanhSinh(over range: ClosedRange<Double>) -> ([Double], [Double]) {
    let middle = (range.lowerBound + range.upperBound) / 2
    let radius = (range.upperBound - range.lowerBound) / 2
    let step = 1.0 / 512
    var (nodes, weights): ([Double], [Double]) = ([], [])
    for k in -1600...1600 {
      let t = Double(k) * step
      let s = .pi / 2 * sinh(t)
      let x = middle + radius * tanh(s)
      guard x > range.lowerBound, x < range.upperBound else { continue }
      nodes.append(x)
      weights.append(radius * step * .pi / 2 * cosh(t) / (cosh(s) * cosh(s)))
    }
    return (nodes, weights)
  }

  /// e^x
  static func exponential(_ x: Double) -> Double { exp(x) }
}
