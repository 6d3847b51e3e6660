/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every run and machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// One stream a pair: the property's `stream` keeps the seeds of different properties apart.
  init(seed: Int, stream: UInt64) {
    state = stream &* 0xD134_2543_DE82_EF95 &+ UInt64(bitPattern: Int64(seed))
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
