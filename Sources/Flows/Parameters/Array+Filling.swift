extension Array where Element: BinaryFloatingPoint {
  /// `count` numbers that `fill` writes.
  init(count: Int, fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
    // The standard library writes to the one empty array that all threads share.
    guard count > 0 else {
      self = []
      return
    }
    self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      filled = count
    }
  }
}
