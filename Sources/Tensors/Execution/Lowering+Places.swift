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
