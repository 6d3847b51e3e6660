extension Trace {
  /// The result without a new node, where there is one: an operation on constants, or one that
  /// changes nothing. An operand is never passed over for what it was made from: gradients with
  /// respect to it would be lost.
  func simplified(_ operation: Operation, _ operands: [Tensor], _ shape: Shape) -> Tensor? {
    if let folded = folded(operation, operands, shape) { return folded }
    switch operation {
    case .gather(let indices):
      let source = operands[0]
      return source.shape == shape && indices.elementsEqual(0..<shape.count) ? source : nil
    case .concatenate:
      return operands.count == 1 && operands[0].shape == shape ? operands[0] : nil
    case .binary(let function): return neutral(function, operands, shape)
    case .reduce, .cumulativeSum:
      return operands[0].shape.last == 1 && operands[0].shape == shape ? operands[0] : nil
    default: return nil
    }
  }

  /// a + 0, a - 0, a 1, a/1.
  private func neutral(
    _ function: BinaryFunction, _ operands: [Tensor], _ shape: Shape
  ) -> Tensor? {
    let (a, b) = (operands[0], operands[1])
    switch function {
    case .add:
      if b.isConstant(0), a.shape == shape { return a }
      if a.isConstant(0), b.shape == shape { return b }
    case .multiply:
      if b.isConstant(1), a.shape == shape { return a }
      if a.isConstant(1), b.shape == shape { return b }
    case .subtract: if b.isConstant(0), a.shape == shape { return a }
    case .divide: if b.isConstant(1), a.shape == shape { return a }
    default: break
    }
    return nil
  }

  /// Elementwise operations, gathers and concatenations of constants.
  private func folded(_ operation: Operation, _ operands: [Tensor], _ shape: Shape) -> Tensor? {
    let values = operands.compactMap(\.constantValues)
    guard !operands.isEmpty, values.count == operands.count, shape.count <= 1 << 16 else {
      return nil
    }
    func value(_ operand: Int, _ index: Int) -> Double {
      values[operand].count == 1 ? values[operand][0] : values[operand][index]
    }
    let result: [Double]
    switch operation {
    case .unary(let function): result = values[0].map(function.value)
    case .binary(let function):
      result = (0..<shape.count).map { function.value(value(0, $0), value(1, $0)) }
    case .select:
      result = (0..<shape.count).map { value(0, $0) != 0 ? value(1, $0) : value(2, $0) }
    case .gather(let indices): result = indices.map { values[0][$0] }
    case .concatenate: result = values.flatMap { $0 }
    default: return nil
    }
    return constant(result, shape.dims)
  }
}
