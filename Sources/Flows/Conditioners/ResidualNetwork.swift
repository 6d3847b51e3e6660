import Tensors

/// hₖ = hₖ₋₁ + Uₖ a(Wₖ a(hₖ₋₁)), h₀ = W x + b: blocks of one width, each a change of what it is given
/// (He, Zhang, Ren and Sun 2016).
public struct ResidualNetwork: MaskedNetwork, Hashable {
  /// The number of units.
  public let width: Int
  /// The number of blocks.
  public let blocks: Int
  /// a
  public let activation: Activation

  /// Blocks of one width.
  ///
  /// - Parameters:
  ///   - width: the number of units.
  ///   - blocks: how many; 0 for one hidden layer.
  ///   - activation: a
  public init(width: Int, blocks: Int, activation: Activation = .relu) {
    requireSome("unit", width, atMost: mostUnits)
    require(0...mostLayers ~= blocks, "\(blocks) residual blocks are not 0 to \(mostLayers)")
    self.width = width
    self.blocks = blocks
    self.activation = activation
  }

  /// a(h) after the last block
  public func units(_ inputs: Units) -> Units {
    let first = inputs.linear("input", width)
    return (0..<blocks).reduce(first) { units, number in
      let inner = units.map(activation.callAsFunction)
        .linear("\(number).first", width, gain: activation.gain)
      return units
        + inner.map(activation.callAsFunction).linear("\(number).second", width, gain: 0.1)
    }.map(activation.callAsFunction)
  }
}
