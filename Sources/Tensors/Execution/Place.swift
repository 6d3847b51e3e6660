/// Where the values of a node lie: in the tile of a worker, or among the numbers that all rows
/// share.
struct Place: Hashable, Sendable {
  /// Which memory.
  enum Space: Hashable, Sendable {
    /// A worker's tile: feature f of row r at `(offset + f) * ld + r`.
    case tile
    /// What is the same for all rows: feature f at `offset + f`.
    case fixed
    /// The buffer of all parameters.
    case parameters
  }

  var space: Space
  /// The number of the first feature in its space.
  var offset: Int

  func advanced(by features: Int) -> Place { Place(space: space, offset: offset + features) }

  var isPerRow: Bool { space == .tile }
}

/// First-fit allocation of features in one space; what is given back is used again.
struct SpacePlan {
  /// The number of features that the space needs.
  private(set) var size = 0
  private var free: [Range<Int>] = []

  mutating func allocate(_ count: Int) -> Int {
    guard count > 0 else { return 0 }
    if let index = free.firstIndex(where: { $0.count >= count }) {
      let range = free[index]
      if range.count == count {
        free.remove(at: index)
      } else {
        free[index] = range.lowerBound + count..<range.upperBound
      }
      return range.lowerBound
    }
    // A free end of the space is stretched.
    if let last = free.last, last.upperBound == size {
      free.removeLast()
      size = last.lowerBound + count
      return last.lowerBound
    }
    size += count
    return size - count
  }

  mutating func release(_ offset: Int, _ count: Int) {
    guard count > 0 else { return }
    let range = offset..<offset + count
    let index = free.firstIndex { $0.lowerBound > offset } ?? free.count
    free.insert(range, at: index)
    merge(at: index)
    if index > 0 { merge(at: index - 1) }
  }

  private mutating func merge(at index: Int) {
    guard index + 1 < free.count, free[index].upperBound == free[index + 1].lowerBound else {
      return
    }
    free[index] = free[index].lowerBound..<free[index + 1].upperBound
    free.remove(at: index + 1)
  }
}
