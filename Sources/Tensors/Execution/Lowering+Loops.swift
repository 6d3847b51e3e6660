extension Lowering {
  /// Lowers the body into the same spaces, beside everything that is alive around the loop.
  mutating func emitLoop(_ loop: Loop, _ number: Int, _ node: Node, _ y: Place) {
    let operands = node.operands
    let stage = stages[number]
    let states = operands.prefix(loop.stateCount).map { operand -> (place: Place, count: Int) in
      let count = nodes[operand].shape.count
      return (newPlace(count, in: stage), count)
    }
    let arguments = states.map(\.place) + operands.dropFirst(loop.stateCount).map { full($0) }
    var body = Lowering(loop.body, arguments: arguments, stage: stage, plan: plan, tile: tile)
    body.assignPlaces()
    let outputs = loop.body.outputs.map { body.separated($0.node) }
    // What the body computes once, from what it captures, comes before the loop.
    for (early, calls) in body.steps where early < stage {
      steps[early, default: []] += calls
    }
    plan = body.plan
    tile = body.tile
    append(
      .loop(
        LoopStep(
          limit: loop.limit, states: states,
          initial: operands.prefix(loop.stateCount).map { full($0) },
          next: Array(outputs.prefix(loop.stateCount)),
          done: loop.hasCondition ? outputs[loop.stateCount] : nil,
          body: Step.gathered(body.steps[stage] ?? []),
          y: y)), for: number)
    if stage == .tile {
      for state in states { tile.release(state.place.offset, state.count) }
      body.releaseOutputs(into: &tile)
    }
  }

  /// The lowering of a loop's body, whose arguments have places already.
  private init(
    _ body: Program, arguments: [Place], stage: Stage, plan: CompiledProgram.Plan, tile: SpacePlan
  ) {
    var stages: [Stage] = []
    for node in body.nodes {
      if case .argument(let number) = node.operation {
        stages.append(
          arguments[number].isPerRow ? .tile : stage == .epilogue ? .epilogue : .prologue)
      } else {
        let latest = node.operands.map { stages[$0] }.max() ?? .prologue
        stages.append(node.shape.isPerRow ? .tile : latest)
      }
    }
    // Without rows, what depends on a state belongs to the rounds, and so does all that uses it.
    self.init(body, stages: stages.map { stage == .tile ? $0 : stage })
    for (number, node) in body.nodes.enumerated() {
      if case .argument(let argument) = node.operation { places[number] = arguments[argument] }
    }
    self.plan = plan
    self.tile = tile
  }

  mutating func newPlace(_ count: Int, in stage: Stage) -> Place {
    if stage == .tile { return Place(space: .tile, offset: tile.allocate(count)) }
    defer { plan.fixedCount += count }
    return Place(space: .fixed, offset: plan.fixedCount)
  }

  /// The place of a body's result; a state that is passed on unchanged is copied, since states are
  /// overwritten one after the other.
  private mutating func separated(_ output: Int) -> Place {
    guard case .argument = nodes[root(of: output)].operation else { return places[output]! }
    let count = nodes[output].shape.count
    let copy = newPlace(count, in: stages[output])
    append(
      .copy([Run(source: 0, target: 0, count: count)], x: places[output]!, y: copy), for: output)
    return copy
  }

  /// Gives back the storage of a body's results once the loop is over.
  private func releaseOutputs(into tile: inout SpacePlan) {
    let storages = Set(program.outputs.map { root(of: $0.node) })
    for number in storages.sorted() {
      if case .argument = nodes[number].operation { continue }
      guard stages[number] == .tile, let place = places[number] else { continue }
      tile.release(place.offset, nodes[number].shape.count)
    }
  }
}
