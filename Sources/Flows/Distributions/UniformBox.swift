public import Tensors

/// p(x) = 1/volume on a box, its faces included, 0 elsewhere.
public struct UniformBox: Distribution {
  /// The sides of the box.
  public let support: [Interval]

  /// The box with the given sides.
  ///
  /// - Parameter sides: a bounded interval for each feature.
  public init(_ sides: [Interval]) {
    requireFeatures(sides.count)
    require(
      sides.allSatisfy { ($0.upper - $0.lower).isFinite },
      "a uniform distribution needs bounded sides, not \(sides)")
    support = sides
  }

  /// D
  public var features: Int { support.count }
  /// D uniform numbers
  public var noise: NoiseCount { NoiseCount(uniforms: features) }

  /// -log volume, or -∞
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let trace = x.trace
    // In `Float` the lengths of narrow sides would be differences of rounded ends.
    let logVolume = support.reduce(0) { $0 + UnaryFunction.logarithm.value($1.upper - $1.lower) }
    return Tensor.select(
      x.isWithin(support).sum() .< Double(features), trace.constant(-.infinity),
      trace.constant(-logVolume).spread(like: x))
  }

  /// lower + (upper - lower) u, not on a face
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let lower = scope.trace.constant(support.map(\.lower), [features])
    let width = scope.trace.constant(support.map { $0.upper - $0.lower }, [features])
    return (lower + width * noise.uniforms!).moved(into: support)
  }
}
