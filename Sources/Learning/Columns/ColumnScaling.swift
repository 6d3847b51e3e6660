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

  /// The scaling for values that `map` is defined for.
  ///
  /// - Parameters:
  ///   - map: g
  ///   - values: the column; at least one value.
  /// - Returns: nil where g takes all values to one number, or to infinity.
  public init?(map: ColumnMap, of values: [Double]) {
    let mapped = values.map(map.forward)
    let moments = Moments(of: mapped)
    guard moments.deviation > 0, moments.deviation.isFinite else { return nil }
    self.init(map: map, mean: moments.mean, deviation: moments.deviation)
  }

  /// (g(x) - m)/s
  public func forward(_ x: Double) -> Double { (map.forward(x) - mean) / deviation }

  /// g⁻¹(m + s y)
  public func inverse(_ y: Double) -> Double { map.inverse(mean + deviation * y) }

  /// log dy/dx
  public func logSlope(_ x: Double) -> Double {
    map.logSlope(x) - UnaryFunction.logarithm.value(deviation)
  }
}

/// The mean and the deviation √(Σ (x - mean)²/n) of numbers, in two passes.
struct Moments {
  let mean: Double
  let deviation: Double

  init(of values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
