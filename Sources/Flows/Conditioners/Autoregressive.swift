public import Tensors

/// xᵢ = f(zᵢ; θᵢ(z₁, …, zᵢ₋₁, c)) with θ from one masked network (Kingma, Salimans, Józefowicz,
/// Chen, Sutskever and Welling 2016); the Jacobian is triangular.
///
/// Both directions cost one pass of the network: forward all features at once, the inverse feature
/// by feature, where every hidden unit is computed as soon as what it sees is known. The inverse takes
/// D steps of small products, which are slower than a few large ones. To have the faster direction
/// for densities, as a masked autoregressive flow does, use ``Bijector/inverted``.
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

  /// One feature after the other, each with the hidden units that it is the last to complete.
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let pass = DegreePass(wiring, scope.child("network"))
    var newest = scope.required(contextFeatures)
    var (values, logSlopes): ([Tensor], [Tensor]) = ([], [])
    for feature in 0..<features {
      let parameters = nextParameters(newest, pass)
      let image = transform.inverse(x.slice(feature..<feature + 1), parameters)
      values.append(image.value)
      logSlopes.append(image.logSlope)
      newest = image.value
      pass.advance()
    }
    return Image(Tensor.concatenated(values), LogDet(Tensor.concatenated(logSlopes)))
  }

  /// The parameters of the feature that follows those known, in the layout of f.
  private func nextParameters(_ newest: Tensor?, _ pass: DegreePass) -> Tensor {
    let dims = transform.layout.dims(features: 1, parameters: transform.parameterCount)
    if transform.parameterCount == 0 { return pass.scope.trace.constant([], dims) }
    return network.nextOutputs(
      newest, pass, initial: transform.initialTable(features: features)
    ).reshaped(dims)
  }

  private func parameters(from z: Tensor, _ scope: Scope) -> Tensor {
    network.parameters(
      from: z, like: z, wiring, transform, features: features, context: contextFeatures, scope)
  }

  private var wiring: Wiring {
    let owners = transform.layout.owners(
      features: features, parameters: transform.parameterCount)
    return .autoregressive(features: features, context: contextFeatures, owners: owners)
  }
}
