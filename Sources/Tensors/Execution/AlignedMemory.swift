/// Zeroed memory on cache-line boundaries, with room behind its end for whole vectors.
final class AlignedMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  init(byteCount: Int) {
    self.byteCount = byteCount + 256
    base = .allocate(byteCount: self.byteCount, alignment: 64)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: self.byteCount)
  }

  deinit { base.deallocate() }

  func clear(_ bytes: Int) {
    base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
  }
}
