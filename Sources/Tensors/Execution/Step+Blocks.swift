extension Step {
  /// What an elementwise step in a tile reads and writes; nil for other steps.
  private var elementwise: (count: Int, reads: [Operand], y: Place)? {
    switch self {
    case .unary(_, _, let count, let x, let y) where y.isPerRow: (count, [.full(x)], y)
    case .binary(_, let count, let a, let b, let y) where y.isPerRow: (count, [a, b], y)
    case .select(let count, let c, let a, let b, let y) where y.isPerRow:
      (count, [.full(c), .full(a), .full(b)], y)
    case .reluPullback(let count, let relu, let gradient, let y) where y.isPerRow:
      (count, [.full(relu), .full(gradient)], y)
    case .broadcast(let count, let x, let y) where y.isPerRow: (count, [x], y)
    default: nil
    }
  }

  /// The elementwise step for features `first` and on alone.
  func part(first: Int, count: Int) -> Step {
    switch self {
    case .unary(let function, let kernel, _, let x, let y):
      .unary(
        function, kernel: kernel, count: count, x: x.advanced(by: first), y: y.advanced(by: first))
    case .binary(let kernel, _, let a, let b, let y):
      .binary(
        kernel: kernel, count: count, a: a.advanced(by: first), b: b.advanced(by: first),
        y: y.advanced(by: first))
    case .select(_, let c, let a, let b, let y):
      .select(
        count: count, c: c.advanced(by: first), a: a.advanced(by: first),
        b: b.advanced(by: first), y: y.advanced(by: first))
    case .reluPullback(_, let relu, let gradient, let y):
      .reluPullback(
        count: count, relu: relu.advanced(by: first), gradient: gradient.advanced(by: first),
        y: y.advanced(by: first))
    case .broadcast(_, let x, let y):
      .broadcast(count: count, x: x.advanced(by: first), y: y.advanced(by: first))
    default: preconditionFailure("\(self) has no parts")
    }
  }

  /// The same steps, with neighbours that can be run a few features at a time gathered.
  static func gathered(_ steps: [Step]) -> [Step] {
    var result: [Step] = []
    var run: [Step] = []
    func close() {
      if run.count > 1, let count = run[0].elementwise?.count {
        result.append(.blocks(count: count, run))
      } else {
        result += run
      }
      run = []
    }
    for step in steps {
      if !run.allSatisfy({ $0.canShareBlocks(with: step) }) { close() }
      if step.elementwise == nil { result.append(step) } else { run.append(step) }
    }
    close()
    return result
  }

  /// Whether two elementwise steps, one after the other, may take turns from block to block: what one
  /// writes, the other may touch at the same features only.
  private func canShareBlocks(with later: Step) -> Bool {
    guard let a = elementwise, let b = later.elementwise, a.count == b.count else { return false }
    let (written, writtenLater) = (Operand.full(a.y), Operand.full(b.y))
    return written.isAligned(with: writtenLater, a.count)
      && b.reads.allSatisfy { $0.isAligned(with: written, a.count) }
      && a.reads.allSatisfy { $0.isAligned(with: writtenLater, a.count) }
  }
}

extension Operand {
  func advanced(by features: Int) -> Operand {
    switch self {
    case .full(let place): .full(place.advanced(by: features))
    case .features(let place): .features(place.advanced(by: features))
    case .number, .rows: self
    }
  }

  /// Whether the storage of `written`, of `count` features, is the same or lies apart.
  fileprivate func isAligned(with written: Operand, _ count: Int) -> Bool {
    guard place.space == written.place.space else { return true }
    let size =
      switch self {
      case .full, .features: count
      case .number, .rows: 1
      }
    let isApart =
      place.offset + size <= written.place.offset || written.place.offset + count <= place.offset
    return isApart || self == written
  }
}
