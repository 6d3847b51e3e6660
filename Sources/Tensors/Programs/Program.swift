/// A list of operations as data: what a ``Trace`` recorded, without what the outputs do not need.
///
/// The same program runs on batches of any size, in either precision. Its text
/// (``description``) and the order of its nodes depend only on what was traced.
public struct Program: Sendable, Hashable {
  /// The operations; the operands of a node come before it.
  public let nodes: [Node]
  /// The batches that are read, in the order in which they are given.
  public let inputs: [InputSlot]
  /// The parameters and where they lie in their buffer.
  public let parameters: [ParameterSlot]
  /// The results, in the order in which they were named.
  public let outputs: [Output]
  /// For each parameter, the node that is its gradient; empty for a program without gradients.
  public let parameterGradients: [Int?]

  /// A named result.
  public struct Output: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// The node that computes it.
    public let node: Int
  }

  /// What `trace` recorded, as far as `outputs` need it.
  ///
  /// - Parameters:
  ///   - trace: the record; all of its inputs and parameters are kept, in order.
  ///   - outputs: the results with their names.
  ///   - parameterGradients: the gradient of each parameter of the trace, if there are any.
  public init(
    _ trace: Trace, outputs: [(name: String, tensor: Tensor)],
    parameterGradients: [Tensor?] = []
  ) {
    let roots = outputs.map(\.tensor.id) + parameterGradients.compactMap { $0?.id }
    let kept = Program.needed(by: roots, in: trace.nodes)
    var renumbered = [Int](repeating: -1, count: trace.nodes.count)
    var nodes: [Node] = []
    for (number, node) in trace.nodes.enumerated() where kept[number] {
      require(node.operation != .placeholder, "a placeholder is left in the program")
      renumbered[number] = nodes.count
      nodes.append(
        Node(
          operation: node.operation, operands: node.operands.map { renumbered[$0] },
          shape: node.shape))
    }
    self.nodes = nodes
    inputs = trace.inputs
    parameters = trace.parameters
    self.outputs = outputs.map { Output(name: $0.name, node: renumbered[$0.tensor.id]) }
    self.parameterGradients = parameterGradients.map { $0.map { renumbered[$0.id] } }
  }

  /// The number of values in the buffer of all parameters.
  public var parameterCount: Int {
    parameters.last.map { $0.offset + $0.shape.count } ?? 0
  }

  /// The output called `name`.
  public func output(_ name: String) -> Output {
    guard let output = outputs.first(where: { $0.name == name }) else {
      fatalError("no output '\(name)' among \(outputs.map(\.name))")
    }
    return output
  }

  private static func needed(by roots: [Int], in nodes: [Node]) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for root in roots { needed[root] = true }
    for number in nodes.indices.reversed() where needed[number] {
      for operand in nodes[number].operands { needed[operand] = true }
    }
    return needed
  }
}

extension Program {
  /// Traces `body` and keeps what its outputs need.
  public static func traced(
    _ body: (Trace) -> [(name: String, tensor: Tensor)]
  ) -> Program {
    let trace = Trace()
    return Program(trace, outputs: body(trace))
  }

  /// The operations recorded once more in a new trace, with the tensor of every node; `replace` may
  /// put another tensor in the place of a node's own operation.
  func retraced(
    replacing replace: (Node, [Tensor], Trace) -> Tensor? = { _, _, _ in nil }
  ) -> (trace: Trace, tensors: [Tensor]) {
    let trace = Trace()
    trace.adopt(inputs: inputs, parameters: parameters)
    var tensors: [Tensor] = []
    tensors.reserveCapacity(nodes.count)
    for node in nodes {
      let operands = node.operands.map { tensors[$0] }
      tensors.append(
        replace(node, operands, trace) ?? trace.record(node.operation, operands, node.shape))
    }
    return (trace, tensors)
  }

  /// The program with the gradient of one output, summed over rows and features, added.
  ///
  /// - Parameters:
  ///   - name: the output to differentiate.
  ///   - inputNames: the inputs whose gradients become outputs called `d/dNAME`; the gradients with
  ///     respect to the parameters become ``parameterGradients``.
  public func differentiated(
    _ name: String, withRespectTo inputNames: [String] = []
  ) -> Program {
    let (trace, tensors) = retraced()
    let wanted = inputNames.map { name -> Int in
      guard let number = inputs.firstIndex(where: { $0.name == name }) else {
        fatalError("no input '\(name)' among \(inputs.map(\.name))")
      }
      return number
    }
    let inputTensors = wanted.map {
      trace.record(.input($0), [], Shape([inputs[$0].features], isPerRow: true))
    }
    let parameterTensors = parameters.indices.map {
      trace.record(.parameter($0), [], parameters[$0].shape)
    }
    let gradients = tensors[output(name).node].gradients(of: inputTensors + parameterTensors)
    var results = outputs.map { (name: $0.name, tensor: tensors[$0.node]) }
    for (number, gradient) in zip(wanted, gradients) {
      let input = trace.record(
        .input(number), [], Shape([inputs[number].features], isPerRow: true))
      results.append((name: "d/d" + inputs[number].name, tensor: gradient ?? input.zeros))
    }
    return Program(
      trace, outputs: results, parameterGradients: Array(gradients.dropFirst(wanted.count)))
  }

  /// The program of some of the outputs, without what only the others need.
  public func keeping(_ names: [String]) -> Program {
    let (trace, tensors) = retraced()
    return Program(trace, outputs: names.map { ($0, tensors[output($0).node]) })
  }

  /// The same program with every fused operation replaced by its definition in basic operations.
  public func expanded() -> Program {
    let (trace, tensors) = retraced { node, operands, _ in
      if case .fused(let operation) = node.operation { operation.definition(operands) } else { nil }
    }
    return Program(
      trace, outputs: outputs.map { (name: $0.name, tensor: tensors[$0.node]) },
      parameterGradients: parameterGradients.map { $0.map { tensors[$0] } })
  }
}
