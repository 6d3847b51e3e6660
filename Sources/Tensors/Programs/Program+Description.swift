extension Program: CustomStringConvertible {
  /// One line a node: `%3 [B, 8] = linear(%1, %2)`; programs that it owns follow it, indented.
  public var description: String {
    var lines = nodes.enumerated().flatMap { number, node in
      let operands = node.operands.map { "%\($0)" }.joined(separator: ", ")
      let line = "%\(number) \(node.shape) = \(label(node.operation))(\(operands))"
      return [line] + owned(by: node.operation).flatMap { $0.indentedLines }
    }
    lines += outputs.map { "\($0.name) = %\($0.node)" }
    for (slot, gradient) in zip(parameters, parameterGradients) {
      if let gradient { lines.append("d/d\(slot.name) = %\(gradient)") }
    }
    return lines.joined(separator: "\n")
  }

  private var indentedLines: [String] {
    description.split(separator: "\n").map { "    " + $0 }
  }

  private func owned(by operation: Operation) -> [Program] {
    switch operation {
    case .loop(let loop): [loop.body]
    case .root(let root): [root.residual]
    default: []
    }
  }

  private func label(_ operation: Operation) -> String {
    switch operation {
    case .input(let number): "input \(inputs[number].name) "
    case .parameter(let number): "parameter \(parameters[number].name) "
    case .constant(let numbers): "constant \(Program.short(numbers.values)) "
    case .gather(let indices): "gather \(Program.short(indices)) "
    case .scatter(let indices): "scatter \(Program.short(indices)) "
    case .unary(let function): "\(function)"
    case .binary(let function): "\(function)"
    case .reduce(let reduction): "\(reduction)"
    case .fused(let fused): "\(fused)"
    case .argument(let number): "argument \(number) "
    case .loop(let loop):
      loop.hasCondition ? "at most \(loop.limit) rounds " : "\(loop.limit) rounds "
    case .root: "root "
    default: "\(operation)"
    }
  }

  private static func short<T>(_ values: [T]) -> String {
    values.count <= 6 ? "\(values)" : "\(values.prefix(3))…(\(values.count))"
  }
}
