extension Tensor {
  /// Whether each number depends, of those of x, on the one at its place alone, by a function that is the same at all
  /// places: on the way from x there are but functions feature by feature, of x and of single numbers.
  ///
  /// - Parameter x: a tensor of the same trace and shape.
  /// - Returns: false also where another way would lead to the same numbers.
  package func isFunctionFeatureByFeature(of x: Tensor) -> Bool {
    guard id > x.id else { return id == x.id || isOneNumber }
    var dependent: Set = [x.id]
    for number in x.id + 1...id
    where trace.nodes[number].operands.contains(where: dependent.contains) {
      dependent.insert(number)
    }
    var (open, seen) = ([id], Set([x.id]))
    while let number = open.popLast() {
      guard seen.insert(number).inserted else { continue }
      let tensor = Tensor(trace: trace, id: number)
      guard dependent.contains(number) else {
        guard tensor.isOneNumber else { return false }
        continue
      }
      guard tensor.shape == x.shape, tensor.node.operation.actsFeatureByFeature else {
        return false
      }
      open += tensor.node.operands
    }
    return true
  }

  /// Whether it is a single number, or a constant that is the same everywhere.
  private var isOneNumber: Bool {
    shape.count == 1
      || constantValues.map { values in values.allSatisfy { $0 == values[0] } } ?? false
  }
}

extension Operation {
  fileprivate var actsFeatureByFeature: Bool {
    switch self {
    case .unary, .binary, .select, .stopGradient: true
    default: false
    }
  }
}
