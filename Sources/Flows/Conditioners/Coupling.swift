public import Tensors

/// Some features pass unchanged; the others are transformed, with parameters that a network computes
/// from the former and the context (Dinh, Krueger and Bengio 2015):
/// x_kept = z_kept, x_moved = f(z_moved; network(z_kept, c)).
///
/// Both directions cost one pass of the network.
public struct Coupling: Bijector {
  /// For each feature, whether it is transformed.
  public let mask: [Bool]
  /// f
  public let transform: any ElementwiseTransform
  /// What computes the parameters of f.
  public let network: Network
  /// C
  public let contextFeatures: Int
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
  public init(
    mask: [Bool], transform: any ElementwiseTransform, network: Network = .standard,
    context: Int = 0
  ) {
    precondition(
      mask.contains(true), "a coupling of \(mask.count) features must transform one of them")
    self.mask = mask
    self.transform = transform
    self.network = network
    contextFeatures = context
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
  /// - Returns: a mask for ``init(mask:transform:network:context:)``.
  public static func halves(_ features: Int, layer: Int) -> [Bool] {
    let half = features / 2
    return (0..<features).map { features == 1 || ($0 >= half) == layer.isMultiple(of: 2) }
  }

  /// Every other feature is transformed, in every other layer those between. A single feature
  /// always is.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - layer: the number of the layer.
  /// - Returns: a mask for ``init(mask:transform:network:context:)``.
  public static func alternating(_ features: Int, layer: Int) -> [Bool] {
    (0..<features).map { features == 1 || ($0 + layer).isMultiple(of: 2) }
  }

  /// D
  public var features: Int { mask.count }
  /// That of f for transformed features, else ℝ
  public var domain: [Interval] { mask.map { $0 ? transform.domain : .line } }
  /// That of f for transformed features, else ℝ
  public var codomain: [Interval] { mask.map { $0 ? transform.codomain : .line } }

  /// f on the features of the mask
  public func forward(_ z: Tensor, _ scope: Scope) -> Image {
    mapped(z, scope) { transform.forward($0, $1) }
  }

  /// f⁻¹ on the features of the mask
  public func inverse(_ x: Tensor, _ scope: Scope) -> Image {
    mapped(x, scope) { transform.inverse($0, $1) }
  }

  private func mapped(
    _ x: Tensor, _ scope: Scope, _ apply: (Tensor, Tensor) -> ElementwiseImage
  ) -> Image {
    let pass = x.selecting(kept)
    let dims = transform.layout.dims(features: moved.count, parameters: transform.parameterCount)
    let parameters = network.parameters(
      from: kept.isEmpty ? nil : pass, like: x,
      .dense(inputs: kept.count + contextFeatures, outputs: dims[0] * dims[1]),
      transform, features: moved.count, context: contextFeatures, scope)
    let image = apply(x.selecting(moved), parameters)
    let parts = kept.isEmpty ? [image.value] : [pass, image.value]
    return Image(Tensor.concatenated(parts).selecting(original), LogDet(image.logSlope))
  }
}

extension Network {
  /// The parameters of a transform of `features` features, in its layout.
  func parameters(
    from x: Tensor?, like rows: Tensor, _ wiring: Wiring, _ transform: any ElementwiseTransform,
    features: Int, context: Int, _ scope: Scope
  ) -> Tensor {
    let dims = transform.layout.dims(features: features, parameters: transform.parameterCount)
    if transform.parameterCount == 0 { return rows.trace.constant([], dims) }
    let inputs = [x, scope.required(context)].compactMap { $0 }
    let outputs = outputs(
      inputs.isEmpty ? nil : Tensor.concatenated(inputs), like: rows, wiring,
      initial: transform.initialTable(features: features), scope.child("network"))
    return outputs.reshaped(dims)
  }
}

extension Scope {
  /// The context, which must have `features` features; nil for 0.
  func required(_ features: Int) -> Tensor? {
    guard features > 0 else { return nil }
    guard let context, context.shape.count == features else {
      preconditionFailure(
        "a context of \(features) features is needed, there is "
          + (self.context.map { "one of \($0.shape.count)" } ?? "none"))
    }
    return context
  }
}
