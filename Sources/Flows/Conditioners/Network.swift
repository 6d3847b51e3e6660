import Tensors

/// A function between layers of a network, unit by unit.
public enum Activation: Hashable, Sendable {
  /// max(x, 0)
  case relu
  /// tanh x
  case tanh
  /// x/(1 + e⁻ˣ)
  case silu

  func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: x.map(.relu)
    case .tanh: x.map(.tanh)
    case .silu: x * x.map(.sigmoid)
    }
  }
}

/// The form of a network that computes the parameters of transforms.
///
/// The same form serves couplings, where every output sees every input, and autoregressive layers,
/// where masks decide (Germain, Gregor, Murray and Larochelle 2015). Hidden units are sorted by what
/// they may see, so that masked matrices are block-triangular.
public enum Network: Hashable, Sendable {
  /// Layers of the given widths.
  case perceptron(hidden: [Int], activation: Activation = .relu)
  /// Blocks x + W₂ a(W₁ a(x)) of one width (He, Zhang, Ren and Sun 2016).
  case residual(width: Int, blocks: Int, activation: Activation = .relu)

  /// Two hidden layers of 64 units.
  public static let standard = Network.perceptron(hidden: [64, 64])

  /// The outputs, all from one final linear layer.
  ///
  /// - Parameters:
  ///   - x: the inputs `[B, n]`; nil for none, when the outputs are the final bias alone.
  ///   - like: a tensor with rows.
  ///   - wiring: which outputs may see which inputs.
  ///   - initial: the outputs at first, `[m]`, apart from small random deviations.
  ///   - scope: parameters.
  /// - Returns: `[B, m]`
  func outputs(
    _ x: Tensor?, like rows: Tensor, _ wiring: Wiring, initial: [Double], _ scope: Scope
  ) -> Tensor {
    let bias = scope.parameter("outputBias", [initial.count], .values(initial))
    guard let x else { return bias.spread(like: rows) }
    let (hidden, degrees) = hiddenUnits(x, wiring, scope)
    let weights = wiring.weights(
      scope, "outputWeights", from: degrees, to: wiring.outputs, isStrict: true,
      gain: Network.outputGain)
    return weights.matmul(hidden) + bias
  }

  /// The size of first outputs: transforms begin near their first parameters, but not without a
  /// gradient for the hidden layers.
  private static let outputGain = 0.01

  private func hiddenUnits(
    _ x: Tensor, _ wiring: Wiring, _ scope: Scope
  ) -> (units: Tensor, degrees: [Int]) {
    switch self {
    case .perceptron(let hidden, let activation):
      var (units, degrees) = (x, wiring.inputs)
      for (number, width) in hidden.enumerated() {
        let next = wiring.hidden(width)
        units = activation(
          wiring.layer(scope, "\(number)", units, from: degrees, to: next, gain: activation.gain))
        degrees = next
      }
      return (units, degrees)
    case .residual(let width, let blocks, let activation):
      let degrees = wiring.hidden(width)
      var units = wiring.layer(scope, "input", x, from: wiring.inputs, to: degrees, gain: 1)
      for number in 0..<blocks {
        let inner = wiring.layer(
          scope, "\(number).first", activation(units), from: degrees, to: degrees,
          gain: activation.gain)
        units =
          units
          + wiring.layer(
            scope, "\(number).second", activation(inner), from: degrees, to: degrees, gain: 0.1)
      }
      return (activation(units), degrees)
    }
  }
}

extension Activation {
  /// What keeps the variance from layer to layer.
  var gain: Double {
    switch self {
    case .relu, .silu: 2.0.squareRoot()
    case .tanh: 1
    }
  }
}
