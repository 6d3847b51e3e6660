/// Whether a column's probabilities are right: u = F(x | c) of each row under the distribution function F of the
/// model (*probability integral transform*; Dawid 1984; Gneiting, Balabdaoui and Raftery 2007). If the model is the
/// rows' own distribution, u is uniform on (0, 1).
public struct Calibration: Hashable, Sendable {
  /// The column
  public let column: String
  /// u of each row that has a value of the column
  public let values: [Double]
  /// The number of samples that F was counted from; nil where F is the flow's own, Φ(f⁻¹(y)), or the integral of the
  /// density.
  public let samples: Int?

  /// The number of rows that are left out, as they have no value of the column
  public let missing: Int

  /// A calibration from u of all rows; NaN where the value is missing.
  init(column: String, values: [Double], samples: Int?) {
    self.column = column
    self.values = values.filter { !$0.isNaN }
    self.samples = samples
    missing = values.count - self.values.count
  }

  /// supᵤ |F̂(u) - u|, the Kolmogorov–Smirnov distance of u from the uniform distribution, F̂ being the share of rows
  /// up to u; NaN where no row has a value.
  public var kolmogorovSmirnov: Double {
    guard !values.isEmpty else { return .nan }
    let count = Double(values.count)
    return values.sorted().enumerated().reduce(0) { largest, entry in
      let (index, u) = entry
      return max(largest, Double(index + 1) / count - u, u - Double(index) / count)
    }
  }

  /// The share of rows in the central interval that has this mass under the model: |2u - 1| ≤ mass; NaN where no row
  /// has a value.
  ///
  /// - Parameter mass: from 0 to 1.
  public func coverage(of mass: Double) -> Double {
    Double(values.count { (2 * $0 - 1).magnitude <= mass }) / Double(values.count)
  }
}
