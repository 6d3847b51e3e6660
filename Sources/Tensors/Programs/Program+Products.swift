extension Program {
  /// The multiply-adds of dense layers for one row: Σ over all products W x of the entries of W that no
  /// constant mask makes 0. The body of a loop counts as often as it may run.
  ///
  /// Times two, the number of floating-point operations that a dense layer cannot do without.
  public var multiplyAddsPerRow: Int {
    nodes.reduce(0) { sum, node in
      switch node.operation {
      case .linear: sum + unmaskedEntries(of: nodes[node.operands[0]])
      case .loop(let loop): sum + loop.limit * loop.body.multiplyAddsPerRow
      default: sum
      }
    }
  }

  private func unmaskedEntries(of matrix: Node) -> Int {
    guard case .binary(.multiply) = matrix.operation else { return matrix.shape.count }
    for operand in matrix.operands {
      if case .constant(let mask) = nodes[operand].operation,
        mask.values.count == matrix.shape.count
      {
        return mask.values.count { $0 != 0 }
      }
    }
    return matrix.shape.count
  }
}
