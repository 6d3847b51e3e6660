import Tensors

/// hₖ = a(Wₖ hₖ₋₁ + bₖ), h₀ = x: layers of units.
public struct Perceptron: MaskedNetwork, Hashable {
  /// The widths of the layers.
  public let hidden: [Int]
  /// a
  public let activation: Activation

  /// Layers of the given widths.
  ///
  /// - Parameters:
  ///   - hidden: their widths; none for outputs that are linear in x.
  ///   - activation: a
  public init(hidden: [Int], activation: Activation = .relu) {
    require(hidden.count <= mostLayers, "\(hidden.count) hidden layers; there may be \(mostLayers)")
    for width in hidden { requireSome("hidden unit", width, atMost: mostUnits) }
    self.hidden = hidden
    self.activation = activation
  }

  /// Two hidden layers of 64 units.
  public static let standard = Perceptron(hidden: [64, 64])

  /// The last layer
  public func units(_ inputs: Units) -> Units {
    hidden.enumerated().reduce(inputs) { units, layer in
      units.linear("\(layer.offset)", layer.element, gain: activation.gain)
        .map(activation.callAsFunction)
    }
  }
}
