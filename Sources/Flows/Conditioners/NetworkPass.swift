import Tensors

/// A way through the layers of a network.
protocol NetworkPass {
  /// Which units see which.
  var wiring: Wiring { get }

  /// W x + b for the units that are computed now.
  ///
  /// - Parameters:
  ///   - name: what the layer's parameters are called.
  ///   - x: the units before it that have just been computed; nil for none.
  ///   - from: the degrees of all units before it.
  ///   - to: the degrees of all of its units.
  ///   - gain: the size of first weights.
  /// - Returns: units of the layer before the activation; nil for none.
  func layer(_ name: String, _ x: Tensor?, from: [Int], to: [Int], gain: Double) -> Tensor?
}

/// All units of a layer at once, with zeros in the matrix where a unit must not see another.
struct WholePass: NetworkPass {
  let wiring: Wiring
  let scope: Scope

  func layer(_ name: String, _ x: Tensor?, from: [Int], to: [Int], gain: Double) -> Tensor? {
    let (weights, bias) = wiring.parameters(scope, name, from: from, to: to, gain: gain)
    let mask = wiring.mask(from: from, to: to, isStrict: false)
    return x.map { weights.masked(mask).matmul($0) + bias }
  }
}

/// The units of one degree after the other, as inputs become known. Every block of a matrix is used
/// once, so that all degrees together cost one pass.
final class DegreePass: NetworkPass {
  let wiring: Wiring
  let scope: Scope
  /// The degree of the units that are computed now; lower ones are known.
  private(set) var degree = 0
  /// The units before each layer that are known, ordered by degree.
  private var known: [String: Tensor] = [:]

  init(_ wiring: Wiring, _ scope: Scope) {
    self.wiring = wiring
    self.scope = scope
  }

  /// Goes on to the units of the next degree.
  func advance() { degree += 1 }

  func layer(_ name: String, _ x: Tensor?, from: [Int], to: [Int], gain: Double) -> Tensor? {
    let (weights, bias) = wiring.parameters(scope, name, from: from, to: to, gain: gain)
    let units = to.indices.filter { to[$0] == degree }
    guard let seen = remembered(name, x), !units.isEmpty else { return nil }
    return block(of: weights, units, from: from).matmul(seen) + bias.selecting(units)
  }

  /// The outputs of the degree that follows: they see all units that are known.
  func outputs(_ x: Tensor?, weights: Tensor, bias: Tensor, from: [Int]) -> Tensor {
    let next = wiring.outputs.indices.filter { wiring.outputs[$0] == degree + 1 }
    let own = bias.selecting(next)
    guard let seen = remembered("output", x) else { return own }
    return block(of: weights, next, from: from).matmul(seen) + own
  }

  private func remembered(_ name: String, _ x: Tensor?) -> Tensor? {
    let parts = [known[name], x].compactMap { $0 }
    if x != nil { known[name] = Tensor.concatenated(parts) }
    return known[name]
  }

  /// The rows of some units and the columns of the degrees that are known, in their order.
  private func block(of weights: Tensor, _ units: [Int], from: [Int]) -> Tensor {
    let columns = from.indices.filter { from[$0] <= degree }
      .sorted { (from[$0], $0) < (from[$1], $1) }
    let indices = units.flatMap { unit in columns.map { unit * from.count + $0 } }
    return weights.selecting(indices).reshaped(units.count, columns.count)
  }
}

extension Tensor {
  /// The matrix with zeros where the mask has them.
  func masked(_ mask: [Double]) -> Tensor {
    mask.allSatisfy { $0 == 1 } ? self : self * trace.constant(mask, shape.dims)
  }
}
