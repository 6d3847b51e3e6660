import Tensors

/// The order in which rows are gone through: for each pass another one, which the key and the number of
/// the pass alone decide.
struct RowOrder {
  private let key: RandomKey
  private let batch: Int
  private var indices: [Int32]
  private var next = 0
  private(set) var pass: UInt64 = 0

  /// Nothing gone through yet.
  ///
  /// - Parameters:
  ///   - rows: the number of rows.
  ///   - batch: how many are taken at once; all where there are fewer. What is left of a pass and is less
  ///     than that stays out.
  ///   - key: where the order comes from.
  init(rows: Int, batch: Int, key: RandomKey) {
    self.key = key
    self.batch = min(batch, rows)
    indices = [Int32](repeating: 0, count: rows)
    shuffle()
  }

  /// How often rows are taken in a pass.
  private var takesPerPass: Int { indices.count / batch }

  /// Goes to where `steps` takes have led.
  ///
  /// - Parameter steps: the number of takes from the start.
  mutating func move(to steps: Int) {
    pass = UInt64(steps / takesPerPass)
    shuffle()
    next = steps % takesPerPass * batch
  }

  /// The rows that were taken last.
  var last: ArraySlice<Int32> { indices[max(0, next - batch)..<next] }

  /// Gives the next rows to `body`.
  mutating func withNext<Result>(
    _ body: (UnsafeBufferPointer<Int32>) -> Result
  ) -> Result {
    if next + batch > indices.count {
      pass += 1
      shuffle()
      next = 0
    }
    defer { next += batch }
    return indices.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[next..<next + batch]))
    }
  }

  private mutating func shuffle() {
    indices = key.split(pass).permutation(of: indices.count).map { Int32($0) }
  }
}
