public import Tensors

/// Some features pass unchanged; the others are transformed, with parameters that a network computes
/// from the former and the context (Dinh, Krueger and Bengio 2015):
/// x_kept = z_kept, x_moved = f(z_moved; network(z_kept, c)).
///
/// Both directions cost one pass of the network. The former may have a transform g of their own, with
/// learned parameters: x_kept = g(z_kept).
public struct Coupling: Bijector {
  /// For each feature, whether it is transformed.
  public let mask: [Bool]
  /// f
  public let transform: any ElementwiseTransform
  /// What computes the parameters of f.
  public let network: any Network
  /// C
  public let contextFeatures: Int
  /// g; nil where features pass unchanged.
  public let keptTransform: (any ElementwiseTransform)?
  private let kept: [Int]
  private let moved: [Int]
  private let original: [Int]

  /// A coupling with any mask.
  ///
  /// - Parameters:
  ///   - mask: for each feature, whether it is transformed; at least one is.
  ///   - transform: f
  ///   - network: what computes the parameters of f.
  ///   - context: C
  ///   - keptTransform: g, for the features that are not of the mask; nil to pass them unchanged.
  public init(
    mask: [Bool], transform: any ElementwiseTransform, network: any Network = Perceptron.standard,
    context: Int = 0, keptTransform: (any ElementwiseTransform)? = nil
  ) {
    requireFeatures(mask.count)
    require(
      mask.contains(true), "a coupling of \(mask.count) features must transform one of them")
    self.mask = mask
    self.transform = transform
    self.network = network
    contextFeatures = context
    self.keptTransform = keptTransform
    kept = mask.indices.filter { !mask[$0] }
    moved = mask.indices.filter { mask[$0] }
    var original = Array(repeating: 0, count: mask.count)
    for (place, feature) in (kept + moved).enumerated() { original[feature] = place }
    self.original = original
  }

  /// The second half of the features is transformed, in every other layer the first half. A single
  /// feature always is.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - layer: the number of the layer.
  /// - Returns: a mask for ``init(mask:transform:network:context:keptTransform:)``.
  public static func halves(_ features: Int, layer: Int) -> [Bool] {
    requireFeatures(features)
    let half = features / 2
    return (0..<features).map { features == 1 || ($0 >= half) == layer.isMultiple(of: 2) }
  }

  /// Every other feature is transformed, in every other layer those between. A single feature
  /// always is.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - layer: the number of the layer.
  /// - Returns: a mask for ``init(mask:transform:network:context:keptTransform:)``.
  public static func alternating(_ features: Int, layer: Int) -> [Bool] {
    requireFeatures(features)
    return (0..<features).map { features == 1 || ($0 + layer).isMultiple(of: 2) }
  }

  /// D
  public var features: Int { mask.count }
  /// That of f for the features of the mask, that of g or ℝ for the others
  public var domain: [Interval] {
    mask.map { $0 ? transform.domain : keptTransform?.domain ?? .line }
  }
  /// That of f for the features of the mask, that of g or ℝ for the others
  public var codomain: [Interval] {
    mask.map { $0 ? transform.codomain : keptTransform?.codomain ?? .line }
  }
  /// The features that are not of the mask, where there is no g
  public var unchanged: [Int?] {
    mask.indices.map { mask[$0] || keptTransform != nil ? nil : $0 }
  }

  /// f on the features of the mask, g on the others
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    let pass = z.selecting(kept)
    let own = keptLayer?.forward(pass, scope.child("kept")) ?? Image(pass, .zero)
    let image = transform.checkedForward(z.selecting(moved), parameters(pass, z, scope))
    return joined(own, image)
  }

  /// f⁻¹ on the features of the mask, g⁻¹ on the others
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    let pass = x.selecting(kept)
    let own = keptLayer?.inverse(pass, scope.child("kept")) ?? Image(pass, .zero)
    let image = transform.checkedInverse(x.selecting(moved), parameters(own.value, x, scope))
    return joined(own, image)
  }

  private var keptLayer: Elementwise? {
    kept.isEmpty ? nil : keptTransform.map { Elementwise($0, features: kept.count) }
  }

  /// The parameters of f from what passes on the base's side.
  private func parameters(_ pass: Tensor, _ rows: Tensor, _ scope: Scope) -> Tensor {
    transform.parameters(
      features: moved.count, from: kept.isEmpty ? nil : pass, contextFeatures, scope
    ) { inputs, initial, scope in
      network.outputs(inputs, like: rows, initial: initial, scope)
    }
  }

  private func joined(_ own: Image, _ image: ElementwiseImage) -> Image {
    let parts = kept.isEmpty ? [image.value] : [own.value, image.value]
    return Image(
      Tensor.concatenated(parts).selecting(original), own.logDet + LogDet(image.logSlope))
  }
}

extension ElementwiseTransform {
  /// The parameters of `features` features, in the transform's layout, from what is known of a row and the context.
  func parameters(
    features: Int, from x: Tensor?, _ context: Int, _ scope: Scope,
    by outputs: (_ inputs: Tensor?, _ initial: [Double], _ scope: Scope) -> Tensor
  ) -> Tensor {
    let dims = layout.dims(features: features, parameters: parameterCount)
    if parameterCount == 0 { return scope.trace.constant([], dims) }
    let inputs = [x, scope.required(context)].compactMap { $0 }
    return outputs(
      inputs.isEmpty ? nil : Tensor.concatenated(inputs), initialTable(features: features),
      scope.child("network")
    ).reshaped(dims)
  }
}

extension Scope {
  /// The context, which must have `features` features; nil for 0.
  func required(_ features: Int) -> Tensor? {
    guard features > 0 else { return nil }
    guard let context, context.shape.count == features else {
      fatalError(
        "a context of \(features) features is needed, there is "
          + (self.context.map { "one of \($0.shape.count)" } ?? "none"))
    }
    return context
  }
}
