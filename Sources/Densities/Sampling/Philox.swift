/// The counter-based generator Philox4x32-10: 128 random bits for every counter and key.
///
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC'11.
struct Philox {
  /// The key: two words.
  let key: (UInt32, UInt32)

  /// The generator with a 64-bit seed as its key.
  init(seed: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// Ten rounds of multiplications and exclusive ors on `counter`.
  func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (x, k) = (counter, key)
    for _ in 0..<10 {
      let first = UInt64(x[0]) * 0xD251_1F53
      let second = UInt64(x[2]) * 0xCD9E_8D57
      x = SIMD4(
        UInt32(second >> 32) ^ x[1] ^ k.0, UInt32(truncatingIfNeeded: second),
        UInt32(first >> 32) ^ x[3] ^ k.1, UInt32(truncatingIfNeeded: first))
      k = (k.0 &+ 0x9E37_79B9, k.1 &+ 0xBB67_AE85)
    }
    return x
  }
}

/// The random numbers of one coordinate of one row: they depend on the seed, the row and the
/// coordinate alone, so that a row is the same however many rows are drawn, in whatever order.
struct RandomStream {
  private let generator: Philox
  private let row: UInt64
  private let coordinate: UInt32
  private var blocks: UInt32 = 0
  /// The half of the last block that is not used yet.
  private var spare: UInt64?

  init(seed: UInt64, row: Int, coordinate: Int) {
    generator = Philox(seed: seed)
    self.row = UInt64(row)
    self.coordinate = UInt32(truncatingIfNeeded: coordinate)
  }

  /// The next number in (0, 1): an odd multiple of 2^-53, never 0 or 1.
  mutating func uniform() -> Double { (Double(bits() >> 12) + 0.5) * 0x1p-52 }

  private mutating func bits() -> UInt64 {
    if let spare {
      self.spare = nil
      return spare
    }
    let words = generator.block(
      SIMD4(
        blocks, coordinate, UInt32(truncatingIfNeeded: row), UInt32(truncatingIfNeeded: row >> 32)))
    blocks &+= 1
    spare = UInt64(words[2]) | UInt64(words[3]) << 32
    return UInt64(words[0]) | UInt64(words[1]) << 32
  }
}
