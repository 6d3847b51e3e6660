public import Tensors

/// Units of a ``MaskedNetwork``, each with the inputs that it may depend on.
///
/// A network computes all of them at once where inputs are known together, and some at a time where an
/// autoregressive layer finds its features one after the other; what it is made of is the same.
public struct Units {
  /// Those that are computed now, `[B, …]`; nil for none.
  let values: Tensor?
  /// What each of all units may depend on.
  let labels: [Int]
  private let pass: any NetworkPass
  private let scope: Scope

  init(_ values: Tensor?, labels: [Int], of pass: any NetworkPass, in scope: Scope) {
    self.values = values
    self.labels = labels
    self.pass = pass
    self.scope = scope
  }

  /// Other units at the same place of the same network.
  private func with(_ values: Tensor?, labels: [Int]) -> Units {
    Units(values, labels: labels, of: pass, in: scope)
  }

  /// The number of all units.
  public var count: Int { labels.count }

  /// W u + b with learned W and b, masked so that a unit sees none but units that depend on no more than it may.
  ///
  /// - Parameters:
  ///   - name: what the layer is called among the network's layers; layers of one name share W and b.
  ///   - width: the number of its units.
  ///   - gain: the size of first weights: normal with variance gain²/(units seen).
  /// - Returns: `width` units. What those of equal widths may depend on is the same.
  public func linear(_ name: String, _ width: Int, gain: Double = 1) -> Units {
    let next = pass.wiring.hidden(width)
    return with(
      pass.layer(scope, name, values, from: labels, to: next, gain: gain), labels: next)
  }

  /// f(u), unit by unit.
  ///
  /// - Parameter function: f; each number that it returns may depend on the number at its place alone, so that it is
  ///   made of functions such as `tanh`, of arithmetic and of single numbers. Others are refused.
  /// - Returns: as many units.
  public func map(_ function: (Tensor) -> Tensor) -> Units {
    let mapped = values.map { units -> Tensor in
      let image = function(units)
      require(
        image.shape == units.shape,
        "a function of units makes \(image.shape) of \(units.shape); it must act unit by unit")
      require(
        image.isFunctionFeatureByFeature(of: units),
        "a function of units mixes them, or is not the same for all; it must act unit by unit")
      return image
    }
    return with(mapped, labels: labels)
  }

  /// The hidden units of another network, of these units: a part of this one.
  ///
  /// - Parameters:
  ///   - network: what makes them.
  ///   - name: what it is called in this network; the names of its layers begin with it. Two of one name share their
  ///     layers.
  /// - Returns: its units.
  public func through(_ network: any MaskedNetwork, named name: String) -> Units {
    let inner = network.units(Units(values, labels: labels, of: pass, in: scope.child(name)))
    return with(inner.values, labels: inner.labels)
  }

  /// u + v, unit by unit
  public static func + (u: Units, v: Units) -> Units { u.combined(with: v, +) }

  /// u v, unit by unit
  public static func * (u: Units, v: Units) -> Units { u.combined(with: v, *) }

  /// The units of all parts, one part after the other.
  ///
  /// - Parameter parts: at least one, all of one network.
  /// - Returns: units that depend on what they did before.
  public static func joined(_ parts: [Units]) -> Units {
    require(!parts.isEmpty, "there are no units to join")
    let values = parts.compactMap(\.values)
    return parts[0].with(
      values.isEmpty ? nil : Tensor.concatenated(values), labels: parts.flatMap(\.labels))
  }

  private func combined(with other: Units, _ operation: (Tensor, Tensor) -> Tensor) -> Units {
    require(
      labels == other.labels,
      "\(count) units and \(other.count) units can be combined only where both come from linear layers "
        + "of the same width, or both are inputs")
    let both = values.flatMap { u in other.values.map { v in operation(u, v) } }
    return with(both, labels: labels)
  }

  /// What queries of each label find among the inputs.
  func attended(_ attention: Attention) -> Units {
    require(
      labels == pass.wiring.inputs,
      "attention is over the inputs of a network, not over \(count) hidden units")
    // First the parameters, which say whether there are too many of them.
    let found = pass.attended(scope, values, attention)
    let labels = pass.wiring.hiddenLabels.flatMap {
      Array(repeating: $0, count: attention.width * attention.heads)
    }
    return with(found, labels: labels)
  }
}
