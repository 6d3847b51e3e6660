public import Tensors

/// p(x) = Π pₖ(xₖ): distributions on features of their own, one after the other.
public struct Independent: Distribution {
  /// p₁, p₂, …
  public let parts: [any Distribution]
  /// D, the sum of the parts' features
  public let features: Int
  /// The context that the parts share.
  public let contextFeatures: Int

  /// The parts in the order of their features.
  ///
  /// - Parameter parts: at least one.
  public init(_ parts: [any Distribution]) {
    require(!parts.isEmpty, "a product needs a distribution")
    for part in parts { part.requireSides() }
    self.parts = parts
    features = parts.reduce(0) { $0 + $1.features }
    requireFeatures(features)
    contextFeatures = commonContext("product of distributions", parts.map(\.contextFeatures))
  }

  /// The supports of the parts
  public var support: [Interval] { parts.flatMap(\.support) }
  /// Those of all parts
  public var noise: NoiseCount { NoiseCount(parts.map(\.noise)) }

  /// Σ log pₖ(xₖ)
  public func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    var start = 0
    let logDensities = parts.enumerated().map { number, part in
      let own = x.slice(start..<start + part.features)
      start += part.features
      return part.checkedLogDensity(own, scope.child("\(number)"))
    }
    return logDensities.dropFirst().reduce(logDensities[0], +)
  }

  /// A sample of each part
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let portions = noise.split(parts.map(\.noise))
    return Tensor.concatenated(
      parts.indices.map { parts[$0].checkedSample(portions[$0], scope.child("\($0)")) })
  }
}

extension NoiseCount {
  /// What several samples take together.
  ///
  /// - Parameter parts: what each of them takes.
  public init(_ parts: [NoiseCount]) {
    self.init(
      normals: parts.reduce(0) { $0 + $1.normals }, uniforms: parts.reduce(0) { $0 + $1.uniforms })
  }
}

extension Noise {
  private init(normals: Tensor?, uniforms: Tensor?) {
    self.normals = normals
    self.uniforms = uniforms
  }

  /// Portions for several samples, one after the other: what a distribution made of parts hands on to them.
  ///
  /// - Parameter counts: what each of them takes; all together as many as there are.
  /// - Returns: the portions.
  public func split(_ counts: [NoiseCount]) -> [Noise] {
    var (normal, uniform) = (0, 0)
    return counts.map { count in
      defer {
        normal += count.normals
        uniform += count.uniforms
      }
      return Noise(
        normals: count.normals > 0 ? normals?.slice(normal..<normal + count.normals) : nil,
        uniforms: count.uniforms > 0 ? uniforms?.slice(uniform..<uniform + count.uniforms) : nil)
    }
  }
}
