extension Tensor {
  /// The gradients of Σ y·seed, summed over rows and features, with respect to other tensors of the
  /// same trace, by reverse accumulation. Nil for a tensor that y does not depend on.
  ///
  /// A gradient has the shape of what it belongs to: for tensors without rows it is summed over the
  /// rows, for those with rows it is the gradient of each row's own term.
  ///
  /// - Parameters:
  ///   - targets: what to differentiate with respect to.
  ///   - seed: the weight of each value of y, the same for all rows if it has none; 1 by default.
  public func gradients(of targets: [Tensor], seed: Tensor? = nil) -> [Tensor?] {
    accumulated(targets, seed: seed, leaves: [])
  }

  /// The partial derivatives with respect to the operands of an operation that was written out: none
  /// flows on from one operand to another that it depends on. An operand that is listed again has
  /// no further gradient there, so that their sum is right.
  ///
  /// - Parameters:
  ///   - operands: what the tensor was computed from.
  ///   - seed: the weight of each value.
  /// - Returns: the gradients in the order of the operands.
  func partialGradients(of operands: [Tensor], seed: Tensor) -> [Tensor?] {
    let leaves = Set(operands.map(\.id))
    let gradients = accumulated(operands, seed: seed, leaves: leaves)
    var seen: Set<Int> = []
    return zip(operands, gradients).map { seen.insert($0.id).inserted ? $1 : nil }
  }

  private func accumulated(_ targets: [Tensor], seed: Tensor?, leaves: Set<Int>) -> [Tensor?] {
    let seed = (seed ?? ones).weights(for: self, "a seed")
    let needed = trace.dependents(on: targets.map(\.id), upTo: id)
    var sums: [Int: Tensor] = [id: seed]
    for number in stride(from: id, through: 0, by: -1) where needed[number] {
      if leaves.contains(number) { continue }
      guard let gradient = sums[number] else { continue }
      let result = Tensor(trace: trace, id: number)
      let contributions = Pullback(result: result, gradient: gradient).contributions
      for (operand, contribution) in zip(result.node.operands, contributions) {
        guard needed[operand], let contribution else { continue }
        sums[operand] = sums[operand].map { $0 + contribution } ?? contribution
      }
    }
    return targets.map { sums[$0.id] }
  }

  /// A number for each value of another tensor, with rows if that has some.
  private func weights(for tensor: Tensor, _ what: String) -> Tensor {
    require(
      shape.dims == tensor.shape.dims && (tensor.shape.isPerRow || !shape.isPerRow),
      "\(what) \(shape) for \(tensor.shape)")
    return spread(like: tensor)
  }

  /// 1 for every value of the tensor.
  var ones: Tensor { filled(with: 1) }

  /// 0 for every value of the tensor.
  public var zeros: Tensor { filled(with: 0) }

  private func filled(with value: Double) -> Tensor {
    let values = [Double](repeating: value, count: shape.count)
    return trace.constant(values, shape.dims).spread(like: self)
  }

  /// ∂y/∂x row by row: y `[B, m]`, x `[B, n]` → `[B, m, n]`, by m reverse passes.
  public func jacobian(of x: Tensor) -> Tensor {
    require(
      shape.isPerRow && x.shape.isPerRow, "a Jacobian of \(shape) with respect to \(x.shape)")
    let rows = (0..<shape.count).map { index -> Tensor in
      var seed = [Double](repeating: 0, count: shape.count)
      seed[index] = 1
      let gradient = gradients(
        of: [x], seed: trace.constant(seed, shape.dims).spread(like: self))[0]
      return (gradient ?? x.zeros).reshaped(x.shape.count)
    }
    return Tensor.stacked(rows)
  }

  /// Σ_j ∂yᵢ/∂xⱼ vⱼ row by row, the directional derivative of y along v: the gradient with respect
  /// to u of the vector-Jacobian product uᵀ ∂y/∂x, which is linear in u, applied to v. A v without rows is the same for
  /// all of them.
  public func directionalDerivative(along v: Tensor, at x: Tensor) -> Tensor? {
    let v = v.weights(for: x, "a direction")
    let u = trace.record(.placeholder, [], shape)
    guard let product = gradients(of: [x], seed: u)[0] else { return nil }
    return product.gradients(of: [u], seed: v)[0]
  }
}

extension Trace {
  /// For every node up to `last`, whether it is, or depends on, one of `sources`.
  func dependents(on sources: [Int], upTo last: Int) -> [Bool] {
    var depends = [Bool](repeating: false, count: last + 1)
    for source in sources where source <= last { depends[source] = true }
    for (number, node) in nodes[...last].enumerated() where !depends[number] {
      depends[number] = node.operands.contains { depends[$0] }
    }
    return depends
  }
}
