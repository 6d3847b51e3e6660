import Tensors

/// A way through the layers of a network.
protocol NetworkPass {
  /// Which units see which.
  var wiring: Wiring { get }

  /// W x + b for the units that are computed now.
  ///
  /// - Parameters:
  ///   - scope: parameters.
  ///   - name: what the layer's parameters are called.
  ///   - x: the units before it that have just been computed; nil for none.
  ///   - from: the labels of all units before it.
  ///   - to: the labels of all of its units.
  ///   - gain: the size of first weights.
  /// - Returns: units of the layer before the activation; nil for none.
  func layer(
    _ scope: Scope, _ name: String, _ x: Tensor?, from: [Int], to: [Int], gain: Double
  ) -> Tensor?

  /// Means of tokens for the labels that are computed now.
  ///
  /// - Parameters:
  ///   - scope: parameters.
  ///   - x: the inputs that have just become known; nil for none.
  ///   - attention: what makes tokens and weights of them.
  /// - Returns: the units of each label, one after the other; nil for none.
  func attended(_ scope: Scope, _ x: Tensor?, _ attention: Attention) -> Tensor?
}

/// All units of a layer at once, with zeros in the matrix where a unit must not see another.
struct WholePass: NetworkPass {
  let wiring: Wiring

  func layer(
    _ scope: Scope, _ name: String, _ x: Tensor?, from: [Int], to: [Int], gain: Double
  ) -> Tensor? {
    let (weights, bias) = wiring.parameters(scope, name, from: from, to: to, gain: gain)
    let mask = wiring.mask(from: from, to: to)
    return x.map { weights.masked(mask).matmul($0) + bias }
  }

  func attended(_ scope: Scope, _ x: Tensor?, _ attention: Attention) -> Tensor? {
    let parameters = attention.parameters(wiring, scope)
    return x.map {
      attention.units(
        $0, inputs: Array(wiring.inputs.indices), for: Array(wiring.hiddenLabels.indices), wiring,
        parameters)
    }
  }
}

/// The units of one degree after the other, as inputs become known. Every block of a matrix is used
/// once, so that all degrees together cost one pass.
final class DegreePass: NetworkPass {
  let wiring: Wiring
  /// That of the last layer.
  let scope: Scope
  /// The degree of the units that are computed now; lower ones are known.
  private(set) var degree = 0
  /// The units before each layer that are known, ordered by degree. Layers are told apart by their order, which is the
  /// same for each degree: some may share a name, and so their weights.
  private var known: [Tensor?] = []
  /// The number of layers that this degree has been through.
  private var layers = 0

  init(_ wiring: Wiring, _ scope: Scope) {
    self.wiring = wiring
    self.scope = scope
  }

  /// Goes on to the units of the next degree.
  func advance() {
    degree += 1
    layers = 0
  }

  func layer(
    _ scope: Scope, _ name: String, _ x: Tensor?, from: [Int], to: [Int], gain: Double
  ) -> Tensor? {
    let (weights, bias) = wiring.parameters(scope, name, from: from, to: to, gain: gain)
    let units = to.indices.filter { wiring.degree(to[$0]) == degree }
    guard let seen = remembered(x), !units.isEmpty else { return nil }
    return block(of: weights, units, from: from, to: to).matmul(seen) + bias.selecting(units)
  }

  func attended(_ scope: Scope, _ x: Tensor?, _ attention: Attention) -> Tensor? {
    let parameters = attention.parameters(wiring, scope)
    let hidden = wiring.hiddenLabels
    let labels = hidden.indices.filter { wiring.degree(hidden[$0]) == degree }
    guard let seen = remembered(x), !labels.isEmpty else { return nil }
    return attention.units(seen, inputs: known(of: wiring.inputs), for: labels, wiring, parameters)
  }

  /// Some of the outputs, which see none but units that are known.
  func outputs(
    _ numbers: [Int], _ x: Tensor?, weights: Tensor, bias: Tensor, from: [Int]
  ) -> Tensor {
    let own = bias.selecting(numbers)
    guard let seen = remembered(x) else { return own }
    return block(of: weights, numbers, from: from, to: wiring.outputs).matmul(seen) + own
  }

  /// What the next layer sees, once x is known, too.
  private func remembered(_ x: Tensor?) -> Tensor? {
    defer { layers += 1 }
    if layers == known.count { known.append(nil) }
    let parts = [known[layers], x].compactMap { $0 }
    if x != nil { known[layers] = Tensor.concatenated(parts) }
    return known[layers]
  }

  /// The units that are known, by their numbers and in the order in which they became so.
  private func known(of labels: [Int]) -> [Int] {
    labels.indices.filter { wiring.degree(labels[$0]) <= degree }
      .sorted { (wiring.degree(labels[$0]), $0) < (wiring.degree(labels[$1]), $1) }
  }

  /// The rows of some units and the columns of those that are known, in their order.
  private func block(of weights: Tensor, _ units: [Int], from: [Int], to: [Int]) -> Tensor {
    let columns = known(of: from)
    let indices = units.flatMap { unit in columns.map { unit * from.count + $0 } }
    let mask = wiring.mask(from: columns.map { from[$0] }, to: units.map { to[$0] })
    return weights.selecting(indices).reshaped(units.count, columns.count).masked(mask)
  }
}

extension Tensor {
  /// The matrix with zeros where the mask has them.
  func masked(_ mask: [Double]) -> Tensor {
    mask.allSatisfy { $0 == 1 } ? self : self * trace.constant(mask, shape.dims)
  }
}
