/// A body that is run again and again on its own results: an operation that owns a program.
public struct Loop: Hashable, Sendable {
  /// One round: arguments are the states and then what is captured; outputs are the next states
  /// and then, with a condition, a number that is not 0 for rows that are done.
  let body: Program
  /// The number of states.
  let stateCount: Int
  /// The most rounds.
  let limit: Int
  /// Whether the loop ends once every row of a tile is done.
  let hasCondition: Bool

  /// With a fixed number of rounds, the loop is differentiated as the rounds written out. One that
  /// ends by a condition counts as constant: see ``Tensor/solved(between:and:captured:tolerance:residual:)``.
  func pullback(_ operands: [Tensor], _ gradient: Tensor) -> [Tensor?] {
    guard !hasCondition else { return operands.map { _ in nil } }
    return unrolled(operands).partialGradients(of: operands, seed: gradient)
  }

  /// All rounds, one after the other.
  private func unrolled(_ operands: [Tensor]) -> Tensor {
    var arguments = operands
    for _ in 0..<limit {
      arguments.replaceSubrange(0..<stateCount, with: body.results(on: arguments))
    }
    return Tensor.concatenated(Array(arguments.prefix(stateCount)))
  }
}

extension Program {
  /// The outputs of a body, recorded in the trace of its arguments.
  func results(on arguments: [Tensor]) -> [Tensor] {
    let trace = arguments[0].trace
    var tensors: [Tensor] = []
    for node in nodes {
      if case .argument(let number) = node.operation {
        tensors.append(arguments[number])
      } else {
        tensors.append(
          trace.record(node.operation, node.operands.map { tensors[$0] }, node.shape))
      }
    }
    return outputs.map { tensors[$0.node] }
  }
}

extension Tensor {
  /// Runs `body` on states `rounds` times: s ← body(s, captured).
  ///
  /// - Parameters:
  ///   - initial: the first states, with rows, or all without.
  ///   - captured: other tensors that the body uses; it may use none but these and constants.
  ///   - rounds: the number of rounds.
  ///   - body: one round, recorded once.
  /// - Returns: the final states.
  public static func iterated<Failure: Error>(
    _ initial: [Tensor], captured: [Tensor] = [], rounds: Int,
    body: (_ states: [Tensor], _ captured: [Tensor]) throws(Failure) -> [Tensor]
  ) throws(Failure) -> [Tensor] {
    try loop(initial, captured, limit: rounds) { states, captured throws(Failure) in
      (try body(states, captured), nil)
    }
  }

  /// Runs `body` on states until every row is done, or `limit` times. Gradients do not flow through
  /// the rounds.
  ///
  /// - Parameters:
  ///   - initial: the first states, with rows.
  ///   - captured: other tensors that the body uses; it may use none but these and constants.
  ///   - limit: the most rounds.
  ///   - body: one round, recorded once: the next states, and a number a row that is not 0 once
  ///     the row is done.
  /// - Returns: the final states.
  public static func iterated<Failure: Error>(
    _ initial: [Tensor], captured: [Tensor] = [], limit: Int,
    until body: (_ states: [Tensor], _ captured: [Tensor]) throws(Failure) -> (
      next: [Tensor], isDone: Tensor
    )
  ) throws(Failure) -> [Tensor] {
    try loop(initial, captured, limit: limit) { states, captured throws(Failure) in
      let (next, isDone) = try body(states, captured)
      return (next, isDone)
    }
  }

  private static func loop<Failure: Error>(
    _ initial: [Tensor], _ captured: [Tensor], limit: Int,
    _ round: ([Tensor], [Tensor]) throws(Failure) -> ([Tensor], Tensor?)
  ) throws(Failure) -> [Tensor] {
    require(!initial.isEmpty, "a loop needs a state")
    let isPerRow = initial[0].shape.isPerRow
    let body = Trace()
    let arguments = (initial + captured).enumerated().map { number, tensor in
      body.record(.argument(number), [], tensor.shape)
    }
    let (next, isDone) = try round(
      Array(arguments.prefix(initial.count)), Array(arguments.dropFirst(initial.count)))
    require(
      initial.allSatisfy { $0.shape.isPerRow == isPerRow }
        && next.map(\.shape) == initial.map(\.shape),
      "loop: states \(initial.map(\.shape)) became \(next.map(\.shape))")
    var outputs = next.enumerated().map { (name: "s\($0)", tensor: $1) }
    if let isDone {
      require(
        isDone.shape.count == 1 && isDone.shape.isPerRow == isPerRow,
        "loop: one number a row says whether it is done, not \(isDone.shape)")
      outputs.append((name: "done", tensor: isDone))
    }
    let program = Program(body, outputs: outputs)
    require(
      !program.nodes.contains { $0.operation == .sumRows || $0.operation == .outerRows },
      "loop: a round knows the rows of its tile alone and cannot sum over all rows")
    let loop = Loop(
      body: program, stateCount: initial.count, limit: limit, hasCondition: isDone != nil)
    let count = initial.reduce(0) { $0 + $1.shape.count }
    let result = initial[0].trace.record(
      .loop(loop), initial + captured, Shape([count], isPerRow: isPerRow))
    var start = 0
    return initial.map { state in
      let range = start..<start + state.shape.count
      start = range.upperBound
      return result.slice(range).reshaped(state.shape.dims)
    }
  }
}
