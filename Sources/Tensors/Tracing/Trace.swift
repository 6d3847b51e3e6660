/// Records operations on symbolic tensors, to become a ``Program``.
///
/// A node that repeats an earlier one is the earlier one, and operations on constants are carried
/// out at once. A trace belongs to one thread.
public final class Trace {
  private(set) var nodes: [Node] = []
  private var numbers: [Node: Int] = [:]
  private(set) var inputs: [InputSlot] = []
  private(set) var parameters: [ParameterSlot] = []
  /// The indices and constants that all nodes hold.
  private var held = 0
  /// The most of them.
  private let mostHeld: Int

  /// Nothing recorded yet. What is recorded may hold 5 · 10⁸ indices and constants, 4 GB.
  public convenience init() { self.init(mostHeld: 500_000_000) }

  init(mostHeld: Int) { self.mostHeld = mostHeld }

  /// The number of operations recorded.
  package var count: Int { nodes.count }

  /// A batch of rows that is given when the program runs: `[B, features]`.
  public func input(_ name: String, features: Int) -> Tensor {
    require(
      !inputs.contains { $0.name == name }, "there is an input named '\(name)' already")
    Shape.requireSize([features], of: "input '\(name)'")
    inputs.append(InputSlot(name: name, features: features))
    return record(.input(inputs.count - 1), [], Shape([features], isPerRow: true))
  }

  /// A parameter, the same for all rows: `[dims…]`. Asking for a name again gives the same tensor. All parameters
  /// together have at most 10⁸ values.
  public func parameter(_ name: String, _ dims: [Int]) -> Tensor {
    Shape.requireSize(dims, of: "parameter '\(name)'")
    let shape = Shape(dims, isPerRow: false)
    if let known = parameters.firstIndex(where: { $0.name == name }) {
      require(
        parameters[known].shape == shape,
        "parameter '\(name)' was \(parameters[known].shape) and is now \(shape)")
      return record(.parameter(known), [], shape)
    }
    let offset = parameters.last.map { $0.offset + $0.shape.count } ?? 0
    let total = offset + shape.count
    require(
      total <= Shape.largestCount,
      "with parameter '\(name)' of extents \(dims) all parameters have \(total) values, "
        + "\(Shape.memory(of: total)); \(Shape.advice)")
    parameters.append(ParameterSlot(name: name, shape: shape, offset: offset))
    return record(.parameter(parameters.count - 1), [], shape)
  }

  /// Fixed numbers in row-major order: `[dims…]`.
  public func constant(_ values: [Double], _ dims: [Int]) -> Tensor {
    let shape = Shape(dims, isPerRow: false)
    require(
      values.count == shape.count,
      "\(shape.count) values expected for \(shape), got \(values.count)"
    )
    return record(.constant(FixedNumbers(values: values)), [], shape)
  }

  /// One fixed number.
  public func constant(_ value: Double) -> Tensor { constant([value], []) }

  /// B, the number of rows of the batch.
  public var rowCount: Tensor { record(.rowCount, [], .fixed()) }

  /// The tensor of a new node, or of the earlier one that equals it.
  func record(_ operation: Operation, _ operands: [Tensor], _ shape: Shape) -> Tensor {
    for operand in operands {
      require(operand.trace === self, "operands of different traces cannot be combined")
    }
    if let simpler = simplified(operation, operands, shape) { return simpler }
    let node = Node(operation: operation, operands: operands.map(\.id), shape: shape)
    if let known = numbers[node] { return Tensor(trace: self, id: known) }
    held += operation.heldCount
    require(
      held <= mostHeld,
      "with the operation that makes \(shape) a program holds \(held) indices and constants, "
        + "\(Shape.memory(of: held)); there may be \(mostHeld): take fewer features, units, components or layers"
    )
    nodes.append(node)
    numbers[node] = nodes.count - 1
    return Tensor(trace: self, id: nodes.count - 1)
  }

  /// The inputs and parameters of another program, so that its nodes can be recorded again here.
  func adopt(inputs: [InputSlot], parameters: [ParameterSlot]) {
    require(nodes.isEmpty, "only an empty trace can adopt another's inputs")
    self.inputs = inputs
    self.parameters = parameters
  }
}

/// A batch that a program reads: `[B, features]`.
public struct InputSlot: Hashable, Sendable {
  /// What it is called.
  public let name: String
  /// The number of values a row has.
  public let features: Int
}

/// A parameter of a program, and where it lies in the one buffer that holds them all.
public struct ParameterSlot: Hashable, Sendable {
  /// What it is called.
  public let name: String
  /// Its shape, without rows.
  public let shape: Shape
  /// The index of its first value in the buffer of all parameters.
  public let offset: Int
}
