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
/// they may see; in the natural order of features masked matrices are block-triangular.
///
/// Inputs beyond ±10¹⁸ count as ±10¹⁸.
public enum Network: Hashable, Sendable {
  /// Layers of the given widths.
  case perceptron(hidden: [Int], activation: Activation = .relu)
  /// Blocks x + W₂ a(W₁ a(x)) of one width (He, Zhang, Ren and Sun 2016).
  case residual(width: Int, blocks: Int, activation: Activation = .relu)
  /// Attention over the inputs (Vaswani, Shazeer, Parmar and others 2017): each becomes a token
  /// tanh(a x + b) of `width` numbers, and learned queries, `heads` for each set of inputs that some
  /// output sees, take means of the tokens with weights softmax(query · token/√width).
  ///
  /// Tokens are bounded: data is best scaled to a few units.
  case attention(width: Int, heads: Int)

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
    let bias = outputBias(initial, scope)
    guard let x else { return bias.spread(like: rows) }
    let hidden = hiddenUnits(x, WholePass(wiring: wiring, scope: scope))!
    let (weights, labels) = outputWeights(wiring, scope)
    let mask = wiring.mask(from: labels, to: wiring.outputs)
    return weights.masked(mask).matmul(hidden) + bias
  }

  /// Some of the outputs, which see none but inputs that are known.
  ///
  /// - Parameters:
  ///   - numbers: which ones.
  ///   - x: the inputs of the pass's degree, `[B, …]`; nil for none.
  ///   - pass: what is known already.
  ///   - initial: all outputs at first.
  /// - Returns: `[B, numbers]`, or without rows where they depend on no input.
  func outputs(_ numbers: [Int], _ x: Tensor?, _ pass: DegreePass, initial: [Double]) -> Tensor {
    let bias = outputBias(initial, pass.scope)
    let hidden = hiddenUnits(x, pass)
    let (weights, labels) = outputWeights(pass.wiring, pass.scope)
    return pass.outputs(numbers, hidden, weights: weights, bias: bias, from: labels)
  }

  private func outputBias(_ initial: [Double], _ scope: Scope) -> Tensor {
    scope.parameter("outputBias", [initial.count], .values(initial))
  }

  /// The matrix of the final layer, not masked, and the labels of the units that it sees.
  private func outputWeights(
    _ wiring: Wiring, _ scope: Scope
  ) -> (weights: Tensor, labels: [Int]) {
    let labels = hiddenLabels(wiring)
    let weights = wiring.weights(
      scope, "outputWeights", from: labels, to: wiring.outputs, gain: Network.outputGain)
    return (weights, labels)
  }

  /// The size of first outputs: transforms begin near their first parameters, but not without a
  /// gradient for the hidden layers.
  private static let outputGain = 0.01

  /// Inputs beyond count as this: sums of products of larger ones would overflow to ∞ - ∞. Parameters may be any
  /// function of the inputs, so that densities stay those of a flow.
  private static let largestInput = 1e18

  /// The labels of the last hidden layer, or of the inputs where there is none.
  private func hiddenLabels(_ wiring: Wiring) -> [Int] {
    switch self {
    case .perceptron(let hidden, _): hidden.last.map(wiring.hidden) ?? wiring.inputs
    case .residual(let width, _, _): wiring.hidden(width)
    case .attention(let width, let heads):
      wiring.hiddenLabels.flatMap { Array(repeating: $0, count: width * heads) }
    }
  }

  /// The units of the last hidden layer that the pass computes from inputs `x`; nil for none.
  private func hiddenUnits(_ inputs: Tensor?, _ pass: some NetworkPass) -> Tensor? {
    let x = inputs?.clamped(-Network.largestInput, Network.largestInput)
    switch self {
    case .perceptron(let hidden, let activation):
      var (units, labels) = (x, pass.wiring.inputs)
      for (number, width) in hidden.enumerated() {
        let next = pass.wiring.hidden(width)
        units = pass.layer("\(number)", units, from: labels, to: next, gain: activation.gain)
          .map(activation.callAsFunction)
        labels = next
      }
      return units
    case .residual(let width, let blocks, let activation):
      let labels = pass.wiring.hidden(width)
      var units = pass.layer("input", x, from: pass.wiring.inputs, to: labels, gain: 1)
      for number in 0..<blocks {
        let inner = pass.layer(
          "\(number).first", units.map(activation.callAsFunction), from: labels, to: labels,
          gain: activation.gain)
        let change = pass.layer(
          "\(number).second", inner.map(activation.callAsFunction), from: labels, to: labels,
          gain: 0.1)
        units = units.flatMap { units in change.map { units + $0 } }
      }
      return units.map(activation.callAsFunction)
    case .attention(let width, let heads):
      return pass.attended(x, Attention(width: width, heads: heads))
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
