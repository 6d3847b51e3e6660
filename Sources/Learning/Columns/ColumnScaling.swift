import Tensors

/// y = (g(x) - m)/s: what a flow sees of a column, of mean 0 and deviation 1 on the data it was made for.
public struct ColumnScaling: Hashable, Sendable, Codable {
  /// g
  public let map: ColumnMap
  /// m
  public let mean: Double
  /// s > 0
  public let deviation: Double

  /// A scaling with these numbers.
  ///
  /// - Parameters:
  ///   - map: g
  ///   - mean: m
  ///   - deviation: s > 0
  public init(map: ColumnMap, mean: Double, deviation: Double) {
    precondition(deviation > 0, "a deviation of \(deviation)")
    self.map = map
    self.mean = mean
    self.deviation = deviation
  }

  /// The scaling for values that `map` is defined for: m = Σ w g(x)/Σ w, s = √(Σ w (g(x) - m)²/Σ w).
  ///
  /// - Parameters:
  ///   - map: g
  ///   - values: the column; at least one value.
  ///   - weights: w > 0 of each value; nil for equal ones.
  /// - Returns: nil where g takes all values to one number, or to infinity.
  public init?(map: ColumnMap, of values: [Double], weights: [Double]? = nil) {
    let mapped = values.map(map.forward)
    let moments = Moments(of: mapped, weights: weights)
    guard moments.deviation > 0, moments.deviation.isFinite else { return nil }
    self.init(map: map, mean: moments.mean, deviation: moments.deviation)
  }

  /// (g(x) - m)/s
  public func forward(_ x: Double) -> Double { (map.forward(x) - mean) / deviation }

  /// g⁻¹(m + s y)
  public func inverse(_ y: Double) -> Double { map.inverse(mean + deviation * y) }

  /// Two deviations on both sides of the mean, in the units of x.
  public var usualRange: ClosedRange<Double> { inverse(-2)...inverse(2) }

  /// log dy/dx
  public func logSlope(_ x: Double) -> Double {
    map.logSlope(x) - UnaryFunction.logarithm.value(deviation)
  }
}

/// The mean Σ w x/Σ w and the deviation √(Σ w (x - mean)²/Σ w) of numbers, in two passes, in units of a power of two of
/// their own size: so that squares of very large and very small numbers are numbers too.
struct Moments {
  let mean: Double
  let deviation: Double

  /// - Parameters:
  ///   - values: x
  ///   - weights: w ≥ 0 with a positive sum; 1 for all where it is nil.
  init(of values: [Double], weights: [Double]? = nil) {
    let total = weights?.reduce(0, +) ?? Double(values.count)
    func average(_ term: (Double) -> Double) -> Double {
      guard let weights else { return values.reduce(0) { $0 + term($1) } / total }
      return zip(values, weights).reduce(0) { $0 + $1.1 * term($1.0) } / total
    }
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    let isScaled = largest.isNormal && largest.exponent.magnitude > 300
    let unit = isScaled ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    let center = average { $0 / unit }
    let variance = average { ($0 / unit - center) * ($0 / unit - center) }
    self.mean = center * unit
    deviation = variance.squareRoot() * unit
  }
}
