extension Lowering {
  mutating func append(_ step: Step, for number: Int) {
    steps[stages[number], default: []].append(step)
  }

  mutating func emit(_ number: Int) {
    let node = nodes[number]
    guard let y = places[number], forms[number].isComputed else { return }
    let count = node.shape.count
    switch forms[number] {
    case .dense(let dense): append(.linear(linearStep(dense, y: y)), for: number)
    case .reluPullback(let relu, let gradient):
      append(
        .reluPullback(count: count, relu: full(relu), gradient: full(gradient), y: y), for: number)
    case .direct: emitDirect(number, node, y)
    case .view, .absorbed: return
    }
  }

  private mutating func linearStep(_ dense: Form.Dense, y: Place) -> LinearStep {
    let linear = nodes[dense.linear]
    let isTransposed = linear.operation == .linear(transposed: true)
    let dims = nodes[linear.operands[0]].shape.dims
    let pack = CompiledProgram.Pack(
      weights: places[linear.operands[0]]!, out: dims[0], width: dims[1],
      isTransposed: isTransposed, nonzero: staircase(of: linear.operands[0]))
    return LinearStep(
      out: linear.shape.count, width: nodes[linear.operands[1]].shape.count,
      pack: plan.number(of: pack), x: places[linear.operands[1]]!,
      bias: dense.bias.map { places[$0]! }, hasRelu: dense.hasRelu, y: y)
  }

  func full(_ number: Int) -> Place { places[number]! }

  private mutating func emitDirect(_ number: Int, _ node: Node, _ y: Place) {
    let count = node.shape.count
    let operands = node.operands
    switch node.operation {
    case .input(let index):
      append(.load(input: index, count: count, y: y), for: number)
    case .parameter, .placeholder, .argument, .stopGradient, .root: break
    case .constant(let numbers): plan.constants.append((y.offset, numbers.values))
    case .rowCount: plan.rowCounts.append(y.offset)
    case .unary(let function):
      append(
        .unary(function, kernel: function.kernel, count: count, x: full(operands[0]), y: y),
        for: number)
    case .binary(let function):
      append(
        .binary(
          kernel: function.kernel, count: count, a: operand(operands[0], of: node),
          b: operand(operands[1], of: node), y: y), for: number)
    case .select:
      let parts = operands.map { materialized($0, of: node, for: number) }
      append(.select(count: count, c: parts[0], a: parts[1], b: parts[2], y: y), for: number)
      for (operand, part) in zip(operands, parts) where part != places[operand] {
        if part.space == .tile { tile.release(part.offset, count) }
      }
    case .spread:
      append(.broadcast(count: count, x: operand(operands[0], of: node), y: y), for: number)
    case .gather(let indices):
      append(.copy(Run.gathering(indices), x: full(operands[0]), y: y), for: number)
    case .scatter(let indices):
      append(.zero(count: count, y: y), for: number)
      append(.add(Run.scattering(indices), x: full(operands[0]), y: y), for: number)
    case .concatenate: emitConcatenation(number, node, y)
    default: emitSums(number, node, y)
    }
  }

  private mutating func emitConcatenation(_ number: Int, _ node: Node, _ y: Place) {
    var start = 0
    for source in node.operands {
      let count = nodes[source].shape.count
      let part = y.advanced(by: start)
      if nodes[source].shape.isPerRow == node.shape.isPerRow {
        append(
          .copy([Run(source: 0, target: 0, count: count)], x: full(source), y: part), for: number)
      } else {
        append(.broadcast(count: count, x: .features(full(source)), y: part), for: number)
      }
      start += count
    }
  }

  /// How an elementwise operation reads an operand.
  private func operand(_ number: Int, of node: Node) -> Operand {
    var source = number
    // What is the same for all rows is read where it is.
    if case .absorbed = forms[number], case .spread = nodes[number].operation {
      source = nodes[number].operands[0]
    }
    let place = places[source]!
    let isSingle = nodes[source].shape.count == 1 && node.shape.count != 1
    if place.isPerRow == node.shape.isPerRow {
      guard isSingle else { return .full(place) }
      return place.isPerRow ? .rows(place) : .number(place)
    }
    return isSingle || node.shape.count == 1 ? .number(place) : .features(place)
  }

  /// An operand as a value for each value of the result, copied there if need be.
  private mutating func materialized(_ source: Int, of node: Node, for number: Int) -> Place {
    let operand = operand(source, of: node)
    if case .full(let place) = operand { return place }
    let count = node.shape.count
    let place = newPlace(count, in: stages[number])
    append(.broadcast(count: count, x: operand, y: place), for: number)
    return place
  }
}
