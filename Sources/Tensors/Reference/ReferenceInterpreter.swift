/// Runs a program in `Double`, one operation after the other and one number at a time: the
/// definition that every fast path is compared with.
public struct ReferenceInterpreter {
  /// What is run; fused operations are replaced by their definitions.
  let program: Program

  /// An interpreter of `program`.
  public init(_ program: Program) {
    self.program = program.expanded()
  }

  /// The outputs in order, each row after row: `[B, features]`, or `[features]` without rows.
  ///
  /// - Parameters:
  ///   - inputs: one batch an input, row after row: `[B, features]`.
  ///   - parameters: the buffer of all parameters.
  ///   - rows: B.
  /// - Returns: the outputs, then the gradients of the parameters that have one.
  public func run(
    inputs: [[Double]], parameters: [Double], rows: Int
  ) -> (outputs: [[Double]], parameterGradients: [[Double]?]) {
    require(
      inputs.count == program.inputs.count,
      "\(program.inputs.count) inputs expected, got \(inputs.count)")
    let values = values(inputs: inputs, parameters: parameters, arguments: [], rows: rows)
    return (
      program.outputs.map { values[$0.node].rowMajor },
      program.parameterGradients.map { $0.map { values[$0].rowMajor } }
    )
  }

  /// The values of all nodes.
  private func values(
    inputs: [[Double]], parameters: [Double], arguments: [ReferenceValue], rows: Int
  ) -> [ReferenceValue] {
    var values: [ReferenceValue] = []
    for node in program.nodes {
      let operands = node.operands.map { values[$0] }
      switch node.operation {
      case .argument(let number): values.append(arguments[number])
      case .loop(let loop): values.append(run(loop, operands, node, rows))
      default: values.append(value(of: node, operands, inputs, parameters, rows))
      }
    }
    return values
  }

  private func run(
    _ loop: Loop, _ operands: [ReferenceValue], _ node: Node, _ rows: Int
  ) -> ReferenceValue {
    let body = ReferenceInterpreter(loop.body)
    var arguments = operands
    for _ in 0..<loop.limit {
      let values = body.values(inputs: [], parameters: [], arguments: arguments, rows: rows)
      for state in 0..<loop.stateCount {
        arguments[state] = values[body.program.outputs[state].node]
      }
      if loop.hasCondition {
        let done = values[body.program.outputs[loop.stateCount].node]
        if (0..<done.lanes).allSatisfy({ done[0, $0] != 0 }) { break }
      }
    }
    var result = ReferenceValue(count: node.shape.count, lanes: node.shape.isPerRow ? rows : 1)
    var start = 0
    for state in arguments.prefix(loop.stateCount) {
      for feature in 0..<state.count {
        for row in 0..<result.lanes { result[start + feature, row] = state[feature, row] }
      }
      start += state.count
    }
    return result
  }

  private func value(
    of node: Node, _ operands: [ReferenceValue], _ inputs: [[Double]], _ parameters: [Double],
    _ rows: Int
  ) -> ReferenceValue {
    let lanes = node.shape.isPerRow ? rows : 1
    var result = ReferenceValue(count: node.shape.count, lanes: lanes)
    switch node.operation {
    case .input(let number):
      let features = program.inputs[number].features
      require(
        inputs[number].count == rows * features,
        "input '\(program.inputs[number].name)' needs \(rows) rows of \(features) values")
      result.fill { feature, row in inputs[number][row * features + feature] }
    case .parameter(let number):
      let offset = program.parameters[number].offset
      result.fill { feature, _ in parameters[offset + feature] }
    case .constant(let numbers): result.fill { feature, _ in numbers.values[feature] }
    case .rowCount: result.fill { _, _ in Double(rows) }
    case .placeholder: preconditionFailure("a placeholder has no value")
    case .unary(let function): result.fill { function.value(operands[0][$0, $1]) }
    case .binary(let function):
      result.fill { function.value(operands[0][$0, $1], operands[1][$0, $1]) }
    case .select:
      result.fill { operands[0][$0, $1] != 0 ? operands[1][$0, $1] : operands[2][$0, $1] }
    case .spread, .stopGradient, .root: result.fill { operands[0][$0, $1] }
    default: moveOrReduce(node, operands, into: &result)
    }
    return result
  }

  private func moveOrReduce(
    _ node: Node, _ operands: [ReferenceValue], into result: inout ReferenceValue
  ) {
    switch node.operation {
    case .gather(let indices): result.fill { operands[0][indices[$0], $1] }
    case .scatter(let indices):
      for (source, target) in indices.enumerated() {
        for row in 0..<result.lanes { result[target, row] += operands[0][source, row] }
      }
    case .concatenate:
      var start = 0
      for operand in operands {
        for feature in 0..<operand.count {
          for row in 0..<result.lanes { result[start + feature, row] = operand[feature, row] }
        }
        start += operand.count
      }
    case .reduce(let reduction):
      let width = result.count == 0 ? 0 : operands[0].count / result.count
      result.fill { group, row in
        let values = (0..<width).map { operands[0][group * width + $0, row] }
        return switch reduction {
        case .sum: values.reduce(0, +)
        case .maximum: values.dropFirst().reduce(values[0]) { BinaryFunction.maximum.value($0, $1) }
        }
      }
    case .cumulativeSum(let backward):
      let width = node.shape.last
      result.fill { feature, row in
        let (group, place) = feature.quotientAndRemainder(dividingBy: max(width, 1))
        let range = backward ? place..<width : 0..<place + 1
        return range.reduce(0) { $0 + operands[0][group * width + $1, row] }
      }
    case .sumRows:
      result.fill { feature, _ in
        (0..<operands[0].lanes).reduce(0) { $0 + operands[0][feature, $1] }
      }
    default: multiply(node, operands, into: &result)
    }
  }

  private func multiply(
    _ node: Node, _ operands: [ReferenceValue], into result: inout ReferenceValue
  ) {
    switch node.operation {
    case .linear(let transposed):
      let (out, width) = (result.count, operands[1].count)
      result.fill { feature, row in
        (0..<width).reduce(0) { sum, k in
          let weight = transposed ? k * out + feature : feature * width + k
          return sum + operands[0][weight, 0] * operands[1][k, row]
        }
      }
    case .outerRows:
      let width = operands[1].count
      result.fill { index, _ in
        (0..<operands[0].lanes).reduce(0) {
          $0 + operands[0][index / width, $1] * operands[1][index % width, $1]
        }
      }
    case .matrixProduct:
      let width = node.shape.dims[1]
      let depth = width == 0 ? 0 : operands[1].count / width
      result.fill { index, _ in
        (0..<depth).reduce(0) {
          $0 + operands[0][index / width * depth + $1, 0]
            * operands[1][$1 * width + index % width, 0]
        }
      }
    case .triangularSolve(let triangle):
      for row in 0..<result.lanes {
        triangle.solve(size: result.count, entry: { operands[0][$0, 0] }) {
          operands[1][$0, row]
        } store: {
          result[$0, row] = $1
        } load: {
          result[$0, row]
        }
      }
    default: preconditionFailure("\(node.operation) is no basic operation")
    }
  }
}

/// `count` numbers for each of `lanes` rows.
struct ReferenceValue {
  let count: Int
  let lanes: Int
  private var storage: [Double]

  init(count: Int, lanes: Int) {
    self.count = count
    self.lanes = lanes
    storage = Array(repeating: 0, count: count * lanes)
  }

  /// A value; one without rows, or with a single feature, stands for all of them.
  subscript(feature: Int, row: Int) -> Double {
    get { storage[(count == 1 ? 0 : feature) * lanes + (lanes == 1 ? 0 : row)] }
    set { storage[feature * lanes + row] = newValue }
  }

  mutating func fill(_ value: (_ feature: Int, _ row: Int) -> Double) {
    for feature in 0..<count {
      for row in 0..<lanes { storage[feature * lanes + row] = value(feature, row) }
    }
  }

  /// Row after row.
  var rowMajor: [Double] {
    (0..<lanes).flatMap { row in (0..<count).map { storage[$0 * lanes + row] } }
  }
}

extension Triangle {
  /// Forward or back substitution, one unknown at a time.
  func solve(
    size: Int, entry: (Int) -> Double, right: (Int) -> Double,
    store: (Int, Double) -> Void, load: (Int) -> Double
  ) {
    let goesDown = isLower != isTransposed
    for step in 0..<size {
      let i = goesDown ? step : size - 1 - step
      var sum = right(i)
      for j in goesDown ? 0..<i : i + 1..<size {
        sum -= entry(isTransposed ? j * size + i : i * size + j) * load(j)
      }
      store(i, hasUnitDiagonal ? sum : sum / entry(i * size + i))
    }
  }
}
