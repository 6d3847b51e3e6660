import Tensors

/// What the splines of a named flow do beyond their bound.
public enum SplineTails: Hashable, Sendable, CaseIterable {
  /// The identity
  case identity
  /// Straight lines with learned slopes
  case linear
  /// Straight lines with learned slopes, and where a feature reaches the data learned heavy tails as those of a
  /// ``HeavyTailTransform``. For the tails to have rows to learn from, the bound is best 2 or 3.
  case heavy

  /// The splines of the layers from the base to the data.
  ///
  /// - Parameters:
  ///   - layers: how many there are.
  ///   - last: the number of layers of which each feature is transformed by one.
  ///   - bins: K
  ///   - bound: splines act on [-bound, bound].
  /// - Returns: a transform for each layer, from the base's side.
  func splines(
    _ layers: Int, last: Int, bins: Int, bound: Double
  ) -> [any ElementwiseTransform] {
    requireSome("layer", layers, atMost: mostLayers)
    let ends: SplineEnds = self == .identity ? .identity : .linear
    let spline = RationalQuadraticTransform(Spline(bins: bins, bound: bound, ends: ends))
    return (0..<layers).map { self == .heavy && $0 >= layers - last ? spline.heavyTailed : spline }
  }
}
