internal import Tensors

/// The form of splines of polynomials on [-bound, bound].
public struct SplineForm: Hashable, Sendable {
  /// K, the number of bins.
  public let bins: Int
  /// The spline acts on [-bound, bound].
  public let bound: Double
  /// The least width and height of a bin, as a fraction of the whole.
  public let minimumBin: Double

  /// K bins on [-bound, bound].
  ///
  /// - Parameters:
  ///   - bins: K
  ///   - bound: the end of the last bin.
  ///   - minimumBin: the least width and height of a bin, as a fraction of the whole.
  public init(bins: Int = 8, bound: Double = 5, minimumBin: Double = 1e-3) {
    requireSome("bin", bins)
    requireBound(bound)
    require(
      minimumBin > 0 && minimumBin * Double(bins) < 1,
      "\(bins) bins of at least \(minimumBin) do not fit")
    self.bins = bins
    self.bound = bound
    self.minimumBin = minimumBin
  }

  /// Bins on both axes, from the first 2K parameters of each feature.
  func axes(_ parameters: Tensor) -> (across: SplineBins, up: SplineBins) {
    func axis(_ columns: Range<Int>) -> SplineBins {
      SplineBins(sharing: parameters.columns(columns), bound: bound, least: minimumBin)
    }
    return (axis(0..<bins), axis(bins..<2 * bins))
  }
}
