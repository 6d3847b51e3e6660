public import Tensors

/// θ = W h(x) + b: what computes the parameters of transforms from features and context, by hidden units h.
///
/// A new network is a type with one method, ``units(_:_:)``. The last layer, W and b, is added to it: it has as
/// many outputs as are asked for, and begins where the transforms begin. A network of this kind fits whatever sees
/// all of its inputs at once: ``Coupling``, ``Conditional``, and what else takes a context. Where a parameter may
/// see some inputs and not others, in ``Autoregressive``, a ``MaskedNetwork`` is needed.
///
/// Inputs beyond ±10¹⁸ count as ±10¹⁸.
public protocol Network: Sendable {
  /// h(x)
  ///
  /// - Parameters:
  ///   - x: the inputs, features before context, `[B, n]`.
  ///   - scope: parameters.
  /// - Returns: the hidden units, `[B, m]` with any m, any function of x whatever.
  func units(_ x: Tensor, _ scope: Scope) -> Tensor
}

/// A network of which each output may be kept from seeing some of the inputs (Germain, Gregor, Murray and
/// Larochelle 2015): masks in its linear layers decide.
///
/// It is written once, for all units at once and for those of one feature after the other. ``Units/linear(_:_:gain:)``
/// knows which units may see which; all else acts unit by unit. Hidden units are sorted by what they may see: in the
/// natural order of features masked matrices are block-triangular.
public protocol MaskedNetwork: Network {
  /// h(x)
  ///
  /// - Parameter inputs: x, features before context.
  /// - Returns: the hidden units.
  func units(_ inputs: Units) -> Units
}

extension MaskedNetwork {
  /// h(x) where every unit sees every input
  public func units(_ x: Tensor, _ scope: Scope) -> Tensor {
    units(x, .dense(inputs: x.shape.count), scope).values!
  }

  private func units(_ x: Tensor, _ wiring: Wiring, _ scope: Scope) -> Units {
    units(Units(x, labels: wiring.inputs, of: WholePass(wiring: wiring), in: scope))
  }

  /// The outputs, each of which sees what it may.
  ///
  /// - Parameters:
  ///   - x: the inputs `[B, n]`; nil for none, when the outputs are the final bias alone.
  ///   - rows: a tensor with rows.
  ///   - wiring: which outputs may see which inputs.
  ///   - initial: the outputs at first, `[m]`, apart from small random deviations.
  ///   - scope: parameters.
  /// - Returns: `[B, m]`
  func outputs(
    _ x: Tensor?, like rows: Tensor, _ wiring: Wiring, initial: [Double], _ scope: Scope
  ) -> Tensor {
    let bias = LastLayer.bias(initial, scope)
    guard let x else { return bias.spread(like: rows) }
    let hidden = units(LastLayer.limited(x), wiring, scope)
    let weights = LastLayer.weights(wiring, hidden, scope)
    let mask = wiring.mask(from: hidden.labels, to: wiring.outputs)
    return weights.masked(mask).matmul(hidden.values!) + bias
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
    let bias = LastLayer.bias(initial, pass.scope)
    let inputs = Units(
      x.map(LastLayer.limited), labels: pass.wiring.inputs, of: pass, in: pass.scope)
    let hidden = units(inputs)
    let weights = LastLayer.weights(pass.wiring, hidden, pass.scope)
    return pass.outputs(numbers, hidden.values, weights: weights, bias: bias, from: hidden.labels)
  }
}

extension Network {
  /// The outputs, each of which sees all inputs.
  ///
  /// - Parameters:
  ///   - x: the inputs `[B, n]`; nil for none, when the outputs are the final bias alone.
  ///   - rows: a tensor with rows.
  ///   - initial: the outputs at first, `[m]`, apart from small random deviations.
  ///   - scope: parameters.
  /// - Returns: `[B, m]`
  func outputs(
    _ x: Tensor?, like rows: Tensor, initial: [Double], _ scope: Scope
  ) -> Tensor {
    let bias = LastLayer.bias(initial, scope)
    guard let x else { return bias.spread(like: rows) }
    let hidden = units(LastLayer.limited(x), scope)
    require(
      hidden.shape.dims.count == 1 && hidden.shape.isPerRow,
      "\(type(of: self)) must make a row of hidden units of each row, [B, m], but made \(hidden.shape)"
    )
    return LastLayer.weights(initial.count, from: hidden.shape.count, scope).matmul(hidden) + bias
  }
}

/// W and b of the layer that ends every network.
private enum LastLayer {
  /// The size of first outputs: transforms begin near their first parameters, but not without a
  /// gradient for the hidden layers.
  private static let gain = 0.01

  /// Inputs beyond count as this: sums of products of larger ones would overflow to ∞ - ∞. Parameters may be any
  /// function of the inputs, so that densities stay those of a flow.
  private static let largestInput = 1e18

  static func limited(_ x: Tensor) -> Tensor { x.clamped(-largestInput, largestInput) }

  static func bias(_ initial: [Double], _ scope: Scope) -> Tensor {
    scope.parameter("outputBias", [initial.count], .values(initial))
  }

  /// `[outputs, units]`, not masked
  static func weights(_ wiring: Wiring, _ units: Units, _ scope: Scope) -> Tensor {
    wiring.weights(scope, "outputWeights", from: units.labels, to: wiring.outputs, gain: gain)
  }

  /// `[outputs, units]`
  static func weights(_ outputs: Int, from units: Int, _ scope: Scope) -> Tensor {
    scope.parameter(
      "outputWeights", [outputs, units], .normal(deviation: gain / Double(units).squareRoot()))
  }
}
