public import Tensors

/// xᵢ = f(zᵢ; θᵢ(z₁, …, zᵢ₋₁, c)) with θ from one masked network (Kingma, Salimans, Józefowicz,
/// Chen, Sutskever and Welling 2016); the Jacobian is triangular. Instead of all features before it, a
/// feature may depend on those that a ``DependencyGraph`` lists.
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
  public let network: any MaskedNetwork
  /// Which features depend on which.
  public let dependencies: DependencyGraph

  /// An autoregressive layer in the natural order of the features.
  ///
  /// - Parameters:
  ///   - transform: f
  ///   - features: D
  ///   - context: C
  ///   - network: what computes the parameters of f; it is masked.
  public init(
    _ transform: any ElementwiseTransform, features: Int, context: Int = 0,
    network: any MaskedNetwork = Perceptron.standard
  ) {
    self.init(
      transform, dependencies: .natural(features), context: context, network: network)
  }

  /// A layer with the given dependencies among features.
  ///
  /// - Parameters:
  ///   - transform: f
  ///   - dependencies: which features depend on which.
  ///   - context: C
  ///   - network: what computes the parameters of f; it is masked.
  public init(
    _ transform: any ElementwiseTransform, dependencies: DependencyGraph, context: Int = 0,
    network: any MaskedNetwork = Perceptron.standard
  ) {
    self.transform = transform
    features = dependencies.parents.count
    contextFeatures = context
    self.network = network
    self.dependencies = dependencies
  }

  /// That of f, for each feature
  public var domain: [Interval] { Array(repeating: transform.domain, count: features) }
  /// That of f, for each feature
  public var codomain: [Interval] { Array(repeating: transform.codomain, count: features) }

  /// All features at once
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let image = transform.checkedForward(z, parameters(from: z, scope))
    return Image(image.value, LogDet(image.logSlope))
  }

  /// One feature after the other, each with the hidden units that it is the last to complete.
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let pass = DegreePass(wiring, scope.child("network"))
    var newest = scope.required(contextFeatures)
    var (values, logSlopes): ([Tensor], [Tensor]) = ([], [])
    for feature in dependencies.order {
      let parameters = parameters(of: feature, newest, pass)
      let image = transform.checkedInverse(x.slice(feature..<feature + 1), parameters)
      values.append(image.value)
      logSlopes.append(image.logSlope)
      newest = image.value
      pass.advance()
    }
    return Image(
      Tensor.concatenated(values).selecting(dependencies.positions),
      LogDet(Tensor.concatenated(logSlopes)))
  }

  /// The parameters of a feature in the layout of f, once those on which it depends are known.
  private func parameters(of feature: Int, _ newest: Tensor?, _ pass: DegreePass) -> Tensor {
    let count = transform.parameterCount
    let dims = transform.layout.dims(features: 1, parameters: count)
    if count == 0 { return pass.scope.trace.constant([], dims) }
    let owners = transform.layout.owners(features: features, parameters: count)
    return network.outputs(
      owners.indices.filter { owners[$0] == feature }, newest, pass,
      initial: transform.initialTable(features: features)
    ).reshaped(dims)
  }

  private func parameters(from z: Tensor, _ scope: Scope) -> Tensor {
    transform.parameters(features: features, from: z, contextFeatures, scope) {
      inputs, initial, scope in
      network.outputs(inputs, like: z, wiring, initial: initial, scope)
    }
  }

  private var wiring: Wiring {
    let owners = transform.layout.owners(
      features: features, parameters: transform.parameterCount)
    return .autoregressive(dependencies, context: contextFeatures, owners: owners)
  }
}
