/// Turns a program into kernel calls: which operations one kernel does together, which results need
/// no memory of their own, and where the others lie.
struct Lowering {
  let program: Program
  var nodes: [Node] { program.nodes }

  /// When a node's value is known.
  enum Stage: Comparable {
    /// From the parameters alone, once a run.
    case prologue
    /// In each tile.
    case tile
    /// After the sums over all rows are known.
    case epilogue
  }

  private(set) var stages: [Stage] = []
  /// For each node, how it is computed.
  private(set) var forms: [Form] = []
  /// Where each node's value lies, as far as it has a place.
  var places: [Place?] = []
  var plan = CompiledProgram.Plan()
  /// The kernel calls of each stage, in order.
  var steps: [Stage: [Step]] = [:]

  var tile = SpacePlan()
  /// The number of consumers that need each node's value.
  private(set) var uses: [Int] = []

  init(_ program: Program) {
    self.init(program, stages: Lowering.stages(of: program))
    assignPlaces()
    plan.tileFeatures = tile.size
    plan.prologue = steps[.prologue] ?? []
    plan.tile = Step.gathered(steps[.tile] ?? [])
    plan.epilogue = steps[.epilogue] ?? []
  }

  init(_ program: Program, stages: [Stage]) {
    self.program = program
    self.stages = stages
    uses = Array(repeating: 0, count: program.nodes.count)
    for node in program.nodes { for operand in node.operands { uses[operand] += 1 } }
    for output in program.outputs { uses[output.node] += 1 }
    for gradient in program.parameterGradients { if let gradient { uses[gradient] += 1 } }
    forms = FormChoice(program, uses: uses).forms
    places = Array(repeating: nil, count: program.nodes.count)
  }

  private static func stages(of program: Program) -> [Stage] {
    var stages: [Stage] = []
    for node in program.nodes {
      let latest = node.operands.map { stages[$0] }.max() ?? .prologue
      switch node.operation {
      case .sumRows, .outerRows: stages.append(.epilogue)
      case _ where node.shape.isPerRow:
        require(
          latest < .epilogue,
          "\(node.operation): a value for each row cannot depend on a sum over all rows")
        stages.append(.tile)
      default: stages.append(latest)
      }
    }
    return stages
  }
}

extension Program {
  /// Whether values of rows depend on sums over all rows, so that the rows would have to be gone
  /// through twice. Such a program can be interpreted, but not compiled.
  var needsTwoPasses: Bool {
    var isAfterSum: [Bool] = []
    for node in nodes {
      let depends = node.operands.contains { isAfterSum[$0] }
      if depends, node.shape.isPerRow { return true }
      isAfterSum.append(depends || node.operation == .sumRows || node.operation == .outerRows)
    }
    return false
  }
}

// MARK: - Places

extension Lowering {
  mutating func assignPlaces() {
    let lastUse = lastUses()
    var dying: [[Int]] = Array(repeating: [], count: nodes.count)
    for (number, last) in lastUse.enumerated() where last < nodes.count && last >= 0 {
      dying[last].append(number)
    }
    for number in nodes.indices {
      let taken = storageToTake(number, dying[number])
      place(number, in: taken.map { places[$0]! })
      emit(number)
      for root in dying[number] where root != number && root != taken { release(root) }
      // A value that nothing reads, such as an unused input.
      if dying[number].contains(number) { release(number) }
    }
  }

  private mutating func release(_ number: Int) {
    guard ownsTileStorage(number), let place = places[number] else { return }
    tile.release(place.offset, nodes[number].shape.count)
  }

  /// Whether a node's value lies in a tile, in memory of its own.
  private func ownsTileStorage(_ number: Int) -> Bool {
    if case .argument = nodes[number].operation { return false }
    return stages[number] == .tile && forms[number].needsStorage
  }

  /// The operand in whose place an elementwise result goes: one that nothing reads later, and whose features
  /// are read only where the result has the same number. One feature for all would be overwritten too early.
  private func storageToTake(_ number: Int, _ dying: [Int]) -> Int? {
    guard stages[number] == .tile, isElementwise(number) else { return nil }
    let count = nodes[number].shape.count
    let operands = forms[number].reads(nodes[number], forms, nodes)
    return dying.first { root in
      guard root != number, ownsTileStorage(root), nodes[root].shape.count == count else {
        return false
      }
      let parts = operands.filter { self.root(of: $0) == root }
      return !parts.isEmpty
        && parts.allSatisfy { places[$0] == places[root] && nodes[$0].shape.count == count }
    }
  }

  private func isElementwise(_ number: Int) -> Bool {
    switch forms[number] {
    case .reluPullback: return true
    case .direct:
      switch nodes[number].operation {
      case .unary, .binary, .select: return true
      default: return false
      }
    case .dense, .view, .absorbed: return false
    }
  }

  /// The node in whose storage a node's value lies.
  func root(of number: Int) -> Int {
    if case .view(let source, _) = forms[number] { root(of: source) } else { number }
  }

  /// For each node, the last one that reads its storage; `nodes.count` for results, -1 for none.
  private func lastUses() -> [Int] {
    var last = Array(repeating: -1, count: nodes.count)
    for number in nodes.indices {
      if forms[number].needsStorage { last[number] = max(last[number], number) }
      guard forms[number].isComputed else { continue }
      for operand in forms[number].reads(nodes[number], forms, nodes) {
        let storage = root(of: operand)
        last[storage] = max(last[storage], number)
      }
    }
    for output in program.outputs { last[root(of: output.node)] = nodes.count }
    return last
  }

  private mutating func place(_ number: Int, in taken: Place?) {
    let node = nodes[number]
    switch forms[number] {
    case .absorbed: return
    case .view(let source, let offset): places[number] = places[source]!.advanced(by: offset)
    default:
      if places[number] != nil {
        return
      } else if let taken {
        places[number] = taken
      } else if case .parameter(let index) = node.operation {
        places[number] = Place(space: .parameters, offset: program.parameters[index].offset)
      } else if stages[number] == .tile {
        places[number] = Place(space: .tile, offset: tile.allocate(node.shape.count))
      } else {
        places[number] = Place(space: .fixed, offset: plan.fixedCount)
        plan.fixedCount += node.shape.count
      }
    }
  }
}

// MARK: - Steps

extension Lowering {
  mutating func append(_ step: Step, for number: Int) {
    steps[stages[number], default: []].append(step)
  }

  private mutating func emit(_ number: Int) {
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
    case .parameter, .placeholder, .argument: break
    case .constant(let values): plan.constants.append((y.offset, values))
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
    case .spread, .stopGradient:
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

  private mutating func emitSums(_ number: Int, _ node: Node, _ y: Place) {
    let count = node.shape.count
    let operands = node.operands
    let width = nodes[operands[0]].shape.last
    switch node.operation {
    case .reduce(let reduction):
      append(
        .reduce(reduction, groups: count, width: width, x: full(operands[0]), y: y), for: number)
    case .cumulativeSum(let backward):
      append(
        .cumulativeSum(
          backward: backward, groups: width == 0 ? 0 : count / width, width: width,
          x: full(operands[0]), y: y), for: number)
    case .sumRows:
      steps[.tile, default: []].append(
        .sumRows(count: count, x: full(operands[0]), sums: plan.sumCount))
      plan.sums.append(CompiledProgram.Sum(offset: plan.sumCount, count: count, target: y.offset))
      plan.sumCount += count
    case .outerRows:
      let (m, n) = (nodes[operands[0]].shape.count, nodes[operands[1]].shape.count)
      steps[.tile, default: []].append(
        .outerRows(
          m: m, n: n, a: full(operands[0]), b: full(operands[1]), product: plan.productCount,
          nonzero: staircase(usedOf: number)))
      plan.products.append(
        CompiledProgram.Sum(offset: plan.productCount, count: m * n, target: y.offset))
      plan.productCount += m * n
    default: emitMatrixStep(number, node, y)
    }
  }

  private mutating func emitMatrixStep(_ number: Int, _ node: Node, _ y: Place) {
    let operands = node.operands
    switch node.operation {
    case .loop(let loop): emitLoop(loop, number, node, y)
    case .matrixProduct:
      let (m, n) = (node.shape.dims[0], node.shape.dims[1])
      append(
        .matrixProduct(
          m: m, k: nodes[operands[0]].shape.dims[1], n: n, a: full(operands[0]),
          b: full(operands[1]), y: y), for: number)
    case .triangularSolve(let triangle):
      append(
        .triangularSolve(
          triangle, size: node.shape.count, matrix: full(operands[0]), x: full(operands[1]), y: y),
        for: number)
    case .fused(.spline(let spline, let direction)):
      append(
        .spline(
          spline, direction, features: nodes[operands[0]].shape.count, x: full(operands[0]),
          parameters: full(operands[1]), y: y), for: number)
    case .fused(.splinePullback(let spline, let direction)):
      append(
        .splinePullback(
          spline, direction, features: nodes[operands[0]].shape.count, x: full(operands[0]),
          parameters: full(operands[1]), gradient: full(operands[2]), y: y), for: number)
    default: preconditionFailure("\(node.operation) was to be lowered elsewhere")
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
