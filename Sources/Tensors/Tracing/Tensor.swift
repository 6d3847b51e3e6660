/// A symbolic tensor: the result of an operation that a ``Trace`` has recorded.
///
/// Arithmetic and functions of tensors record further operations. Shapes are checked as they are
/// recorded; a wrong one stops the program with both shapes.
public struct Tensor {
  /// Where its operation is recorded.
  public let trace: Trace
  let id: Int

  /// Its extents.
  public var shape: Shape { node.shape }

  var node: Node { trace.nodes[id] }

  /// The numbers of a constant; nil for anything else.
  package var constantValues: [Double]? {
    if case .constant(let numbers) = node.operation { numbers.values } else { nil }
  }

  /// Whether every feature is this constant.
  func isConstant(_ value: Double) -> Bool {
    constantValues.map { $0.allSatisfy { $0 == value } } ?? false
  }
}
