public import Tensors

/// xᵢ = f(zᵢ; θᵢ(z₁, …, zᵢ₋₁, c)) with θ from one masked network (Kingma, Salimans, Józefowicz,
/// Chen, Sutskever and Welling 2016); the Jacobian is triangular.
///
/// Forward costs one pass of the network, the inverse D of them, feature by feature. To have the cheap
/// direction for densities, as a masked autoregressive flow does, use ``Bijector/inverted``.
public struct Autoregressive: Bijector {
  /// f, from ℝ to ℝ or an interval
  public let transform: any ElementwiseTransform
  /// D
  public let features: Int
  /// C
  public let contextFeatures: Int
  /// What computes the parameters of f.
  public let network: Network

  /// An autoregressive layer in the natural order of the features.
  ///
  /// - Parameters:
  ///   - transform: f
  ///   - features: D
  ///   - context: C
  ///   - network: what computes the parameters of f; it is masked.
  public init(
    _ transform: any ElementwiseTransform, features: Int, context: Int = 0,
    network: Network = .standard
  ) {
    precondition(features >= 1, "at least one feature expected, got \(features)")
    self.transform = transform
    self.features = features
    contextFeatures = context
    self.network = network
  }

  /// That of f, for each feature
  public var domain: [Interval] { Array(repeating: transform.domain, count: features) }
  /// That of f, for each feature
  public var codomain: [Interval] { Array(repeating: transform.codomain, count: features) }

  /// All features at once
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let image = transform.forward(z, parameters(from: z, scope))
    return Image(image.value, LogDet(image.logSlope))
  }

  /// One feature after the other: a round computes all of them from what is known of z, and keeps
  /// the next one. What is not yet known counts as a point of the domain, never as a number that
  /// could overflow.
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let unknown = x.zeros + transform.domain.interior
    let number = x.trace.constant([0], [1]).spread(like: x)
    let solved = scope.iterated(
      [unknown, unknown, number], captured: [x], rounds: features
    ) { states, captured, inner in
      let (z, slopes, number) = (states[0], states[1], states[2])
      let image = transform.inverse(captured[0], parameters(from: z, inner))
      let places = z.trace.constant((0..<features).map(Double.init), [features])
      let isNext = places.combined(.equal, number)
      return [
        Tensor.select(isNext, image.value, z), Tensor.select(isNext, image.logSlope, slopes),
        number + 1,
      ]
    }
    return Image(solved[0], LogDet(solved[1]))
  }

  private func parameters(from z: Tensor, _ scope: Scope) -> Tensor {
    let owners = transform.layout.owners(
      features: features, parameters: transform.parameterCount)
    return network.parameters(
      from: z, like: z,
      .autoregressive(features: features, context: contextFeatures, owners: owners), transform,
      features: features, context: contextFeatures, scope)
  }
}
