extension StepRunner {
  func repeatRounds(_ loop: LoopStep) {
    for (state, initial) in zip(loop.states, loop.initial) {
      move(initial, state.place, state.count)
    }
    for _ in 0..<loop.limit {
      run(loop.body)
      for (state, next) in zip(loop.states, loop.next) { move(next, state.place, state.count) }
      if let done = loop.done, isDone(done) { break }
    }
    var y = loop.y
    for state in loop.states {
      move(state.place, y, state.count)
      y = y.advanced(by: state.count)
    }
  }

  private func move(_ from: Place, _ to: Place, _ count: Int) {
    address(to).copyMemory(from: address(from), byteCount: count * lanes(to) * size)
  }

  /// Whether the number is not 0 for any row.
  private func isDone(_ place: Place) -> Bool {
    let count = place.isPerRow ? rows : 1
    switch precision {
    case .float:
      let flags = address(place).assumingMemoryBound(to: Float.self)
      return (0..<count).allSatisfy { flags[$0] != 0 }
    case .double:
      let flags = address(place).assumingMemoryBound(to: Double.self)
      return (0..<count).allSatisfy { flags[$0] != 0 }
    }
  }
}
